"""Apache Spark with PySpark: resilient distributed datasets, on executors in processes of their own.

``local-cluster`` starts one executor for each worker on this machine, as a standalone cluster would. A task exists
only as a partition of a dataset, so a single task is a job with one partition. A handle is the job's thread.
Batching is one partition for each worker.
Source: https://spark.apache.org/docs/4.3.0/rdd-programming-guide.html
"""

from __future__ import annotations

import concurrent.futures
import os
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from lab import kernels, processes, spark_cluster
from lab.adapters.base import Settings, TaskAdapter

EXECUTOR_MIB = 1024
DRIVER_MEMORY = "3g"
PORT = 7077


class Adapter(TaskAdapter):
    """PySpark's datasets of plain Python objects."""

    name = "spark"
    title = "Apache Spark with PySpark"
    distribution = "pyspark"
    lock = "spark"
    programs = ("java",)
    batching = "parallelize with one partition for each worker"
    sharing = "a broadcast variable: one copy on each executor"
    coordinator = "the driver (a Java process beside the caller)"
    across_hosts = True

    def start(self, settings: Settings) -> None:
        """Starts the driver and its executors, on this machine or on other hosts."""
        from pyspark import SparkConf, SparkContext

        self._workers, self._started = settings.workers, []
        master, told = spark_cluster.local_settings(settings, EXECUTOR_MIB)
        if settings.hosts:
            master = self._start_across(settings)
        told |= {
            "spark.driver.memory": DRIVER_MEMORY,
            "spark.driver.maxResultSize": "0",
            "spark.executorEnv.PYTHONPATH": os.environ.get("PYTHONPATH", ""),
            "spark.rpc.message.maxSize": "512",
        }
        conf = SparkConf().setMaster(master).setAppName("lab").setAll(list(told.items()))
        self._context = SparkContext(conf=conf)
        self._threads = concurrent.futures.ThreadPoolExecutor(settings.workers * 2)

    def _start_across(self, settings: Settings) -> str:
        master = f"spark://{settings.address}:{PORT}"
        self._launch((), "master.Master", "--host", settings.address, "--port", str(PORT))
        for host in settings.hosts:
            self._launch(
                (*host.prefix, "env", f"SPARK_LOCAL_IP={host.address}"), "worker.Worker", master,
                "--host", host.address, "--cores", "1", "--memory", f"{EXECUTOR_MIB}m",
                "--work-dir", str(settings.scratch / host.name),
            )  # fmt: skip
        return master

    def _launch(self, prefix: tuple[str, ...], role: str, *arguments: str) -> None:
        from pyspark.find_spark_home import _find_spark_home

        run = str(Path(_find_spark_home(), "bin", "spark-class"))
        command = [*prefix, run, f"org.apache.spark.deploy.{role}", *arguments]
        self._started.append(subprocess.Popen(command, stdin=subprocess.DEVNULL))

    def stop(self) -> None:
        """Stops the application, the driver's Java process, then the cluster."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        gateway = self._context._gateway
        self._context.stop()
        gateway.shutdown()
        gateway.proc.stdin.close()
        gateway.proc.wait()
        type(self._context)._gateway = type(self._context)._jvm = None
        for process in reversed(self._started):
            process.terminate()
        for process in self._started:
            process.wait()

    def submit(self, function: Callable, *arguments: Any) -> Any:
        """Runs a job with one partition in a thread."""
        return self._threads.submit(self._one, function, arguments)

    def _one(self, function: Callable, arguments: tuple[Any, ...]) -> Any:
        return self._context.parallelize([0], 1).map(lambda _: _call(function, arguments)).collect()[0]

    def result(self, handle: Any, timeout_s: float = 120) -> Any:
        """Waits for the job's thread."""
        return handle.result(timeout_s)

    def map(self, function: Callable, items: Sequence[Any]) -> list[Any]:
        """One job, with a partition an item."""
        return self._context.parallelize(items, max(1, len(items))).map(function).collect()

    def map_batched(self, function: Callable, items: Sequence[Any]) -> list[Any]:
        """One job, with a partition a worker."""
        return self._context.parallelize(items, self._workers).map(function).collect()

    def share(self, value: Any) -> Any:
        """A broadcast variable."""
        return self._context.broadcast(value)

    def exchange(self, size_bytes: int, blocks: int) -> float:
        """A shuffle by key."""
        made = self._context.parallelize(range(blocks), blocks).flatMap(lambda _: _keyed_parts(size_bytes, blocks))
        return made.groupByKey(blocks).map(lambda like: kernels.combine(*like[1])).sum()

    def worker_processes(self) -> list[int]:
        """The executors."""
        return [found.pid for found in processes.processes() if "CoarseGrainedExecutorBackend" in found.command]

    def coordinator_processes(self) -> list[int]:
        """The driver's Java process."""
        return [
            found.pid
            for found in processes.processes()
            if "org.apache.spark.deploy.SparkSubmit" in found.command and "pyspark-shell" in found.command
        ]


def _keyed_parts(size_bytes: int, blocks: int) -> list[tuple[int, Any]]:
    block = kernels.make(size_bytes)
    return [(at, kernels.part(block, at, blocks)) for at in range(blocks)]


def _call(function: Callable, arguments: Sequence[Any]) -> Any:
    from pyspark import Broadcast

    return function(*(value.value if isinstance(value, Broadcast) else value for value in arguments))
