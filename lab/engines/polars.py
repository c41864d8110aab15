"""Polars: lazy queries on its streaming engine, in one process with as many threads as there are workers.

It moves data to disk past a budget of memory, if it is told one; the variables are those of version 2.1.0.
Source: https://github.com/pola-rs/polars/pull/27998
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from lab.adapters.base import Settings
from lab.engines.base import TOLD_MEMORY_MIB, Answer, TableEngine
from lab.workloads.orders import STEP


class Engine(TableEngine):
    """Scans files, and lets the planner choose columns."""

    name = "polars"
    title = "Polars"
    distribution = "polars"
    lock = "polars"

    def start(self, settings: Settings) -> None:
        """Imports Polars, which reads its settings from the environment."""
        os.environ["POLARS_MAX_THREADS"] = str(settings.workers)
        os.environ["POLARS_TEMP_DIR"] = os.environ["POLARS_OOC_SPILL_DIR"] = str(settings.scratch)
        os.environ["POLARS_OOC_MEMORY_BUDGET_MB"] = str(TOLD_MEMORY_MIB)
        import polars

        self._polars: Any = polars
        self._scratch = settings.scratch

    def group_by(self, orders: Path) -> Answer:
        """By ``group_by`` and ``agg``."""
        column = self._polars.col
        grouped = self._scan(orders).group_by("customer").agg(column("amount").sum(), column("quantity").max())
        return grouped.sort("customer").collect(engine="streaming").rows()

    def join(self, orders: Path, customers: Path) -> Answer:
        """By ``join``, then ``group_by``."""
        joined = self._scan(orders).join(self._scan(customers), on="customer")
        sums = joined.group_by("region").agg(self._polars.col("amount").sum()).sort("region")
        return sums.collect(engine="streaming").rows()

    def sort(self, orders: Path) -> Answer:
        """By ``sort``, sunk into one Parquet file."""
        file = self._scratch / "sorted.parquet"
        self._scan(orders).sort("amount", "order_id").sink_parquet(file, compression="snappy", engine="streaming")
        written = self._polars.read_parquet(file, columns=["order_id", "amount"])
        return [(written.height, float(STEP)), *written.gather_every(STEP).rows()]

    def _scan(self, folder: Path) -> Any:
        return self._polars.scan_parquet(folder / "*.parquet")
