"""pandas: eager, in one process, mostly one thread. Its memory cannot be limited from within."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lab.adapters.base import Settings
from lab.engines.base import Answer, TableEngine
from lab.workloads.orders import thinned


class Engine(TableEngine):
    """Reads the columns that a query needs, by itself since nothing is planned ahead."""

    name = "pandas"
    title = "pandas"
    distribution = "pandas"
    lock = "pandas"

    def start(self, settings: Settings) -> None:
        """Imports pandas."""
        import pandas
        import pyarrow

        pyarrow.set_cpu_count(settings.workers)
        self._pandas: Any = pandas
        self._scratch = settings.scratch

    def group_by(self, orders: Path) -> Answer:
        """By ``groupby`` and named aggregation."""
        table = self._pandas.read_parquet(orders, columns=["customer", "amount", "quantity"])
        grouped = table.groupby("customer").agg(amount=("amount", "sum"), quantity=("quantity", "max"))
        return list(grouped.itertuples(name=None))

    def join(self, orders: Path, customers: Path) -> Answer:
        """By ``merge``, then ``groupby``."""
        table = self._pandas.read_parquet(orders, columns=["customer", "amount"])
        regions = self._pandas.read_parquet(customers, columns=["customer", "region"])
        sums = table.merge(regions, on="customer").groupby("region")["amount"].sum()
        return list(sums.items())

    def sort(self, orders: Path) -> Answer:
        """By ``sort_values``, written to one Parquet file."""
        file = self._scratch / "sorted.parquet"
        ordered = self._pandas.read_parquet(orders).sort_values(["amount", "order_id"])
        ordered.to_parquet(file, index=False)
        return thinned([file])
