"""What a framework must offer to be measured by the task experiments.

Adding a framework is one file in this folder: a subclass of :class:`TaskAdapter` named ``Adapter``, and a
lock file in ``locks/``. An adapter imports its framework inside its methods, never at the top: the harness
reads every adapter without having any framework installed.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from lab import kernels

PLAIN = "a copy for every task"
"""How a value reaches tasks that share it when a framework has no other way."""


class Unsupported(Exception):
    """What was asked for is not something this framework does; the message says why."""


@dataclass
class Settings:
    """How a framework is to be started.

    ``workers`` is a number of worker processes, ``scratch`` an empty folder that is removed afterwards.
    ``separate`` asks for a coordinator in a process of its own, which can be killed without killing the caller.
    ``hosts`` are other hosts on which the workers are to run, one worker on each; empty means this one.
    """

    workers: int
    scratch: Path
    separate: bool = False
    hosts: Sequence[Host] = field(default_factory=tuple)
    address: str = "127.0.0.1"


@dataclass(frozen=True)
class Host:
    """Another host that commands can be started on: ``prefix`` goes before a command's words."""

    name: str
    address: str
    prefix: tuple[str, ...]


class TaskAdapter:
    """One framework, behind the words that all of them share.

    Functions are named functions of :mod:`lab.kernels`; arguments and results are plain values or arrays.
    """

    name: ClassVar[str]
    """The slug of the framework: its file name in ``content/`` and the key of its rows."""
    title: ClassVar[str]
    distribution: ClassVar[str]
    """The installed distribution whose version is recorded."""
    lock: ClassVar[str]
    """The name of the lock file, without its ending."""
    programs: ClassVar[tuple[str, ...]] = ()
    """Executables the machine must have besides the environment."""
    batching: ClassVar[str] = ""
    """The framework's own way to submit many small items at once, in words; empty when it has none."""
    native_dependencies: ClassVar[bool] = False
    """Whether a handle can be an argument of the next submission, so that the result need not pass the caller."""
    sharing: ClassVar[str] = PLAIN
    """What :meth:`share` does, in words."""
    coordinator: ClassVar[str] = ""
    """What :meth:`coordinator_processes` names, in words; empty when there is none."""
    across_hosts: ClassVar[bool] = False
    """Whether :meth:`start` takes ``hosts``."""
    without: ClassVar[Mapping[str, str]] = {}
    """The experiments that it takes no part in, each with the reason."""

    def start(self, settings: Settings) -> None:
        """Starts the framework; returns when it can take tasks."""
        raise NotImplementedError

    def stop(self) -> None:
        """Stops what :meth:`start` started."""
        raise NotImplementedError

    def submit(self, function: Callable, *arguments: Any) -> Any:
        """Submits one task and returns a handle without waiting."""
        raise NotImplementedError

    def result(self, handle: Any, timeout_s: float = 120) -> Any:
        """Waits for a task and returns its result; raises what the framework shows its caller."""
        raise NotImplementedError

    def map(self, function: Callable, items: Sequence[Any]) -> list[Any]:
        """One task an item, all submitted before the first is awaited; results in the order of the items."""
        handles = [self.submit(function, item) for item in items]
        return [self.result(handle) for handle in handles]

    def map_batched(self, function: Callable, items: Sequence[Any]) -> list[Any]:
        """The same by the framework's own batching idiom."""
        raise Unsupported(f"{self.title} has no batching of its own")

    def share(self, value: Any) -> Any:
        """Prepares one value for use by many tasks; what is returned is given to :meth:`submit`."""
        return value

    def reader(self, task: Callable) -> Callable:
        """The task that reads a file of the business workload: the given one, unless the framework brings its own."""
        return task

    def steps(self, function: Callable, width: int, steps: int, argument: Any) -> None:
        """Runs a one-dimensional stencil: every task waits for three of the step before it.

        Without native dependencies the caller waits for each whole step, which is a stricter rule.
        """
        row = [None] * width
        for _ in range(steps):
            if self.native_dependencies:
                row = [
                    self.submit(function, argument, *(row[near] for near in (at - 1, at, at + 1) if 0 <= near < width))
                    for at in range(width)
                ]
            else:
                self.map(function, [argument] * width)
        if self.native_dependencies:
            for handle in row:
                self.result(handle)

    def exchange(self, size_bytes: int, blocks: int) -> float:
        """Makes blocks on the workers, cuts each into as many parts, and lets every part meet its like.

        Without native dependencies the blocks and their parts pass through the caller.
        """
        made = [self.submit(kernels.make, size_bytes) for _ in range(blocks)]
        if self.native_dependencies:
            parts = [[self.submit(kernels.part, block, at, blocks) for block in made] for at in range(blocks)]
        else:
            whole = [self.result(block) for block in made]
            parts = [[kernels.part(block, at, blocks) for block in whole] for at in range(blocks)]
        return sum(self.result(handle) for handle in [self.submit(kernels.combine, *like) for like in parts])

    def worker_processes(self) -> list[int]:
        """The processes that run tasks."""
        raise Unsupported(f"{self.title} has no worker processes")

    def coordinator_processes(self) -> list[int]:
        """The processes without which no task can be handed out."""
        raise Unsupported(f"{self.title} has no coordinator")

    def version(self) -> str:
        """The version that is installed."""
        return importlib.metadata.version(self.distribution)
