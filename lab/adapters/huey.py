"""Huey with Redis, and worker processes.

Arguments and results are pickled, Huey's default; results that are ``None`` are stored too, or the caller
could not wait for them. The caller waits without polling (``notify_result``); by Huey's default it would ask
at intervals that grow from 50 ms, and those would be most of a round trip. Workers wait for tasks without
polling. There is no batching: ``map`` puts its tasks on the queue one by one.
Source: https://huey.readthedocs.io/en/latest/api.html
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from lab import kernels
from lab.adapters.queues import URL, QueueAdapter


def application(url: str) -> Any:
    """The Huey instance, the same in the caller and in the workers."""
    import huey
    from redis import ConnectionPool

    # Redis' client gives up after 5 s by default, also on a result that is awaited.
    pool = ConnectionPool.from_url(url, socket_timeout=None)
    return huey.RedisHuey("lab", connection_pool=pool, store_none=True, notify_result=True)


class Adapter(QueueAdapter):
    """Huey over Redis."""

    name = "huey"
    title = "Huey"
    distribution = "huey"
    lock = "huey"

    def connect(self, url: str) -> None:
        """Declares the task."""
        self._call = application(url).task()(kernels.call)

    def command(self, url: str, workers: int) -> Sequence[str]:
        """Huey's consumer, with the instance of this module."""
        return [sys.executable, "-m", "lab.adapters.huey", str(workers)]

    def submit(self, function: Callable, *arguments: Any) -> Any:
        """Puts a task on the queue."""
        return self._call(kernels.name_of(function), list(arguments))

    def result(self, handle: Any, timeout_s: float = 120) -> Any:
        """Waits for the message that says that the result is there; a failure is told as text."""
        return handle.get(blocking=True, timeout=timeout_s)

    def worker_processes(self) -> list[int]:
        """The consumer's children without the scheduler, which is the first that it starts."""
        return sorted(super().worker_processes())[1:]


def consume(workers: int) -> None:
    """Runs the consumer until it is stopped."""
    instance = application(os.environ[URL])
    instance.task()(kernels.call)
    instance.create_consumer(workers=workers, worker_type="process", periodic=False).run()


if __name__ == "__main__":
    consume(int(sys.argv[1]))
