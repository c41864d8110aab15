"""Dask: futures of dask.distributed, on worker processes with one thread each.

Calls are not cached (``pure=False``). Batching is ``dask.bag`` with one partition for a thousand items, the collection
that Dask offers for plain Python objects.
Source: https://docs.dask.org/en/stable/bag.html
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from typing import Any

from lab import dask_cluster, processes
from lab.adapters.base import Settings, TaskAdapter

CHUNK = 1000
MEMORY_LIMIT = 4 << 30
PORT = 8786


class Adapter(TaskAdapter):
    """dask.distributed."""

    name = "dask"
    title = "Dask"
    distribution = "distributed"
    lock = "dask"
    batching = f"dask.bag, {CHUNK} items a partition"
    native_dependencies = True
    sharing = "scatter with broadcast: one copy in each worker"
    coordinator = "the scheduler"
    across_hosts = True

    def start(self, settings: Settings) -> None:
        """Starts scheduler and workers; the scheduler in this process, unless a separate one is asked for."""
        import dask
        import distributed

        dask.config.set({"temporary-directory": str(settings.scratch), "distributed.scheduler.allowed-failures": 3})
        self._started: list[subprocess.Popen] = []
        if settings.hosts or settings.separate:
            self._client = distributed.Client(self._start_apart(settings), timeout="60s")
            self._client.wait_for_workers(len(settings.hosts) or settings.workers, timeout=60)
        else:
            self._client = dask_cluster.start(settings, MEMORY_LIMIT)

    def _start_apart(self, settings: Settings) -> str:
        at = f"tcp://{settings.address}:{PORT}"
        places = [(host.prefix, host.address) for host in settings.hosts]
        places = places or [((), settings.address)] * settings.workers
        self._launch((), "scheduler", "--host", settings.address, "--port", str(PORT), "--no-dashboard")
        for prefix, address in places:
            self._launch(
                prefix, "worker", at, "--host", address, "--nthreads", "1", "--no-dashboard",
                "--memory-limit", str(MEMORY_LIMIT), "--local-directory", str(settings.scratch),
            )  # fmt: skip
        return at

    def _launch(self, prefix: tuple[str, ...], role: str, *arguments: str) -> None:
        command = [*prefix, sys.executable, "-m", "dask", role, *arguments]
        self._started.append(subprocess.Popen(command, stdin=subprocess.DEVNULL))

    def stop(self) -> None:
        """Closes the client, then what it was connected to."""
        dask_cluster.stop(self._client)
        for process in reversed(self._started):
            process.terminate()
        for process in self._started:
            process.wait()

    def submit(self, function: Callable, *arguments: Any) -> Any:
        """Submits to the scheduler."""
        return self._client.submit(function, *arguments, pure=False)

    def result(self, handle: Any, timeout_s: float = 120) -> Any:
        """Waits for the future."""
        return handle.result(timeout_s)

    def map(self, function: Callable, items: Sequence[Any]) -> list[Any]:
        """The client's map and gather."""
        return self._client.gather(self._client.map(function, items, pure=False))

    def map_batched(self, function: Callable, items: Sequence[Any]) -> list[Any]:
        """A bag with partitions."""
        import dask.bag

        return dask.bag.from_sequence(items, partition_size=CHUNK).map(function).compute(scheduler=self._client)

    def share(self, value: Any) -> Any:
        """Scatters the value to all workers."""
        return self._client.scatter(value, broadcast=True)

    def worker_processes(self) -> list[int]:
        """The workers, not the nannies that watch over them."""
        return list(self._client.run(os.getpid).values())

    def coordinator_processes(self) -> list[int]:
        """The scheduler's own process, where it has one."""
        return [found.pid for found in processes.processes() if "dask scheduler" in found.command]
