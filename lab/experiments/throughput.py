"""Throughput: empty tasks a second, submitted one by one and by the framework's own batching idiom.

One by one, every item is a task of its own and all are submitted before the first is awaited. The batching idiom is
named in the data: it differs from framework to framework, and so does what it keeps of a task (its own retry, its own
result). A pilot grows the number of items until they take about a second, so that what happens once
for all of them weighs little.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from lab import kernels, processes
from lab.experiments.base import FRAMEWORK, REPEAT, Context, Experiment, Row, by, quartile_columns, quartiles
from lab.schema import Column, Table

SECONDS = 1.0
LEAST_ITEMS = 40
MOST_ITEMS = 400_000
GROWTH = 3
LONG_ENOUGH = 0.6
QUICK_ITEMS = 4


class Throughput(Experiment):
    """Counts empty tasks a second."""

    name = "throughput"
    block = "tasks"
    limit_s = 120
    observations = Table(
        "throughput",
        "Empty tasks a second",
        (
            FRAMEWORK,
            REPEAT,
            Column("way", "text", "'one by one' or 'batched'"),
            Column("idiom", "text", "how the items were handed over"),
            Column("items", "whole", "number of items"),
            Column("elapsed_s", "number", "from the first submission to the last result"),
            Column("items_per_s", "number", "items by elapsed time"),
            Column("cpu_us_per_item", "number", "processor time of all processes by items"),
        ),
        key=3,
    )
    summaries = (
        Table(
            "throughput",
            "Empty tasks a second: medians and quartiles of the repeats",
            (
                FRAMEWORK,
                *quartile_columns("one_by_one", "per_s", "tasks a second, each submitted by itself"),
                *quartile_columns("cpu", "us", "processor time a task, all processes"),
                *quartile_columns("batched", "per_s", "items a second by the batching idiom", optional=True),
                *quartile_columns("batched_cpu", "us", "processor time an item, all processes", optional=True),
                Column("idiom", "text", "the batching idiom", optional=True),
                Column("n_count", "whole", "number of repeats"),
            ),
        ),
    )

    def observe(self, subject: Any, context: Context) -> Iterator[Row]:
        """Yields one row for each way."""
        yield {"way": "one by one", "idiom": "one task an item", **_measure(subject.map, context)}
        if subject.batching:
            yield {"way": "batched", "idiom": subject.batching, **_measure(subject.map_batched, context)}

    def summarise(self, rows: Sequence[Row]) -> dict[str, list[Row]]:
        """Medians and quartiles by framework."""
        return {"throughput": [_summary(name, group) for name, group in by(rows, "framework").items()]}


def _measure(submit_all: Callable[..., Any], context: Context) -> Row:
    items = QUICK_ITEMS if context.quick else _pilot(submit_all)
    cpu = processes.cpu_s()
    begun = time.perf_counter()
    submit_all(kernels.nothing, range(items))
    elapsed = time.perf_counter() - begun
    return {
        "items": items,
        "elapsed_s": elapsed,
        "items_per_s": items / elapsed,
        "cpu_us_per_item": (processes.cpu_s() - cpu) / items * 1e6,
    }


def _pilot(submit_all: Callable[..., Any]) -> int:
    """The number of items that takes about as long as wanted, found by growing a first few, after a warm-up."""
    items = LEAST_ITEMS
    submit_all(kernels.nothing, range(items))
    while items < MOST_ITEMS:
        begun = time.perf_counter()
        submit_all(kernels.nothing, range(items))
        if time.perf_counter() - begun >= SECONDS * LONG_ENOUGH:
            return items
        items = min(items * GROWTH, MOST_ITEMS)
    return items


def _summary(framework: str, rows: Sequence[Row]) -> Row:
    ways = by(rows, "way")
    single, batched = ways["one by one"], ways.get("batched", [])
    return {
        "framework": framework,
        **quartiles("one_by_one", "per_s", [row["items_per_s"] for row in single]),
        **quartiles("cpu", "us", [row["cpu_us_per_item"] for row in single]),
        **quartiles("batched", "per_s", [row["items_per_s"] for row in batched]),
        **quartiles("batched_cpu", "us", [row["cpu_us_per_item"] for row in batched]),
        "idiom": batched[0]["idiom"] if batched else None,
        "n_count": len(single),
    }


EXPERIMENT = Throughput()
