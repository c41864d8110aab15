"""Parsl with its HighThroughputExecutor, on worker processes of this machine.

Tasks go from the caller to the interchange, a process of its own, and from there to a manager that feeds the
workers. Messages between them are encrypted and the components poll every 10 ms at most, which are Parsl's
defaults. Futures can be arguments; the caller waits for them and sends the values. Functions go by name;
arguments and results are pickled. Usage tracking, automatic scaling and the log are off. There is no
batching: the chunk size of Parsl's pool interface is ignored, as its documentation says.
Source: https://parsl.readthedocs.io/en/stable/userguide/configuration/execution.html
"""

from __future__ import annotations

import os
import time

from lab import kernels, processes
from lab.adapters.base import Settings
from lab.adapters.executor import ExecutorAdapter

START_LIMIT_S = 60


class Adapter(ExecutorAdapter):
    """Parsl on one machine."""

    name = "parsl"
    title = "Parsl"
    distribution = "parsl"
    lock = "parsl"
    native_dependencies = True
    coordinator = "the interchange"

    def start(self, settings: Settings) -> None:
        """Starts interchange, manager and workers, and waits for all of them and for a first empty task."""
        import parsl
        from parsl.concurrent import ParslPoolExecutor
        from parsl.providers import LocalProvider

        executor = parsl.HighThroughputExecutor(
            label="lab",
            address=settings.address,
            max_workers_per_node=settings.workers,
            provider=LocalProvider(init_blocks=1, min_blocks=1, max_blocks=1),
        )
        self._folder = settings.scratch / "parsl"
        self._pool = ParslPoolExecutor(
            parsl.Config(
                executors=[executor],
                run_dir=str(self._folder),
                strategy="none",
                usage_tracking=0,
                initialize_logging=False,
            )
        )
        self._await(settings.workers)

    def _await(self, workers: int) -> None:
        deadline = time.monotonic() + START_LIMIT_S
        while len(self.worker_processes()) < workers:
            if time.monotonic() > deadline:
                raise TimeoutError(f"Parsl did not start its workers within {START_LIMIT_S} s")
            time.sleep(0.05)
        self.result(self.submit(kernels.nothing), START_LIMIT_S)

    def stop(self) -> None:
        """Ends the workers, then the interchange."""
        self._pool.shutdown()

    def worker_processes(self) -> list[int]:
        """The processes that write a worker's log: neither their command nor their parent tells them."""
        return [found.pid for found in processes.processes() if self._writes_worker_log(found.pid)]

    def _writes_worker_log(self, pid: int) -> bool:
        try:
            files = [file.readlink() for file in (processes.PROC / str(pid) / "fd").iterdir()]
        except OSError:
            return False
        return any(file.is_relative_to(self._folder) and file.match("worker_*.log") for file in files)

    def coordinator_processes(self) -> list[int]:
        """The interchange."""
        below = processes.descendants(os.getpid())
        return [found.pid for found in below if "interchange" in found.command]
