"""Start-up: from nothing to the first result.

The clock starts when the harness launches a fresh Python for the framework, and stops when the caller holds the
result of one empty task. It takes in the import of the framework, the start of its processes and whatever warms up
with the first task. Files are in the machine's page cache after the first repeat, so a first start after a reboot
takes longer.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import Any

from lab import kernels, processes
from lab.experiments.base import FRAMEWORK, REPEAT, Context, Experiment, Row, by, quartile_columns, quartiles
from lab.schema import Column, Table
from lab.stats import median

IDLE_S = 2.0
QUICK_IDLE_S = 0.1


class StartUp(Experiment):
    """Times the start, and weighs what is running afterwards."""

    name = "start-up"
    block = "tasks"
    starts = True
    limit_s = 120
    observations = Table(
        "start-up",
        "From nothing to the first result, and what is running then",
        (
            FRAMEWORK,
            REPEAT,
            Column("ready_s", "number", "until the framework said that it can take tasks"),
            Column("first_result_s", "number", "until the caller held the first result"),
            Column("cpu_s", "number", "processor time of all processes until then"),
            Column("idle_memory_mib", "number", "proportional set size of all processes, two seconds later"),
            Column("processes", "whole", "number of processes, with the caller"),
        ),
        key=2,
    )
    summaries = (
        Table(
            "start-up",
            "From nothing to the first result, and what is running then",
            (
                FRAMEWORK,
                *quartile_columns("first_result", "s", "until the caller held the first result"),
                *quartile_columns("cpu", "s", "processor time of all processes until then"),
                *quartile_columns("idle_memory", "mib", "proportional set size of all processes when idle"),
                Column("processes_count", "whole", "number of processes, with the caller, median"),
                Column("n_count", "whole", "number of starts"),
            ),
        ),
    )

    def observe(self, subject: Any, context: Context) -> Iterator[Row]:
        """Starts the framework and leaves it running for the other experiments of the block."""
        subject.start(context.settings)
        ready = time.monotonic()
        subject.result(subject.submit(kernels.nothing))
        first = time.monotonic()
        cpu = processes.cpu_s()
        time.sleep(QUICK_IDLE_S if context.quick else IDLE_S)
        yield {
            "ready_s": ready - context.launched_s,
            "first_result_s": first - context.launched_s,
            "cpu_s": cpu,
            "idle_memory_mib": processes.pss_bytes() / 2**20,
            "processes": len(processes.processes()) - 1,
        }

    def summarise(self, rows: Sequence[Row]) -> dict[str, list[Row]]:
        """Medians and quartiles by framework."""
        return {"start-up": [_summary(name, group) for name, group in by(rows, "framework").items()]}


def _summary(framework: str, rows: Sequence[Row]) -> Row:
    return {
        "framework": framework,
        **quartiles("first_result", "s", [row["first_result_s"] for row in rows]),
        **quartiles("cpu", "s", [row["cpu_s"] for row in rows]),
        **quartiles("idle_memory", "mib", [row["idle_memory_mib"] for row in rows]),
        "processes_count": median([row["processes"] for row in rows]),
        "n_count": len(rows),
    }


EXPERIMENT = StartUp()
