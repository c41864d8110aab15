"""Generates what experiments read: ``python -m lab.inputs FOLDER QUICK EXPERIMENT...``, QUICK being 0 or 1."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from lab import environments
from lab.experiments import all_experiments
from lab.isolation import Isolated, last_line

MAKER = "pandas"
"""The environment that holds what the generators need."""
LIMIT_S = 1800


class InputsFailed(Exception):
    """What experiments read could not be generated; the message holds the last line of the log."""


def generate(folder: Path, quick: bool, experiments: Iterable[str]) -> None:
    """Generates what is not there yet, in a process that ends with the harness, and in time.

    Raises :class:`InputsFailed`, and :class:`environments.EnvironmentFailed` where its environment cannot be made.
    """
    maker = environments.ensure(MAKER)
    folder.mkdir(parents=True, exist_ok=True)
    log = folder.with_suffix(".log")
    with tempfile.TemporaryDirectory(prefix="lab", ignore_cleanup_errors=True) as scratch:
        arguments = [str(folder), "1" if quick else "0", *experiments]
        ended = Isolated(maker, "lab.inputs", arguments, Path(scratch), log).wait(LIMIT_S)
    if ended.code is None:
        raise InputsFailed(f"inputs: not generated within {LIMIT_S} s (all of it in {log})")
    if ended.code:
        raise InputsFailed(f"inputs: {last_line(log) or 'no output'} (all of it in {log})")


if __name__ == "__main__":
    made_in, is_quick, *names = sys.argv[1:]
    for name in names:
        all_experiments()[name].inputs(Path(made_in), is_quick == "1")
