"""Spark SQL on a local cluster: a driver and as many executors as workers, each a Java process with a limited heap.

Its code, threads and buffers come on top of the heap, within the memory of the process.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from lab import spark_cluster
from lab.adapters.base import Settings
from lab.engines.base import TOLD_MEMORY_MIB, Answer, TableEngine
from lab.workloads.orders import thinned

PARTITIONS = 8
"""Parts of a shuffle. The default of 200 is meant for clusters, and would be measured as waiting."""


class Engine(TableEngine):
    """Builds queries by the DataFrame interface; rows come back by way of Arrow."""

    name = "spark"
    title = "Spark SQL"
    distribution = "pyspark"
    lock = "spark"
    programs = ("java",)

    def start(self, settings: Settings) -> None:
        """Starts a master, its workers with an executor each, and a driver."""
        from pyspark.sql import SparkSession, functions

        self._functions: Any = functions
        self._scratch = settings.scratch
        master, told = spark_cluster.local_settings(settings, TOLD_MEMORY_MIB)
        os.environ["SPARK_WORKER_DIR"] = str(settings.scratch / "spark-work")
        told |= {
            "spark.driver.memory": f"{TOLD_MEMORY_MIB}m",
            "spark.sql.parquet.compression.codec": "snappy",
            "spark.sql.shuffle.partitions": str(PARTITIONS),
            "spark.sql.warehouse.dir": str(settings.scratch / "warehouse"),
        }
        self._session: Any = SparkSession.builder.master(master).config(map=told).getOrCreate()

    def stop(self) -> None:
        """Stops driver and executors."""
        self._session.stop()

    def group_by(self, orders: Path) -> Answer:
        """By ``groupBy`` and ``agg``."""
        grouped = self._read(orders).groupBy("customer")
        found = grouped.agg(self._functions.sum("amount"), self._functions.max("quantity"))
        return _rows(found.orderBy("customer"))

    def join(self, orders: Path, customers: Path) -> Answer:
        """By ``join``, then ``groupBy``."""
        joined = self._read(orders).join(self._read(customers), "customer")
        return _rows(joined.groupBy("region").agg(self._functions.sum("amount")).orderBy("region"))

    def sort(self, orders: Path) -> Answer:
        """By ``orderBy``, written to one Parquet file for each partition."""
        folder = self._scratch / "sorted"
        self._read(orders).orderBy("amount", "order_id").write.mode("overwrite").parquet(str(folder))
        return thinned(sorted(folder.glob("part-*.parquet")))

    def _read(self, folder: Path) -> Any:
        return self._session.read.parquet(str(folder))


def _rows(frame: Any) -> Answer:
    columns = frame.toArrow().to_pydict().values()
    return list(zip(*columns, strict=True))
