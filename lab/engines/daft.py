"""Daft on its native runner: lazy queries in one process, one thread a worker."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

from lab.adapters.base import Settings
from lab.engines.base import Answer, TableEngine
from lab.workloads.orders import thinned


class Engine(TableEngine):
    """Scans files, and lets the planner choose columns."""

    name = "daft"
    title = "Daft"
    distribution = "daft"
    lock = "daft"

    def start(self, settings: Settings) -> None:
        """Imports Daft, limited to as many processors as there are workers."""
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[: settings.workers])
        import daft

        daft.set_runner_native(num_threads=settings.workers)
        self._daft: Any = daft
        self._scratch = settings.scratch

    def group_by(self, orders: Path) -> Answer:
        """By ``groupby`` and ``agg``."""
        column = self._daft.col
        grouped = self._scan(orders).groupby("customer").agg(column("amount").sum(), column("quantity").max())
        return _rows(grouped.sort("customer"), "customer", "amount", "quantity")

    def join(self, orders: Path, customers: Path) -> Answer:
        """By ``join``, then ``groupby``."""
        joined = self._scan(orders).join(self._scan(customers), on="customer")
        sums = joined.groupby("region").agg(self._daft.col("amount").sum()).sort("region")
        return _rows(sums, "region", "amount")

    def sort(self, orders: Path) -> Answer:
        """By ``sort``, written to Parquet files whose order Daft gives back."""
        folder = self._scratch / "sorted"
        shutil.rmtree(folder, ignore_errors=True)
        written = self._scan(orders).sort(["amount", "order_id"]).write_parquet(str(folder))
        return thinned([Path(path) for path in written.to_pydict()["path"]])

    def _scan(self, folder: Path) -> Any:
        return self._daft.read_parquet(f"{folder}/*.parquet")


def _rows(frame: Any, *columns: str) -> Answer:
    found = frame.to_pydict()
    return list(zip(*(found[column] for column in columns), strict=True))
