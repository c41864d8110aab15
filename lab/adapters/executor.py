"""What the pools of the standard library's interface have in common: Executor, submit and future."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from lab.adapters.base import TaskAdapter

CHUNK = 1000


class ExecutorAdapter(TaskAdapter):
    """A ``concurrent.futures.Executor``, which :meth:`start` leaves in ``_pool``."""

    _pool: Any

    def submit(self, function: Callable, *arguments: Any) -> Any:
        """Hands the task to the pool."""
        return self._pool.submit(function, *arguments)

    def result(self, handle: Any, timeout_s: float = 120) -> Any:
        """Waits for the future."""
        return handle.result(timeout_s)

    def map_in_chunks(self, function: Callable, items: Sequence[Any]) -> list[Any]:
        """The pool's map, in chunks."""
        return list(self._pool.map(function, items, chunksize=CHUNK))
