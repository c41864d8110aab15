"""Plain Python in one process: what the work costs without a framework."""

from __future__ import annotations

import platform
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from lab.adapters.base import Settings, TaskAdapter


class Adapter(TaskAdapter):
    """Calls the function when it is submitted."""

    name = "serial"
    title = "Serial Python"
    distribution = "numpy"
    lock = "serial"
    batching = "a list comprehension"
    without: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("granularity", "data-passing", "faults", "network"), "it runs in the caller's own process"
    )

    def start(self, settings: Settings) -> None:
        """Nothing is to be started."""

    def stop(self) -> None:
        """Nothing was started."""

    def submit(self, function: Callable, *arguments: Any) -> Any:
        """Runs the function."""
        return function(*arguments)

    def result(self, handle: Any, timeout_s: float = 120) -> Any:
        """The handle is the result."""
        return handle

    def map_batched(self, function: Callable, items: Sequence[Any]) -> list[Any]:
        """One loop."""
        return [function(item) for item in items]

    def version(self) -> str:
        """The version of Python."""
        return platform.python_version()
