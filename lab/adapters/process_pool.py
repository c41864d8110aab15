"""concurrent.futures.ProcessPoolExecutor, of the standard library: the baseline on one machine.

Workers are spawned, not forked: forking a process that has threads is deprecated, and spawning is the default where
forking is not safe.
"""

from __future__ import annotations

import concurrent.futures
import multiprocessing
import platform
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from lab.adapters.base import Settings
from lab.adapters.executor import CHUNK, ExecutorAdapter


class Adapter(ExecutorAdapter):
    """A pool of processes."""

    name = "concurrent-futures"
    title = "concurrent.futures"
    distribution = "numpy"
    lock = "serial"
    batching = f"map with chunksize={CHUNK}"
    without: ClassVar[Mapping[str, str]] = {"network": "its workers are processes of one machine"}

    def start(self, settings: Settings) -> None:
        """Spawns the workers, which the pool itself would do with the first tasks."""
        self._pool = concurrent.futures.ProcessPoolExecutor(
            settings.workers, mp_context=multiprocessing.get_context("spawn")
        )

    def stop(self) -> None:
        """Waits for the workers to end."""
        self._pool.shutdown(cancel_futures=True)

    def map_batched(self, function: Callable, items: Sequence[Any]) -> list[Any]:
        """The pool's map, in chunks."""
        return self.map_in_chunks(function, items)

    def worker_processes(self) -> list[int]:
        """The processes of the pool."""
        return list(self._pool._processes)

    def version(self) -> str:
        """The version of Python."""
        return platform.python_version()
