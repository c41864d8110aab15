"""Data passing: what it costs to take an array to a task and back, and to let many tasks use one array.

*Echo*: an array of 1 kB to 100 MB is handed to an empty task, which hands it back. The first trip of a size is kept
apart, since it pays for buffers. A size ten times that of a trip longer than two seconds is left out. *Reuse*: ten
tasks each use the same array of 20 MB and bring back one number; once handed to each task as an argument, and once
shared first by the framework's own means, where it has one.
Memory is the largest proportional set size of all processes, sampled four times a second.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any

from lab import kernels, processes
from lab.adapters.base import PLAIN
from lab.experiments.base import FRAMEWORK, REPEAT, Context, Experiment, Row, by, quartile_columns, quartiles
from lab.schema import Column, Table

TRIPS = {1_000: 10, 10_000: 10, 100_000: 10, 1_000_000: 10, 10_000_000: 4, 100_000_000: 2}
QUICK_TRIPS = {1_000: 2, 1_000_000: 2}
REUSED_BYTES = 20_000_000
QUICK_REUSED_BYTES = 1_000_000
REUSES = 10
QUICK_REUSES = 2
LONGEST_TRIP_S = 20
SIZES = {1_000: ("1kb", "1 kB"), 1_000_000: ("1mb", "1 MB"), 100_000_000: ("100mb", "100 MB")}
"""The sizes whose trips stand beside the reuse, with their part of a column's name and their words."""


def _echo_columns(name: str, words: str) -> tuple[Column, ...]:
    return (
        *quartile_columns(f"echo_{name}", "ms", f"{words} there and back", optional=True),
        Column(f"echo_{name}_n_count", "whole", "number of trips, first ones left out"),
    )


class DataPassing(Experiment):
    """Times arrays on their way."""

    name = "data-passing"
    block = "data"
    limit_s = 240
    observations = Table(
        "data-passing",
        "Arrays to a task and back, and one array used by many tasks",
        (
            FRAMEWORK,
            REPEAT,
            Column("way", "text", "'echo', 'reuse as argument' or 'reuse shared'"),
            Column("size_bytes", "whole", "size of the array"),
            Column("trip", "whole", "number of the trip, from 1; the first one warms up"),
            Column("elapsed_ms", "number", "from the submission to the result; for reuse, of all its tasks"),
            Column("memory_mib", "number", "largest proportional set size of all processes", optional=True),
        ),
        key=5,
    )
    summaries = (
        Table(
            "data-passing",
            "One array used by ten tasks, and arrays of three sizes to a task and back",
            (
                FRAMEWORK,
                *(column for name, words in SIZES.values() for column in _echo_columns(name, words)),
                *quartile_columns("argument", "ms", "10 tasks, 20 MB given to each", optional=True),
                *quartile_columns("argument_memory", "mib", "largest memory meanwhile", optional=True),
                *quartile_columns("shared", "ms", "10 tasks, 20 MB shared", optional=True),
                *quartile_columns("shared_memory", "mib", "largest memory meanwhile", optional=True),
                Column("n_count", "whole", "number of repeats: each has one reuse of a kind, and several trips"),
            ),
        ),
        Table(
            "data-passing-curve",
            "Arrays to a task and back: medians and quartiles, first trips left out",
            (
                Column("row", "text", "framework and size"),
                FRAMEWORK,
                Column("size_kb", "number", "size of the array"),
                *quartile_columns("elapsed", "ms", "from the submission to the result"),
                Column("n_count", "whole", "number of trips"),
            ),
        ),
    )

    def observe(self, subject: Any, context: Context) -> Iterator[Row]:
        """Yields one row a trip, then one for each way of reuse."""
        import numpy

        elapsed = 0.0
        for size, trips in (QUICK_TRIPS if context.quick else TRIPS).items():
            if elapsed * 10 > LONGEST_TRIP_S:
                continue
            array = numpy.random.default_rng(size).random(size // 8)
            for trip in range(1, trips + 1):
                begun = time.perf_counter()
                back = subject.result(subject.submit(kernels.echo, array))
                elapsed = time.perf_counter() - begun
                if len(back) != len(array) or back[-1] != array[-1]:
                    raise AssertionError(f"{size} bytes did not come back whole")
                yield {"way": "echo", "size_bytes": size, "trip": trip, "elapsed_ms": elapsed * 1000}
        size, times = (QUICK_REUSED_BYTES, QUICK_REUSES) if context.quick else (REUSED_BYTES, REUSES)
        array = numpy.ones(size // 8)
        yield _reuse("reuse as argument", subject, array, times, lambda: array)
        if subject.sharing != PLAIN:
            yield _reuse("reuse shared", subject, array, times, lambda: subject.share(array))

    def summarise(self, rows: Sequence[Row]) -> dict[str, list[Row]]:
        """Medians by framework, and the curve by framework and size."""
        steady = [row for row in rows if row["way"] == "echo" and row["trip"] > 1]
        return {
            "data-passing": [_summary(name, group) for name, group in by(rows, "framework").items()],
            "data-passing-curve": [_point(*key, group) for key, group in by(steady, "framework", "size_bytes").items()],
        }


def _reuse(way: str, subject: Any, array: Any, times: int, prepare: Any) -> Row:
    with _Memory() as memory:
        begun = time.perf_counter()
        argument = prepare()
        handles = [subject.submit(kernels.weigh, argument, task) for task in range(times)]
        for handle in handles:
            subject.result(handle)
        elapsed = time.perf_counter() - begun
    return {
        "way": way,
        "size_bytes": array.nbytes,
        "trip": 1,
        "elapsed_ms": elapsed * 1000,
        "memory_mib": memory.most_bytes / 2**20,
    }


class _Memory:
    """Watches the memory of all processes in a thread while it is entered."""

    def __enter__(self) -> _Memory:
        self.most_bytes = processes.pss_bytes()
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.wait(0.25):
            self.most_bytes = max(self.most_bytes, processes.pss_bytes())


def _summary(framework: str, rows: Sequence[Row]) -> Row:
    summary: dict[str, Any] = {"framework": framework, "n_count": len(by(rows, "repeat"))}
    ways = by(rows, "way")
    steady = by([row for row in ways.get("echo", []) if row["trip"] > 1], "size_bytes")
    for size, (name, _) in SIZES.items():
        trips = steady.get(size, [])
        summary |= quartiles(f"echo_{name}", "ms", [row["elapsed_ms"] for row in trips])
        summary[f"echo_{name}_n_count"] = len(trips)
    for way, name in (("reuse as argument", "argument"), ("reuse shared", "shared")):
        found = ways.get(way, [])
        summary |= quartiles(name, "ms", [row["elapsed_ms"] for row in found])
        summary |= quartiles(f"{name}_memory", "mib", [row["memory_mib"] for row in found])
    return summary


def _point(framework: str, size_bytes: int, rows: Sequence[Row]) -> Row:
    return {
        "row": f"{framework}-{size_bytes // 1000}kb",
        "framework": framework,
        "size_kb": size_bytes / 1000,
        **quartiles("elapsed", "ms", [row["elapsed_ms"] for row in rows]),
        "n_count": len(rows),
    }


EXPERIMENT = DataPassing()
