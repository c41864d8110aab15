"""Prints the summary tables of a data folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lab.agreement import AGREEMENT
from lab.block_times import TIMES
from lab.experiments import all_experiments
from lab.publish import NOT_RUN
from lab.schema import Table


def report(folder: Path) -> Iterator[str]:
    """The lines of all tables that are there."""
    tables = [table for experiment in all_experiments().values() for table in experiment.summaries]
    for table in [*tables, TIMES, NOT_RUN, AGREEMENT]:
        file = table.file_in(folder)
        if file.is_file():
            yield from ("", f"{table.name}: {table.says}", *_lines(table, table.read(file)))


def _lines(table: Table, rows: list[dict[str, Any]]) -> Iterator[str]:
    names = [column.name for column in table.columns]
    cells = [[_text(row[name]) for name in names] for row in rows]
    widths = [max(len(line[at]) for line in [names, *cells]) for at in range(len(names))]
    for line in [names, *cells]:
        yield "  ".join(
            cell.ljust(width) if table.columns[at].kind == "text" else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()


def _text(value: Any) -> str:
    if value is None:
        return "-"
    return f"{value:.4g}" if isinstance(value, float) else str(value)
