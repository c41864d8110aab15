"""Ray Data: lazy queries streamed in blocks through Ray's tasks, actors and object store.

The default shuffle cuts a table into 200 parts, which are meant for clusters. Here it has as many as there are
workers.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from lab import ray_node
from lab.adapters.base import Settings
from lab.engines.base import Answer, TableEngine
from lab.workloads.orders import PROCESS_MEMORY_BYTES, thinned


class Engine(TableEngine):
    """Reads the columns that a query needs, since the planner does not look into an aggregation."""

    name = "ray-data"
    title = "Ray Data"
    distribution = "ray"
    lock = "ray"

    def start(self, settings: Settings) -> None:
        """Starts a node and lowers the parts of a shuffle."""
        self._ray: Any = ray_node.start(settings, settings.workers * PROCESS_MEMORY_BYTES)
        self._scratch, self._workers = settings.scratch, settings.workers
        wanted = self._ray.data.DataContext.get_current()
        wanted.enable_progress_bars = False
        wanted.default_hash_shuffle_parallelism = settings.workers

    def stop(self) -> None:
        """Leaves the node, which ends with its caller."""
        self._ray.shutdown()

    def group_by(self, orders: Path) -> Answer:
        """By ``groupby`` and ``aggregate``."""
        kinds = self._ray.data.aggregate
        grouped = self._read(orders, "customer", "amount", "quantity").groupby("customer", self._workers)
        found = grouped.aggregate(kinds.Sum("amount"), kinds.Max("quantity")).to_pandas()
        return list(found.sort_values("customer").itertuples(index=False, name=None))

    def join(self, orders: Path, customers: Path) -> Answer:
        """By the customers' regions given to every block of orders, then ``groupby``.

        ``Dataset.join`` needs Polars besides, and is meant for two large tables.
        """
        regions = self._ray.put(self._read(customers, "customer", "region").to_pandas())
        joined = self._read(orders, "customer", "amount").map_batches(
            _with_regions, batch_format="pandas", fn_kwargs={"regions": regions}
        )
        sums = joined.groupby("region", self._workers).aggregate(self._ray.data.aggregate.Sum("amount"))
        return list(sums.to_pandas().sort_values("region").itertuples(index=False, name=None))

    def sort(self, orders: Path) -> Answer:
        """By ``sort``, written to a Parquet file for each block."""
        folder = self._scratch / "sorted"
        shutil.rmtree(folder, ignore_errors=True)
        self._ray.data.read_parquet(str(orders)).sort(["amount", "order_id"]).write_parquet(str(folder))
        return thinned(sorted(folder.glob("*.parquet")))

    def _read(self, folder: Path, *columns: str) -> Any:
        return self._ray.data.read_parquet(str(folder), columns=list(columns))


def _with_regions(batch: Any, regions: Any) -> Any:
    import ray

    return batch.merge(ray.get(regions), on="customer")[["region", "amount"]]
