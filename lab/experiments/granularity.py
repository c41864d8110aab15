"""Granularity: how long a task must be before a framework stops getting in its way.

Tasks of a fixed amount of work, from 0.1 ms to 1 s, are run on the workers, once independent of each other and once
as a stencil (each task waits for three of the step before it). Every task measures the processor time of its own
work. Efficiency is that time, summed over the tasks, by the time that passed on all workers. So a processor whose
speed changes from one moment to the next, as on a shared machine, changes both. METG(50 %), the minimum effective
task granularity, is the time that passed, times the workers, divided by the tasks, where efficiency crosses one half:
so it holds the task's work and as much overhead. Where efficiency is above one half even for the shortest tasks, METG
is at most what is given.

Source of the method: Slaughter and others, "Task Bench: A Parameterized Benchmark for Evaluating Parallel Runtime
Performance", SC 2020, https://arxiv.org/abs/1908.05790, and its program for the analysis,
https://github.com/StanfordLegion/task-bench/blob/bf4ad19/scripts/chart_metg.py. Theirs relates efficiency to the best
that the same system reached, or to the machine's peak; ours to the processor time of the work itself. With two workers
on two processors, the caller and the framework's own processes take their time from the workers too.
"""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Iterator, Sequence
from typing import Any

from lab import kernels
from lab.experiments.base import FRAMEWORK, REPEAT, Context, Experiment, Row, by, quartile_columns, quartiles
from lab.schema import Column, Table
from lab.stats import spread

LENGTHS_MS = (0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0)
SECONDS = 0.4
QUICK_LENGTHS_MS = (10.0,)
QUICK_SECONDS = 0.02
WIDTH = 4
LEAST_TASKS = 4
RATED_TASKS = 50
HALF = 0.5


class Granularity(Experiment):
    """Relates efficiency to the length of a task."""

    name = "granularity"
    block = "tasks"
    limit_s = 240
    observations = Table(
        "granularity",
        "Efficiency against the length of a task",
        (
            FRAMEWORK,
            REPEAT,
            Column("pattern", "text", "'independent' or 'stencil'"),
            Column("task_ms", "number", "nominal length of a task"),
            Column("work_ms", "number", "processor time of a task's work, mean of the independent tasks"),
            Column("tasks", "whole", "number of tasks"),
            Column("elapsed_s", "number", "from the first submission to the last result"),
            Column("efficiency", "number", "processor time of the work by elapsed time on all workers"),
        ),
        key=4,
    )
    summaries = (
        Table(
            "granularity",
            "The minimum effective task granularity, METG(50 %): the time a task takes when half of it is work",
            (
                FRAMEWORK,
                *quartile_columns("metg", "ms", "independent tasks", optional=True),
                *quartile_columns("stencil_metg", "ms", "dependent tasks", optional=True),
                Column("n_count", "whole", "number of repeats"),
            ),
        ),
        Table(
            "granularity-curve",
            "Efficiency against the length of a task: medians and quartiles of the repeats",
            (
                Column("row", "text", "framework, pattern and length"),
                FRAMEWORK,
                Column("pattern", "text", "'independent' or 'stencil'"),
                Column("task_ms", "number", "nominal length of a task"),
                Column("efficiency", "number", "median"),
                Column("efficiency_q1", "number", "lower quartile"),
                Column("efficiency_q3", "number", "upper quartile"),
                Column("n_count", "whole", "number of repeats"),
            ),
        ),
    )

    def observe(self, subject: Any, context: Context) -> Iterator[Row]:
        """Yields one row for each pattern and length."""
        lengths = QUICK_LENGTHS_MS if context.quick else LENGTHS_MS
        seconds = QUICK_SECONDS if context.quick else SECONDS
        rate = _rate(subject, LEAST_TASKS if context.quick else RATED_TASKS)
        workers = context.settings.workers
        for length in lengths:
            iterations = round(length * context.iterations_per_ms)
            tasks = int(max(LEAST_TASKS, min(seconds * workers / length * 1000, seconds * rate)))
            begun = time.perf_counter()
            work_s = statistics.fmean(subject.map(kernels.work, [iterations] * tasks))
            yield _row("independent", length, work_s, tasks, time.perf_counter() - begun, workers)
            steps = max(1, tasks // WIDTH)
            begun = time.perf_counter()
            subject.steps(kernels.work, WIDTH, steps, iterations)
            yield _row("stencil", length, work_s, steps * WIDTH, time.perf_counter() - begun, workers)

    def summarise(self, rows: Sequence[Row]) -> dict[str, list[Row]]:
        """METG by framework, and the curve by framework, pattern and length."""
        curve = [_point(*key, group) for key, group in by(rows, "framework", "pattern", "task_ms").items()]
        return {
            "granularity": [_metgs(name, group) for name, group in by(rows, "framework").items()],
            "granularity-curve": curve,
        }


def _rate(subject: Any, tasks: int) -> float:
    subject.map(kernels.nothing, range(tasks))
    begun = time.perf_counter()
    subject.map(kernels.nothing, range(tasks))
    return tasks / (time.perf_counter() - begun)


def _row(pattern: str, length_ms: float, work_s: float, tasks: int, elapsed_s: float, workers: int) -> Row:
    return {
        "pattern": pattern,
        "task_ms": length_ms,
        "work_ms": work_s * 1000,
        "tasks": tasks,
        "elapsed_s": elapsed_s,
        "efficiency": tasks * work_s / workers / elapsed_s,
    }


def shortest_ms(points: Sequence[tuple[float, float]], share: float = HALF) -> float | None:
    """The shortest length from which efficiency stays at or above a share, from (length, efficiency) pairs.

    Between two measured lengths the crossing is found on a straight line over the logarithm of the length. ``None``
    when even the longest tasks stay below. When all stay above, the shortest measured length is returned.
    """
    ordered = sorted(points)
    if not ordered or ordered[-1][1] < share:
        return None
    below = [at for at, (_, efficiency) in enumerate(ordered) if efficiency < share]
    if not below:
        return ordered[0][0]
    (short, low), (long, high) = ordered[below[-1]], ordered[below[-1] + 1]
    part = (share - low) / (high - low)
    return math.exp(math.log(short) + part * (math.log(long) - math.log(short)))


def _metgs(framework: str, rows: Sequence[Row]) -> Row:
    summary: dict[str, Any] = {"framework": framework, "n_count": len(by(rows, "repeat"))}
    for pattern, prefix in (("independent", "metg"), ("stencil", "stencil_metg")):
        repeats = by([row for row in rows if row["pattern"] == pattern], "repeat").values()
        shortest = [shortest_ms([(row["work_ms"], row["efficiency"]) for row in repeat]) for repeat in repeats]
        if None not in shortest:
            summary |= quartiles(prefix, "ms", [length / HALF for length in shortest])
    return summary


def _point(framework: str, pattern: str, task_ms: float, rows: Sequence[Row]) -> Row:
    low, middle, high = spread([row["efficiency"] for row in rows])
    return {
        "row": f"{framework}-{pattern}-{task_ms:g}ms",
        "framework": framework,
        "pattern": pattern,
        "task_ms": task_ms,
        "efficiency": middle,
        "efficiency_q1": low,
        "efficiency_q3": high,
        "n_count": len(rows),
    }


EXPERIMENT = Granularity()
