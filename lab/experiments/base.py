"""What an experiment is: one file in this folder that is an :class:`Experiment` named ``EXPERIMENT``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from lab.adapters.base import Settings
from lab.schema import Column, Table
from lab.stats import spread

Row = Mapping[str, Any]

FRAMEWORK = Column("framework", "text", "slug of the framework")
REPEAT = Column("repeat", "whole", "number of the repeat, from 1")


@dataclass(frozen=True)
class Context:
    """What an experiment may know about the block that it runs in.

    ``launched_s`` is the monotonic time at which the block's processes were launched. ``iterations_per_ms`` is
    the work of one millisecond on this machine, the same for all blocks of a run. ``inputs`` is the folder of
    generated data. ``quick`` asks for as little as shows that everything works. ``running`` tells that the subject
    has been started already.
    """

    settings: Settings
    repeat: int
    launched_s: float
    iterations_per_ms: float
    inputs: Path
    quick: bool = False
    running: bool = False


class Experiment:
    """One question put to every subject (a task adapter, a table engine or an environment)."""

    name: ClassVar[str]
    """The name of its data files and of ``--only``."""
    block: ClassVar[str]
    """Experiments of one block share a started framework."""
    subjects: ClassVar[str] = "adapters"
    """``adapters``, ``engines`` or ``environments``."""
    also: ClassVar[Mapping[str, str]] = {}
    """Other kinds of subjects that it is put to, each with their block. Who is a subject already is not asked twice."""
    starts: ClassVar[bool] = False
    """Whether it starts the framework itself, in its own ways."""
    stops: ClassVar[bool] = False
    """Whether it also stops what it started."""
    needs_index: ClassVar[bool] = False
    """Whether it installs packages, so that it cannot run apart from the network."""
    limit_s: ClassVar[float] = 120
    """Seconds after which a block that holds it is stopped, for each experiment in it."""
    quick_with: ClassVar[str] = ""
    """The only subject that a quick run tries it with unless it is asked for by name; empty where that is all."""
    repeats: ClassVar[int | None] = None
    """How often it is done, when it is not the run's number of repeats."""
    observations: ClassVar[Table]
    """One row an observation."""
    summaries: ClassVar[tuple[Table, ...]] = ()
    """Tables that follow from the observations alone."""

    def not_applicable(self, subject: Any) -> str | None:
        """Why the subject cannot take part, or ``None``."""
        return None

    def inputs(self, folder: Path, quick: bool) -> None:
        """Generates the data that the experiment reads, unless it is there already."""

    def observe(self, subject: Any, context: Context) -> Iterator[Row]:
        """Yields observations without the framework's name and the repeat, which the driver adds."""
        raise NotImplementedError

    def summarise(self, rows: Sequence[Row]) -> Mapping[str, Iterable[Row]]:
        """The rows of every summary table, by the table's name."""
        return {}


def by(rows: Iterable[Row], *names: str) -> dict[Any, list[Row]]:
    """The rows in groups that agree in some columns, in order of first appearance."""
    groups: dict[Any, list[Row]] = {}
    for row in rows:
        key = row[names[0]] if len(names) == 1 else tuple(row[name] for name in names)
        groups.setdefault(key, []).append(row)
    return groups


def quartile_columns(name: str, unit: str, says: str, optional: bool = False) -> tuple[Column, ...]:
    """The columns of a median and its quartiles: ``NAME_UNIT``, ``NAME_q1_UNIT`` and ``NAME_q3_UNIT``."""
    return (
        Column(f"{name}_{unit}", "number", f"{says}, median", optional),
        Column(f"{name}_q1_{unit}", "number", "lower quartile", optional),
        Column(f"{name}_q3_{unit}", "number", "upper quartile", optional),
    )


def quartiles(name: str, unit: str, values: Sequence[float]) -> dict[str, float]:
    """What stands in these columns; nothing where there are no values."""
    if not values:
        return {}
    low, middle, high = spread(values)
    return {f"{name}_{unit}": middle, f"{name}_q1_{unit}": low, f"{name}_q3_{unit}": high}
