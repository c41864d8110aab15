"""Checks data files: their schema, and that every summary follows from its observations, or from the blocks."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lab.agreement import AGREEMENT, Folder
from lab.experiments import all_experiments
from lab.publish import ACROSS, BLOCKS, NOT_RUN, observations_in
from lab.schema import Table

ENVIRONMENT = ("date", "processor", "cores", "memory_gib", "load_at_start", "kernel", "python", "packages")


def verify(folder: Path) -> list[str]:
    """What is wrong with the data files of a folder, one line each; empty when they are whole."""
    problems: list[str] = []
    for table in (BLOCKS, NOT_RUN):
        problems += _read(table, table.file_in(folder))
    for experiment in all_experiments().values():
        problems += _verify_experiment(experiment, folder)
    for table, rows in ACROSS:
        problems += _problems(lambda table=table, rows=rows: _verify_summary(table, rows(folder), folder))
    problems += _problems(lambda: _verify_agreement(folder))
    return [*problems, *_verify_environment(folder / "environment.json"), *_unknown(folder)]


def _read(table: Table, file: Path) -> list[str]:
    return _problems(lambda: table.read(file))


def _problems(attempt: Callable[[], Any]) -> list[str]:
    try:
        attempt()
    except (OSError, ValueError, KeyError) as error:
        return [str(error)]
    return []


def _verify_experiment(experiment: Any, folder: Path) -> list[str]:
    file = observations_in(folder, experiment)
    problems = _read(experiment.observations, file)
    if problems:
        return problems
    found = experiment.summarise(experiment.observations.read(file))
    for table in experiment.summaries:
        problems += _read(table, table.file_in(folder))
        problems += _problems(lambda table=table: _verify_summary(table, found[table.name], folder))
    return problems


def _verify_summary(table: Table, rows: Any, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        again = Path(scratch) / "again.csv"
        table.write(again, rows)
        expected = again.read_text().splitlines()
    there = table.file_in(folder).read_text().splitlines()
    for number, (line, other) in enumerate(zip(there, expected, strict=False), 1):
        if line != other:
            raise ValueError(f"{table.file_in(folder)}:{number}: does not follow from the observations: {other}")
    if len(there) != len(expected):
        raise ValueError(f"{table.file_in(folder)}: {len(there)} lines, but {len(expected)} follow")


def _verify_agreement(folder: Path) -> None:
    """Which run was compared with a second one: all that can be checked, since the second one's data are not there."""
    file = AGREEMENT.file_in(folder)
    if not file.is_file():
        return
    begun = Folder(folder).begun
    for row in AGREEMENT.read(file):
        if row["published"] != begun:
            raise ValueError(
                f"{file}: {row['table']}: the run that began {row['published']} is not the one whose data are here: "
                "compare it again with 'python3 -m lab agree OTHER --write', or remove the file"
            )


def _verify_environment(file: Path) -> list[str]:
    try:
        said = json.loads(file.read_text())
    except (OSError, ValueError) as error:
        return [f"{file}: {error}"]
    return [f"{file}: {key} is missing" for key in ENVIRONMENT if said.get(key) in (None, "", {})]


def _unknown(folder: Path) -> Iterator[str]:
    known = {table.name for table in (BLOCKS, NOT_RUN, AGREEMENT, *(table for table, _ in ACROSS))}
    known |= {table.name for experiment in all_experiments().values() for table in experiment.summaries}
    for file in sorted(folder.glob("*.csv")):
        if file.stem not in known:
            yield f"{file}: no experiment writes this table"
