"""What the task queues over Redis have in common: a Redis server, and one command that runs the workers.

Workers can be called ready only when a task has come back: not every queue tells its caller that they are
there. So starting takes in one empty task.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

from lab import kernels, processes
from lab.adapters.base import Settings, TaskAdapter
from lab.redis_server import RedisServer

START_LIMIT_S = 60
URL = "LAB_REDIS_URL"


class QueueAdapter(TaskAdapter):
    """A queue whose workers are the children of one command."""

    programs = ("redis-server",)
    coordinator = "the broker (redis-server)"

    def connect(self, url: str) -> None:
        """Prepares the caller's side."""
        raise NotImplementedError

    def command(self, url: str, workers: int) -> Sequence[str]:
        """The command that runs the workers; it also finds the server's address in the environment."""
        raise NotImplementedError

    def start(self, settings: Settings) -> None:
        """Starts Redis and the workers, and waits for a first empty task."""
        self._redis = RedisServer(settings.scratch, settings.address)
        self.connect(self._redis.url)
        log = settings.scratch / "workers.log"
        with log.open("wb") as output:
            self._workers = subprocess.Popen(
                self.command(self._redis.url, settings.workers),
                env=os.environ | {URL: self._redis.url},
                stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            )  # fmt: skip
        self._await(log)

    def _await(self, log: Path) -> None:
        try:
            self.result(self.submit(kernels.nothing), START_LIMIT_S)
        except Exception as error:
            said = log.read_text(errors="replace")[-500:]
            raise TimeoutError(f"no {self.title} worker answered within {START_LIMIT_S} s: {said}") from error

    def stop(self) -> None:
        """Stops the workers, then Redis."""
        self._workers.terminate()
        self._workers.wait()
        self._redis.stop()

    def worker_processes(self) -> list[int]:
        """The children of the workers' command."""
        found = processes.descendants(self._workers.pid)
        return [process.pid for process in found if process.parent == self._workers.pid]

    def coordinator_processes(self) -> list[int]:
        """The Redis server."""
        return [self._redis.pid]
