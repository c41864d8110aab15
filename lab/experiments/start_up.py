"""Start-up: from nothing to the first result.

The clock starts when the harness launches a fresh Python for the framework, and stops when the caller holds the
result of one empty task. An engine of tables has no tasks: its first result is the sums of a table of a thousand rows
(``group_by`` of :mod:`lab.engines.base`), which have to be right. A framework that is an adapter and an engine starts
as the first. The clock takes in the import of the framework, the start of its processes and whatever warms up with the
first task. Files are in the machine's page cache after the first repeat, so a first start after a reboot takes longer.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

from lab import kernels, processes
from lab.engines.base import TableEngine
from lab.experiments.base import FRAMEWORK, REPEAT, Context, Experiment, Row, by, quartile_columns, quartiles
from lab.schema import Column, Table
from lab.stats import median
from lab.workloads import orders

IDLE_S = 2.0
QUICK_IDLE_S = 0.1
TABLE = "start-up"
"""The folder of the table, among the inputs."""
ORDERS = 1000
CUSTOMERS = 10


class StartUp(Experiment):
    """Times the start, and weighs what is running afterwards."""

    name = "start-up"
    block = "tasks"
    also: ClassVar[Mapping[str, str]] = {"engines": "start-up"}
    starts = True
    limit_s = 120
    observations = Table(
        "start-up",
        "From nothing to the first result, and what is running then",
        (
            FRAMEWORK,
            REPEAT,
            Column("ready_s", "number", "until the framework said that it can take tasks, or queries"),
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

    def inputs(self, folder: Path, quick: bool) -> None:
        """Writes the table, whose amounts and quantities count its orders; needs PyArrow."""
        import pyarrow
        from pyarrow import parquet

        numbers = pyarrow.array(list(range(ORDERS)))
        table = pyarrow.table(
            {
                "customer": pyarrow.array([number % CUSTOMERS for number in range(ORDERS)]),
                "amount": numbers.cast("float64"),
                "quantity": numbers.cast("int32"),
            }
        )
        (folder / TABLE).mkdir(exist_ok=True)
        parquet.write_table(table, folder / TABLE / "part-00.parquet")

    def observe(self, subject: Any, context: Context) -> Iterator[Row]:
        """Starts the framework and leaves it running for the other experiments of the block."""
        subject.start(context.settings)
        ready = time.monotonic()
        _ask(subject, context.inputs)
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


def _ask(subject: Any, inputs: Path) -> None:
    """Asks for a first result and awaits it."""
    if not isinstance(subject, TableEngine):
        subject.result(subject.submit(kernels.nothing))
    elif not orders.agree(subject.group_by(inputs / TABLE), sums()):
        raise AssertionError("the sums of the table are not right")


def sums() -> list[tuple[int, float, int]]:
    """What every customer ordered for, and the largest quantity."""
    by_customer = [range(customer, ORDERS, CUSTOMERS) for customer in range(CUSTOMERS)]
    return [(customer, float(sum(numbers)), numbers[-1]) for customer, numbers in enumerate(by_customer)]


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
