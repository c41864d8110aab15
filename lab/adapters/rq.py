"""RQ (Redis Queue) with the default worker, which forks a process for every job.

The workers are those of ``rq worker-pool``, one of which also runs a scheduler. As processes they are the
ones that fork, since the others live as long as a job. Arguments and results are pickled, RQ's default;
arguments are also compressed, and results written as base 64. The caller waits for a result without polling
(XREAD with a time limit), and so do the workers for jobs. Batching is ``enqueue_many``: all jobs go to Redis
in one pipeline, but each remains a job with a process of its own. SimpleWorker, which
does not fork, is not what is measured.
Source: https://python-rq.org/docs/ and https://python-rq.org/docs/workers/
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Sequence
from typing import Any

from lab import kernels
from lab.adapters.queues import QueueAdapter


class Adapter(QueueAdapter):
    """RQ over Redis."""

    name = "rq"
    title = "RQ"
    distribution = "rq"
    lock = "rq"
    batching = "enqueue_many: one pipeline for all jobs"

    def connect(self, url: str) -> None:
        """Makes the caller's queue."""
        import rq
        from redis import Redis

        # Redis' client gives up after 5 s by default, also on a result that is awaited.
        self._queue = rq.Queue(connection=Redis.from_url(url, socket_timeout=None))

    def command(self, url: str, workers: int) -> Sequence[str]:
        """RQ's own command."""
        pool = [sys.executable, "-m", "rq.cli", "worker-pool"]
        return [*pool, "--url", url, "--num-workers", str(workers), "--quiet"]

    def submit(self, function: Callable, *arguments: Any) -> Any:
        """Puts a job on the queue."""
        return self._queue.enqueue(kernels.call, kernels.name_of(function), list(arguments))

    def result(self, handle: Any, timeout_s: float = 120) -> Any:
        """Waits for the entry that holds the result; a failure is told as the text of its trace."""
        found = handle.latest_result(timeout=math.ceil(timeout_s))
        if found is None:
            raise TimeoutError(f"no result within {timeout_s} s")
        if found.type != found.Type.SUCCESSFUL:
            raise RuntimeError(found.exc_string.strip().splitlines()[-1])
        return found.return_value

    def map_batched(self, function: Callable, items: Sequence[Any]) -> list[Any]:
        """Many jobs in one pipeline."""
        name = kernels.name_of(function)
        jobs = [self._queue.prepare_data(kernels.call, (name, [item])) for item in items]
        return [self.result(job) for job in self._queue.enqueue_many(jobs)]
