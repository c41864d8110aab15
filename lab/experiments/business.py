"""Business workload: a folder of workbooks, and one of CSV files, read, cleaned, added up and put into a
report.

One task a file through the framework's plain map, then the caller merges the answers and writes the report
(:mod:`lab.workloads.business`). Reading workbooks is Python code through and through, so that it needs
processors, not disks. The clock runs from the first submission until the report is on disk; it takes in what
workers import with their first task. The serial baseline is the same code in a loop. The checksum of every
report must be the one that a single process got when the files were generated.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lab import processes
from lab.experiments.base import FRAMEWORK, REPEAT, Context, Experiment, Row, by, quartile_columns, quartiles
from lab.schema import Column, Table
from lab.stats import median
from lab.workloads import business

BASELINE = "serial"


class Business(Experiment):
    """Times both folders."""

    name = "business"
    block = "business"
    limit_s = 180
    observations = Table(
        "business",
        "A folder of files read, cleaned, added up and put into a report",
        (
            FRAMEWORK,
            REPEAT,
            Column("job", "text", "'workbooks' or 'csv'"),
            Column("files", "whole", "number of files, each of them a task"),
            Column("elapsed_s", "number", "from the first submission until the report was written"),
            Column("report_s", "number", "the caller's part of it: merging and writing"),
            Column("cpu_s", "number", "processor time of all processes meanwhile"),
            Column("checksum", "text", "of the sums; equal for all frameworks"),
        ),
        key=3,
    )
    summaries = (
        Table(
            "business",
            "A folder of files read, cleaned, added up and reported: medians and quartiles of the repeats",
            (
                FRAMEWORK,
                *quartile_columns("workbooks", "s", "Excel workbooks"),
                *quartile_columns("workbooks_cpu", "s", "processor time of all processes"),
                Column("workbooks_speedup", "number", "serial median by this median", optional=True),
                *quartile_columns("csv", "s", "CSV files"),
                *quartile_columns("csv_cpu", "s", "processor time of all processes"),
                Column("csv_speedup", "number", "serial median by this median", optional=True),
                Column("n_count", "whole", "number of repeats"),
            ),
        ),
    )

    def inputs(self, folder: Path, quick: bool) -> None:
        """Generates the files; needs openpyxl."""
        business.generate(folder, quick)

    def observe(self, subject: Any, context: Context) -> Iterator[Row]:
        """Yields one row a job."""
        for job, task in business.TASKS.items():
            paths = business.paths(context.inputs, job)
            cpu = processes.cpu_s()
            begun = time.perf_counter()
            answers = subject.map(subject.reader(task), paths)
            mapped = time.perf_counter()
            business.write_report(context.settings.scratch / f"report-{job}.xlsx", answers)
            ended = time.perf_counter()
            checksum = business.checksum(answers)
            if checksum != business.expected(context.inputs, job):
                raise AssertionError(f"{job}: the report is not the one that a single process gets")
            yield {
                "job": job,
                "files": len(paths),
                "elapsed_s": ended - begun,
                "report_s": ended - mapped,
                "cpu_s": processes.cpu_s() - cpu,
                "checksum": checksum,
            }

    def summarise(self, rows: Sequence[Row]) -> dict[str, list[Row]]:
        """Medians and quartiles by framework, beside the serial baseline."""
        baseline = {job: _elapsed(group) for job, group in by(rows, "job").items()}
        return {"business": [_summary(name, group, baseline) for name, group in by(rows, "framework").items()]}


def _elapsed(rows: Sequence[Row]) -> float | None:
    """The baseline's median among the rows of a job, if it took part."""
    found = [row["elapsed_s"] for row in rows if row["framework"] == BASELINE]
    return median(found) if found else None


def _summary(framework: str, rows: Sequence[Row], baseline: dict[str, float | None]) -> Row:
    summary: dict[str, Any] = {"framework": framework, "n_count": len(by(rows, "repeat"))}
    for job, group in by(rows, "job").items():
        summary |= quartiles(job, "s", [row["elapsed_s"] for row in group])
        summary |= quartiles(f"{job}_cpu", "s", [row["cpu_s"] for row in group])
        summary[f"{job}_speedup"] = baseline[job] / summary[f"{job}_s"] if baseline[job] else None
    return summary


EXPERIMENT = Business()
