"""Ray: remote functions, on a node of its own.

The object store is given one gigabyte, usage reports are off, and workers' output stays in their own files. Batching
is by hand, as Ray's own design patterns advise: one task for a thousand items.
Source: https://docs.ray.io/en/releases-2.60.0/ray-core/patterns/too-fine-grained-tasks.html
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from lab import processes, ray_node
from lab.adapters.base import Settings, TaskAdapter

CHUNK = 1000
OBJECT_STORE_BYTES = 1 << 30
PORT = 6379


class Adapter(TaskAdapter):
    """Ray Core, tasks only."""

    name = "ray"
    title = "Ray"
    distribution = "ray"
    lock = "ray"
    batching = f"one remote task for {CHUNK} items"
    native_dependencies = True
    sharing = "ray.put: one copy in the object store, mapped into the workers' memory"
    coordinator = "the global control service (gcs_server)"
    across_hosts = True
    without: ClassVar[Mapping[str, str]] = {"tables": "it runs tasks; its tables, Ray Data, are asked as ray-data"}

    def start(self, settings: Settings) -> None:
        """Starts a node, or one head without processors and a node on every other host."""
        self._functions, self._across = {}, bool(settings.hosts)
        if settings.hosts:
            self._start_across(settings)
        else:
            self._ray = ray_node.start(settings, OBJECT_STORE_BYTES)
        self._call_many = self._ray.remote(_call_many)

    def _start_across(self, settings: Settings) -> None:
        self._ray = ray_node.imported()
        common = ("--object-store-memory", str(OBJECT_STORE_BYTES), "--disable-usage-stats")
        head = ("--head", "--port", str(PORT), "--num-cpus=0", "--include-dashboard=false", *common)
        _ray((), "start", "--node-ip-address", settings.address, "--temp-dir", str(settings.scratch / "r"), *head)
        for host in settings.hosts:
            _ray(
                host.prefix, "start", "--address", f"{settings.address}:{PORT}", "--node-ip-address", host.address,
                "--num-cpus=1", *common,
            )  # fmt: skip
        self._ray.init(address=f"{settings.address}:{PORT}", log_to_driver=False, logging_level="ERROR")
        deadline = time.monotonic() + 60
        while self._ray.cluster_resources().get("CPU", 0) < len(settings.hosts):
            if time.monotonic() > deadline:
                raise TimeoutError("the other hosts did not join within 60 s")
            time.sleep(0.1)

    def stop(self) -> None:
        """Leaves the node, which ends with its caller; nodes on other hosts are told to stop."""
        self._ray.shutdown()
        if self._across:
            _ray((), "stop", "--force")

    def submit(self, function: Callable, *arguments: Any) -> Any:
        """Calls the remote function."""
        if function not in self._functions:
            self._functions[function] = self._ray.remote(function)
        return self._functions[function].remote(*arguments)

    def result(self, handle: Any, timeout_s: float = 120) -> Any:
        """Fetches the object."""
        return self._ray.get(handle, timeout=timeout_s)

    def map(self, function: Callable, items: Sequence[Any]) -> list[Any]:
        """One remote task an item, one fetch for all."""
        return self._ray.get([self.submit(function, item) for item in items])

    def map_batched(self, function: Callable, items: Sequence[Any]) -> list[Any]:
        """One remote task a chunk."""
        chunks = [items[at : at + CHUNK] for at in range(0, len(items), CHUNK)]
        answers = self._ray.get([self._call_many.remote(function, chunk) for chunk in chunks])
        return [answer for chunk in answers for answer in chunk]

    def share(self, value: Any) -> Any:
        """Puts the value into the object store."""
        return self._ray.put(value)

    def worker_processes(self) -> list[int]:
        """Processes that carry the name of a task or wait for one."""
        return [found.pid for found in processes.processes() if _is_worker(found.command)]

    def coordinator_processes(self) -> list[int]:
        """The control service."""
        return [found.pid for found in processes.processes() if "gcs_server" in found.command.split(" ")[0]]


def _call_many(function: Callable, items: Sequence[Any]) -> list[Any]:
    return [function(item) for item in items]


def _is_worker(command: str) -> bool:
    return command.startswith("ray::") and "Agent" not in command


def _ray(prefix: tuple[str, ...], *arguments: str) -> None:
    subprocess.run(
        [*prefix, sys.executable, "-m", "ray.scripts.scripts", *arguments],
        check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    )  # fmt: skip
