"""The functions that tasks run. They live here so that every framework can find them by name."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any


def nothing(*_: Any) -> None:
    """An empty task."""


def work(iterations: int, *_: Any) -> float:
    """A fixed amount of work for one processor; returns the processor seconds that it took there."""
    begun = time.thread_time()
    total = 0
    for number in range(iterations):
        total = (total * 31 + number) & 0xFFFFFFFF
    return time.thread_time() - begun


def echo(value: Any) -> Any:
    """Takes a value to a worker and brings it back."""
    return value


def weigh(array: Any, *_: Any) -> float:
    """Uses an array and brings back a number."""
    return float(array[0]) + float(array[-1])


def make(size_bytes: int) -> Any:
    """Makes an array of 8-byte numbers on the worker."""
    import numpy

    return numpy.arange(size_bytes // 8, dtype="float64")


def part(array: Any, number: int, count: int) -> Any:
    """One of some equal parts of an array."""
    length = len(array) // count
    return array[number * length : (number + 1) * length].copy()


def combine(*arrays: Any) -> float:
    """Uses several arrays and brings back a number."""
    return float(sum(array[-1] for array in arrays))


def logged(job: tuple[str, int, float]) -> int:
    """Sleeps, and writes down when it began and ended, so that lost and repeated runs can be counted."""
    folder, index, seconds = job
    note(Path(folder), f"begin {index}")
    time.sleep(seconds)
    note(Path(folder), f"end {index}")
    return index


def note(folder: Path, line: str) -> None:
    """Adds a line to this process's own file in a folder."""
    with (folder / f"{os.getpid()}.log").open("a") as log:
        log.write(f"{time.monotonic():.6f} {line}\n")


def process_id(*_: Any) -> int:
    """The process that runs the task."""
    return os.getpid()


ALL = (nothing, work, echo, weigh, make, part, combine, logged, process_id)
BY_NAME = {function.__name__: function for function in ALL}


def call(name: str, arguments: list[Any]) -> Any:
    """Runs a function by its name, for frameworks whose tasks are registered beforehand."""
    if name.startswith("business:"):
        from lab.workloads import business

        return getattr(business, name.removeprefix("business:"))(*arguments)
    return BY_NAME[name](*arguments)


def name_of(function: Any) -> str:
    """The name by which :func:`call` finds a function."""
    return function.__name__ if function.__name__ in BY_NAME else f"business:{function.__name__}"
