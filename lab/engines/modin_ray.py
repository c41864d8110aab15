"""Modin on Ray: the interface of pandas, eager, on worker processes and Ray's object store."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from lab import ray_node
from lab.adapters.base import Settings
from lab.engines.base import Answer, TableEngine
from lab.workloads.orders import PROCESS_MEMORY_BYTES, thinned


class Engine(TableEngine):
    """Reads the columns that a query needs, as pandas has to."""

    name = "modin-ray"
    title = "Modin on Ray"
    distribution = "modin"
    lock = "modin"
    without: ClassVar[Mapping[str, str]] = {
        "business": "no openpyxl for the report, and code of its own would clean the rows: not the same work"
    }
    _executor = "ray"

    def start(self, settings: Settings) -> None:
        """Starts the workers first, since Modin would otherwise take every processor, then imports Modin."""
        os.environ["MODIN_ENGINE"] = self._executor
        os.environ["MODIN_CPUS"] = str(settings.workers)
        self._scratch = settings.scratch
        self._start_executor(settings)
        import modin.pandas

        self._modin: Any = modin.pandas

    def _start_executor(self, settings: Settings) -> None:
        self._ray: Any = ray_node.start(settings, settings.workers * PROCESS_MEMORY_BYTES)

    def stop(self) -> None:
        """Leaves Ray's node, which ends with its caller."""
        self._ray.shutdown()

    def group_by(self, orders: Path) -> Answer:
        """By ``groupby`` and one aggregation for each column."""
        table = self._modin.read_parquet(str(orders), columns=["customer", "amount", "quantity"])
        grouped = table.groupby("customer").agg({"amount": "sum", "quantity": "max"})
        return list(grouped._to_pandas().itertuples(name=None))

    def join(self, orders: Path, customers: Path) -> Answer:
        """By ``merge``, then ``groupby``."""
        table = self._modin.read_parquet(str(orders), columns=["customer", "amount"])
        regions = self._modin.read_parquet(str(customers), columns=["customer", "region"])
        sums = table.merge(regions, on="customer").groupby("region")["amount"].sum()
        return list(sums._to_pandas().items())

    def sort(self, orders: Path) -> Answer:
        """By ``sort_values``, written to one Parquet file for each partition."""
        folder = self._scratch / "sorted"
        shutil.rmtree(folder, ignore_errors=True)
        ordered = self._modin.read_parquet(str(orders)).sort_values(["amount", "order_id"])
        ordered.to_parquet(str(folder), index=False)
        return thinned([folder] if folder.is_file() else sorted(folder.iterdir()))
