"""Dask DataFrame on a local cluster: worker processes that spill before they reach a memory limit of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lab import dask_cluster
from lab.adapters.base import Settings
from lab.engines.base import Answer, TableEngine
from lab.workloads.orders import PROCESS_MEMORY_BYTES, thinned


class Engine(TableEngine):
    """Plans over the files and runs the plan on the workers."""

    name = "dask"
    title = "Dask DataFrame"
    distribution = "dask"
    lock = "dask"

    def start(self, settings: Settings) -> None:
        """Starts a scheduler in this process and the workers beside it."""
        import dask.dataframe

        self._frames: Any = dask.dataframe
        self._scratch = settings.scratch
        self._client: Any = dask_cluster.start(settings, PROCESS_MEMORY_BYTES)

    def stop(self) -> None:
        """Closes client and cluster."""
        dask_cluster.stop(self._client)

    def group_by(self, orders: Path) -> Answer:
        """By ``groupby`` and named aggregation."""
        grouped = self._frames.read_parquet(orders).groupby("customer")
        found = grouped.agg(amount=("amount", "sum"), quantity=("quantity", "max")).compute()
        return list(found.sort_index().itertuples(name=None))

    def join(self, orders: Path, customers: Path) -> Answer:
        """By ``merge``, then ``groupby``."""
        joined = self._frames.read_parquet(orders).merge(self._frames.read_parquet(customers), on="customer")
        return list(joined.groupby("region")["amount"].sum().compute().sort_index().items())

    def sort(self, orders: Path) -> Answer:
        """By ``sort_values``, written to one Parquet file for each partition."""
        folder = self._scratch / "sorted"
        ordered = self._frames.read_parquet(orders).sort_values(["amount", "order_id"])
        ordered.to_parquet(folder, write_index=False, overwrite=True)
        return thinned(sorted(folder.glob("*.parquet"), key=lambda path: int(path.name.split(".")[1])))
