"""Celery with Redis as broker and result store, and prefork workers.

Tasks are acknowledged after they ran and given back when their worker is lost, which is what a job needs whose tasks
must not vanish; everything else is as it comes. Empty tasks and paths go as JSON, arrays as pickle. Batching is
``chunks``.
Source: https://docs.celeryq.dev/en/v5.7.0/userguide/canvas.html and .../userguide/optimizing.html
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from lab import processes
from lab.adapters.base import Settings, TaskAdapter
from lab.kernels import name_of
from lab.redis_server import RedisServer

CHUNK = 1000
START_LIMIT_S = 60
URL = "LAB_CELERY_URL"


def application(url: str) -> Any:
    """The Celery application, the same in the caller and in the workers."""
    import celery

    app = celery.Celery("lab", broker=url, backend=url)
    app.conf.update(
        task_serializer="json",
        result_serializer="pickle",
        accept_content=["json", "pickle"],
        result_accept_content=["json", "pickle"],
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        broker_connection_retry_on_startup=True,
        broker_transport_options={"visibility_timeout": 3600},
    )
    app.task(name="lab.call")(_call)
    return app


def _call(name: str, arguments: list[Any]) -> Any:
    from lab.kernels import call

    return call(name, arguments)


class Adapter(TaskAdapter):
    """Celery over Redis."""

    name = "celery"
    title = "Celery"
    distribution = "celery"
    lock = "celery"
    programs = ("redis-server",)
    batching = f"chunks of {CHUNK}"
    coordinator = "the broker (redis-server)"
    across_hosts = True

    def start(self, settings: Settings) -> None:
        """Starts Redis, then a worker with its processes, or one on every other host."""
        self._redis = RedisServer(settings.scratch, settings.address)
        self._app = application(self._redis.url)
        self._task = self._app.tasks["lab.call"]
        places = [host.prefix for host in settings.hosts] or [()]
        each = 1 if settings.hosts else settings.workers
        self._workers = [self._launch(prefix, at, each, settings) for at, prefix in enumerate(places)]
        self._await(len(places), settings)

    def _launch(self, prefix: tuple[str, ...], at: int, each: int, settings: Settings) -> subprocess.Popen:
        log = settings.scratch / f"worker{at}.log"
        command = [
            *prefix, sys.executable, "-m", "celery", "-A", "lab.celery_worker", "worker", "--pool", "prefork",
            "--concurrency", str(each), "--hostname", f"worker{at}@lab", "--loglevel", "WARNING",
            "--without-gossip", "--without-mingle", "--without-heartbeat",
        ]  # fmt: skip
        with log.open("wb") as output:
            return subprocess.Popen(
                command,
                env=os.environ | {URL: self._redis.url, "C_FORCE_ROOT": "1"},
                stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            )  # fmt: skip

    def _await(self, count: int, settings: Settings) -> None:
        deadline = time.monotonic() + START_LIMIT_S
        while len(self._app.control.ping(timeout=0.5, limit=count) or ()) < count:
            if time.monotonic() > deadline:
                said = (settings.scratch / "worker0.log").read_text(errors="replace")[-500:]
                raise TimeoutError(f"no Celery worker answered within {START_LIMIT_S} s: {said}")

    def stop(self) -> None:
        """Stops the workers, then Redis."""
        for worker in self._workers:
            worker.terminate()
        for worker in self._workers:
            worker.wait()
        self._app.close()
        self._redis.stop()

    def submit(self, function: Callable, *arguments: Any) -> Any:
        """Puts a message on the queue."""
        plain = all(isinstance(argument, (int, float, str, list, tuple, type(None))) for argument in arguments)
        return self._task.apply_async((name_of(function), list(arguments)), serializer="json" if plain else "pickle")

    def result(self, handle: Any, timeout_s: float = 120) -> Any:
        """Waits for the message that says that the result is there."""
        return handle.get(timeout=timeout_s)

    def map_batched(self, function: Callable, items: Sequence[Any]) -> list[Any]:
        """Chunks, each of them one message."""
        calls = ((name_of(function), [item]) for item in items)
        answers = self._task.chunks(calls, CHUNK)().get(timeout=120)
        return [answer for chunk in answers for answer in chunk]

    def worker_processes(self) -> list[int]:
        """The prefork children."""
        return [child.pid for worker in self._workers for child in processes.descendants(worker.pid)]

    def coordinator_processes(self) -> list[int]:
        """The Redis server."""
        return [self._redis.pid]
