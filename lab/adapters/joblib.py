"""joblib: Parallel with its default, loky worker processes.

Parallel is joblib's only interface, so a single task is a Parallel call of its own, whose result is a
generator. While it waits, Parallel looks for results every 10 ms; that is fixed in joblib, and part of every
round trip. One task an item means a batch size of one; batching is joblib's default, which sizes its batches
by how long tasks take. Functions and arguments are pickled, except arrays of more than 1 MB: joblib writes
those to a file that the workers map, by default. The time limit of a result is set with its submission. When
a task raises, joblib ends its workers and spawns new ones for the next call.
Source: https://joblib.readthedocs.io/en/stable/parallel.html
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from lab import processes
from lab.adapters.base import Settings, TaskAdapter

LIMIT_S = 120


class Adapter(TaskAdapter):
    """Parallel calls on reused worker processes."""

    name = "joblib"
    title = "joblib"
    distribution = "joblib"
    lock = "joblib"
    batching = "Parallel with automatic batch size"
    sharing = "one file, which every worker maps into its memory"
    without: ClassVar[Mapping[str, str]] = {"network": "its workers are processes of one machine"}

    def start(self, settings: Settings) -> None:
        """Imports joblib, which spawns its workers with the first tasks."""
        import joblib

        self._joblib = joblib
        self._settings = settings
        self._shared = 0

    def stop(self) -> None:
        """Waits for the workers to end."""
        from joblib.externals.loky import get_reusable_executor

        get_reusable_executor().shutdown()

    def _parallel(self, **options: Any) -> Any:
        return self._joblib.Parallel(self._settings.workers, timeout=LIMIT_S, **options)

    def submit(self, function: Callable, *arguments: Any) -> Any:
        """A Parallel call of one task."""
        return self._parallel(return_as="generator")([self._joblib.delayed(function)(*arguments)])

    def result(self, handle: Any, timeout_s: float = LIMIT_S) -> Any:
        """Takes the only result from the generator."""
        (found,) = handle
        return found

    def map(self, function: Callable, items: Sequence[Any]) -> list[Any]:
        """One Parallel call, with batches of one task."""
        delayed = self._joblib.delayed(function)
        return self._parallel(batch_size=1, pre_dispatch="all")(delayed(item) for item in items)

    def map_batched(self, function: Callable, items: Sequence[Any]) -> list[Any]:
        """One Parallel call, with joblib's defaults."""
        delayed = self._joblib.delayed(function)
        return self._parallel()(delayed(item) for item in items)

    def share(self, value: Any) -> Any:
        """Writes the value to a file and maps it."""
        self._shared += 1
        file = self._settings.scratch / f"shared{self._shared}.joblib"
        self._joblib.dump(value, file)
        return self._joblib.load(file, mmap_mode="r")

    def worker_processes(self) -> list[int]:
        """The processes of loky's executor."""
        return [found.pid for found in processes.descendants(os.getpid()) if "LokyProcess" in found.command]
