"""mpi4py: the MPIPoolExecutor of mpi4py.futures, over MPICH.

The workers are spawned while the program runs, so that it needs no launcher; MPICH starts one for them,
mpiexec with a proxy, which ends with the program. Arguments and results are pickled. Caller and workers look
for messages at intervals that grow to 1 ms, mpi4py's default (``backoff``), and never block. Batching is
``map`` with a chunk size. MPI can be started only once in a process, and so can this adapter.
Source: https://mpi4py.readthedocs.io/en/stable/mpi4py.futures.html
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from typing import Any

from lab import processes
from lab.adapters.base import Settings
from lab.adapters.executor import CHUNK, ExecutorAdapter

END_LIMIT_S = 10


class Adapter(ExecutorAdapter):
    """A pool of MPI processes."""

    name = "mpi4py"
    title = "mpi4py"
    distribution = "mpi4py"
    lock = "mpi4py"
    batching = f"map with chunksize={CHUNK}"

    def start(self, settings: Settings) -> None:
        """Spawns the workers and waits for them."""
        from mpi4py.futures import MPIPoolExecutor

        self._pool = MPIPoolExecutor(max_workers=settings.workers, main=False)
        self._pool.bootup()

    def stop(self) -> None:
        """Ends the pool and MPI, and waits for the workers to end."""
        from mpi4py import MPI

        self._pool.shutdown(cancel_futures=True)
        MPI.Finalize()
        deadline = time.monotonic() + END_LIMIT_S
        while self.worker_processes():
            if time.monotonic() > deadline:
                raise TimeoutError(f"MPI's workers did not end within {END_LIMIT_S} s")
            time.sleep(0.02)

    def map_batched(self, function: Callable, items: Sequence[Any]) -> list[Any]:
        """The pool's map, in chunks."""
        return self.map_in_chunks(function, items)

    def worker_processes(self) -> list[int]:
        """The processes that the pool spawned."""
        below = processes.descendants(os.getpid())
        return [found.pid for found in below if "mpi4py.futures.server" in found.command]
