"""Scaling model: the efficiency that the measured overheads would allow with more workers than were measured.

Two things hold a job of equal, independent tasks back. Every task costs its worker something, so that of a task
length g and a cost o a share g / (g + o) is work; o is half of METG(50 %), where both are equal. And one caller
hands out at most R tasks a second, so that P workers with tasks of length g are busy at most g R / P of the time. The
model takes the smaller of the two.

What it leaves out: data, the network, stragglers, start-up, several callers, and batching, which raises R. The cost
and the rate were measured while caller, coordinator and workers shared two processors; on machines of their own both
would be better. So it is neither a prediction nor a result about clusters: it says how long tasks should be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lab.experiments import granularity, throughput
from lab.experiments.base import FRAMEWORK
from lab.schema import Column, Table

WORKERS = (2, 4, 8, 16, 32, 64, 128, 256, 512, 1000)
LENGTHS_MS = (1.0, 10.0, 100.0, 1000.0, 10_000.0)

CURVE = Table(
    "scaling-model",
    "A model, not a measurement: efficiency that the measured overheads would allow",
    (
        Column("row", "text", "framework, task length and workers"),
        FRAMEWORK,
        Column("task_ms", "number", "length of a task"),
        Column("workers", "whole", "number of workers"),
        Column("efficiency", "number", "share of the workers' time that is work"),
        Column("held_back_by", "text", "'cost of a task' or 'rate of the caller'"),
    ),
)


def efficiency(task_ms: float, workers: int, cost_ms: float, rate_per_s: float) -> tuple[float, str]:
    """The model: a share (0 to 1) and what holds it back."""
    by_cost = task_ms / (task_ms + cost_ms)
    by_rate = task_ms / 1000 * rate_per_s / workers
    return (by_rate, "rate of the caller") if by_rate < by_cost else (by_cost, "cost of a task")


def curve(folder: Path) -> Iterator[Mapping[str, Any]]:
    """The model's rows for every framework whose cost and rate are in the data files of a folder."""
    costs = _read(granularity.EXPERIMENT.summaries[0], folder, "metg_ms")
    rates = _read(throughput.EXPERIMENT.summaries[0], folder, "one_by_one_per_s")
    for framework in costs:
        if framework in rates:
            yield from _rows(framework, costs[framework] / 2, rates[framework], LENGTHS_MS)


def _rows(framework: str, cost_ms: float, rate_per_s: float, lengths: Sequence[float]) -> Iterator[Mapping[str, Any]]:
    for task_ms in lengths:
        for workers in WORKERS:
            share, why = efficiency(task_ms, workers, cost_ms, rate_per_s)
            yield {
                "row": f"{framework}-{task_ms:g}ms-{workers}",
                "framework": framework,
                "task_ms": task_ms,
                "workers": workers,
                "efficiency": share,
                "held_back_by": why,
            }


def _read(table: Table, folder: Path, column: str) -> dict[str, float]:
    file = table.file_in(folder)
    rows = table.read(file) if file.is_file() else []
    return {row["framework"]: row[column] for row in rows if row[column] is not None}
