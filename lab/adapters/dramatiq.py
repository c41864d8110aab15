"""Dramatiq with Redis as broker and result store, and worker processes with one thread each.

Messages and results are pickled (Dramatiq's PickleEncoder), so that arrays can travel. Failed tasks are not
tried again: by default Dramatiq repeats them up to twenty times, at growing intervals, and the caller waits
for the last one. The caller waits for a result without polling (BRPOPLPUSH). An idle worker asks Redis for
messages at intervals that grow from 5 ms to 1 s; that is fixed in Dramatiq, and part of every round trip.
There is no batching: a ``group`` sends its messages one by one.
Source: https://dramatiq.io/reference.html and https://dramatiq.io/cookbook.html#results
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import Any

from lab import kernels
from lab.adapters.queues import URL, QueueAdapter


def serve() -> None:
    """What Dramatiq's command calls in a worker: sets up the broker that the environment names."""
    actor(os.environ[URL])


def actor(url: str) -> Any:
    """The only actor, the same in the caller and in the workers."""
    import dramatiq
    from dramatiq.brokers.redis import RedisBroker
    from dramatiq.results import Results
    from dramatiq.results.backends import RedisBackend
    from redis import Redis

    # Redis' client gives up after 5 s by default, also on a result that is awaited.
    client = Redis.from_url(url, socket_timeout=None)
    dramatiq.set_encoder(dramatiq.PickleEncoder())
    broker = RedisBroker(client=client)
    broker.add_middleware(Results(backend=RedisBackend(client=client), store_results=True))
    dramatiq.set_broker(broker)
    return dramatiq.actor(kernels.call, actor_name="call", max_retries=0)


class Adapter(QueueAdapter):
    """Dramatiq over Redis."""

    name = "dramatiq"
    title = "Dramatiq"
    distribution = "dramatiq"
    lock = "dramatiq"

    def connect(self, url: str) -> None:
        """Declares the actor."""
        self._actor = actor(url)

    def command(self, url: str, workers: int) -> Sequence[str]:
        """Dramatiq's own command."""
        return [
            sys.executable, "-m", "dramatiq", "lab.adapters.dramatiq:serve",
            "--processes", str(workers), "--threads", "1",
        ]  # fmt: skip

    def submit(self, function: Callable, *arguments: Any) -> Any:
        """Sends a message."""
        return self._actor.send(kernels.name_of(function), list(arguments))

    def result(self, handle: Any, timeout_s: float = 120) -> Any:
        """Waits for the list on which the result is put; a failure is told as text."""
        return handle.get_result(block=True, timeout=round(timeout_s * 1000))
