"""Round trip: one empty task submitted and awaited, again and again, with nothing else under way.

What a caller waits for when it hands out a single task. The caller's clock is used for both ends. The first tasks
after the start are left out: they pay for connections and caches.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any

from lab import kernels
from lab.experiments.base import FRAMEWORK, REPEAT, Context, Experiment, Row, by
from lab.schema import Column, Table
from lab.stats import quantile

TASKS = 350
WARM_UP = 25
QUICK_TASKS = 3
QUICK_WARM_UP = 1


class RoundTrip(Experiment):
    """Times single empty tasks."""

    name = "round-trip"
    block = "tasks"
    limit_s = 120
    observations = Table(
        "round-trip",
        "One empty task submitted and awaited",
        (
            FRAMEWORK,
            REPEAT,
            Column("task", "whole", "number of the task within the repeat, from 1"),
            Column("latency_ms", "number", "from before the submission until the result was there"),
        ),
        key=3,
    )
    summaries = (
        Table(
            "round-trip",
            "One empty task submitted and awaited: the distribution over all repeats",
            (
                FRAMEWORK,
                Column("p10_ms", "number", "a tenth of the tasks took less"),
                Column("p25_ms", "number", "lower quartile"),
                Column("p50_ms", "number", "median"),
                Column("p75_ms", "number", "upper quartile"),
                Column("p99_ms", "number", "one task in a hundred took longer"),
                Column("n_count", "whole", "number of tasks"),
            ),
        ),
    )

    def observe(self, subject: Any, context: Context) -> Iterator[Row]:
        """Yields one row a task."""
        warm_up, tasks = (QUICK_WARM_UP, QUICK_TASKS) if context.quick else (WARM_UP, TASKS)
        for _ in range(warm_up):
            subject.result(subject.submit(kernels.nothing))
        for task in range(1, tasks + 1):
            begun = time.perf_counter()
            subject.result(subject.submit(kernels.nothing))
            yield {"task": task, "latency_ms": (time.perf_counter() - begun) * 1000}

    def summarise(self, rows: Sequence[Row]) -> dict[str, list[Row]]:
        """Quantiles by framework, over the tasks of all repeats."""
        return {"round-trip": [_summary(name, group) for name, group in by(rows, "framework").items()]}


def _summary(framework: str, rows: Sequence[Row]) -> Row:
    latencies = [row["latency_ms"] for row in rows]
    shares = {"p10_ms": 0.1, "p25_ms": 0.25, "p50_ms": 0.5, "p75_ms": 0.75, "p99_ms": 0.99}
    return {
        "framework": framework,
        **{name: quantile(latencies, share) for name, share in shares.items()},
        "n_count": len(rows),
    }


EXPERIMENT = RoundTrip()
