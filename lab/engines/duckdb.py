"""DuckDB: SQL in one process, with a limit on its own memory above which it spills to disk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lab.adapters.base import Settings
from lab.engines.base import TOLD_MEMORY_MIB, Answer, TableEngine
from lab.workloads.orders import STEP


class Engine(TableEngine):
    """Asks in SQL over the files themselves."""

    name = "duckdb"
    title = "DuckDB"
    distribution = "duckdb"
    lock = "duckdb"

    def start(self, settings: Settings) -> None:
        """Opens a database in memory."""
        import duckdb

        self._scratch = settings.scratch
        self._database: Any = duckdb.connect(
            config={
                "threads": settings.workers,
                "memory_limit": f"{TOLD_MEMORY_MIB}MiB",
                "temp_directory": str(settings.scratch / "duckdb"),
                "preserve_insertion_order": False,
            }
        )

    def stop(self) -> None:
        """Closes the database."""
        self._database.close()

    def group_by(self, orders: Path) -> Answer:
        """By ``GROUP BY``."""
        return self._rows(
            f"SELECT customer, sum(amount), max(quantity) FROM '{orders}/*.parquet' GROUP BY customer ORDER BY customer"
        )

    def join(self, orders: Path, customers: Path) -> Answer:
        """By ``JOIN`` and ``GROUP BY``."""
        return self._rows(
            f"SELECT region, sum(amount) FROM '{orders}/*.parquet' "
            f"JOIN '{customers}/*.parquet' USING (customer) "
            "GROUP BY region ORDER BY region"
        )

    def sort(self, orders: Path) -> Answer:
        """By ``ORDER BY``, copied to one Parquet file."""
        file = self._scratch / "sorted.parquet"
        self._database.execute(
            f"COPY (FROM '{orders}/*.parquet' ORDER BY amount, order_id) "
            f"TO '{file}' (FORMAT parquet, COMPRESSION snappy)"
        )
        written = f"read_parquet('{file}', file_row_number = true)"
        count = self._rows(f"SELECT count(*), {float(STEP)}::DOUBLE FROM {written}")
        return count + self._rows(
            f"SELECT order_id, amount FROM {written} WHERE file_row_number % {STEP} = 0 ORDER BY file_row_number"
        )

    def _rows(self, query: str) -> Answer:
        return self._database.execute(query).fetchall()
