"""Whether a second run agrees with the published one, table by table; where it does not, and why as far as runs tell.

Compared are the medians that stand between their quartiles, and all texts. A spread reaches from the lower to the upper
quartile. A median whose spreads do not touch is counted; it is a disagreement where they lie far apart. By every median
those frameworks are ranked whose rows differ in nothing else, or the ways of one where a table is of one alone. Two
have a clear order where their spreads do not touch; only an order that is clear in both runs, and reversed, is a
disagreement.

A machine is not equally fast in every run. So the pace of a table is the median, over its times and rates, of how many
times as long the second run took, and spreads are compared once more as if both runs had one pace. Sizes and shares
stay as they are. Sleep and time limits, which most times of the faults consist of, do not follow the pace.

Quartiles of three repeats are narrow. Were the repeats of both runs drawn from one normal distribution, 36 % of the
medians would lie within the published spread, and 66 % of the spreads would touch. A single repeat has no spread.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from lab.block_times import TIMES
from lab.experiments import all_experiments
from lab.experiments.base import Row
from lab.publish import BLOCKS, NOT_RUN
from lab.schema import Column, Table
from lab.spreads import Compared, Spread, in_clear_order, in_same_order, spread_columns
from lab.stats import median

FAR = 1.25
"""A median disagrees when its spreads lie apart by a larger factor."""
UNKNOWN = "why is not known"

AGREEMENT = Table(
    "agreement",
    "How far a second run agrees with the published one, table by table",
    (
        Column("table", "text", "name of the data file, without its ending"),
        Column("published", "text", "when the published run began"),
        Column("second", "text", "when the second run began"),
        Column("medians_count", "whole", "medians that both runs have"),
        Column("within_count", "whole", "of these, where the second median is within the published spread"),
        Column("touching_count", "whole", "of these, where the spreads touch"),
        Column("far_count", "whole", f"of these, where the spreads lie apart by more than a factor of {FAR}"),
        Column("pace_ratio", "number", "how many times as long the second run took, median", optional=True),
        Column("paced_count", "whole", "medians whose spreads touch once both runs have one pace"),
        Column("pairs_count", "whole", "pairs of frameworks, or of the ways of one, by every median that ranks them"),
        Column("same_order_count", "whole", "of these, in the same order in both runs"),
        Column("clear_count", "whole", "of these, with a clear order in both runs"),
        Column("reversed_count", "whole", "of those with a clear order, in another order in the second run"),
        Column("texts_count", "whole", "outcomes and other texts that differ"),
        Column("missing_count", "whole", "rows and medians that only one run has"),
    ),
)


class Folder:
    """The data files of a run: its tables, the blocks behind them, and why something is not in them."""

    def __init__(self, path: Path) -> None:
        """Raises OSError or ValueError where that is no folder of a run's data files."""
        blocks = BLOCKS.read(BLOCKS.file_in(path))
        if not blocks:
            raise ValueError(f"{BLOCKS.file_in(path)}: there are no blocks to compare")
        self.path = path
        self.begun = min(row["started"] for row in blocks)
        self.blocks = [row for row in blocks if row["counts"] == "yes"]
        not_run = NOT_RUN.read(NOT_RUN.file_in(path))
        self._reasons = {(row["framework"], row["experiment"]): row["reason"] for row in not_run}

    def __str__(self) -> str:
        """Where the data are, when their run began, and how fast and how disturbed the machine was."""
        probes = [row["probe_before_ms"] for row in self.blocks if row["probe_before_ms"]] or [0.0]
        return (
            f"{self.path}: begun {self.begun}, fixed work in {median(probes):.1f} ms, "
            f"{_disturbed(self.blocks)} of {len(self.blocks)} blocks disturbed"
        )

    def rows(self, table: Table) -> dict[str, Row]:
        """A table's rows by their key."""
        key = table.columns[0].name
        return {row[key]: row for row in table.read(table.file_in(self.path))}

    def blocks_of(self, framework: str, experiments: str) -> list[Row]:
        """The blocks in which some experiments were put to a framework."""
        asked = set(experiments.split())
        blocks = [row for row in self.blocks if row["framework"] == framework]
        return [row for row in blocks if asked <= set(row["experiments"].split())]

    def why_missing(self, framework: str, experiments: str) -> str:
        """Why some experiments have no data of a framework."""
        reasons = (self._reasons.get((framework, experiment)) for experiment in experiments.split())
        otherwise = UNKNOWN if self.blocks_of(framework, experiments) else "no block of it was run"
        return next(filter(None, reasons), otherwise)


class Comparison:
    """A table of an experiment in the published and in the second run."""

    def __init__(self, table: Table, experiment: str, runs: Sequence[Folder]) -> None:
        """Raises OSError or ValueError where a run does not have the table."""
        self._table, self._experiment, self._runs = table, experiment, runs
        self._published, self._second = (run.rows(table) for run in runs)
        self._common = [key for key in self._published if key in self._second]
        self._medians = list(self._compared())
        ratios = [one.slowness for one in self._medians if one.slowness]
        self._pace = median(ratios) if ratios else None
        self._far = [one for one in self._medians if one.apart > FAR]
        self._pairs = self._ranked()
        self._clear = [pair for pair in self._pairs if in_clear_order(*pair)]
        self._reversed = [pair for pair in self._clear if not in_same_order(*pair)]

    def row(self) -> Row:
        """What the comparison came to: a row of the agreement."""
        published, second = self._runs
        return {
            "table": self._table.name,
            "published": published.begun,
            "second": second.begun,
            "medians_count": len(self._medians),
            "within_count": sum(one.within for one in self._medians),
            "touching_count": sum(one.touching for one in self._medians),
            "far_count": len(self._far),
            "pace_ratio": self._pace,
            "paced_count": sum(one.paced(self._pace or 1.0).touching for one in self._medians),
            "pairs_count": len(self._pairs),
            "same_order_count": sum(in_same_order(*pair) for pair in self._pairs),
            "clear_count": len(self._clear),
            "reversed_count": len(self._reversed),
            "texts_count": len(list(self._other_texts())),
            "missing_count": len(list(self._missing())),
        }

    def disagreements(self) -> Iterator[str]:
        """A line for every place in which the runs do not agree, and why."""
        yield from self._missing()
        yield from self._other_texts()
        for one, other in self._reversed:
            known = _joined([*self._known_of(one.key), *self._known_of(other.key)])
            yield f"{self._said(one)}; in the other order with {self._said(other)}: {known}"
        for one in self._far:
            known = _joined([*self._known_of_pace(one), *self._known_of(one.key)])
            yield f"{self._said(one)}, {one.apart:.2f} times beyond the spread: {known}"

    def _compared(self) -> Iterator[Compared]:
        for names in spread_columns(self._table):
            for key in self._common:
                published, second = ([rows[key][name] for name in names] for rows in (self._published, self._second))
                if None not in (*published, *second):
                    yield Compared(key, names[1], Spread(*published), Spread(*second))

    def _ranked(self) -> list[tuple[Compared, Compared]]:
        """All pairs of medians of one column whose rows differ in their framework alone, or in the way of the one."""
        rankings: dict[tuple[str, str], list[Compared]] = {}
        for one in self._medians:
            ranked = self._published[one.key].get("framework", one.key)
            rest = f"-{one.key}-".replace(f"-{ranked}-", "-")
            rankings.setdefault((one.column, rest), []).append(one)
        return [pair for ranking in rankings.values() for pair in itertools.combinations(ranking, 2)]

    def _missing(self) -> Iterator[str]:
        """What only one run has: rows, and medians of rows that both have."""
        published, second = self._runs
        yield from self._only(self._published, "published", self._second, second)
        yield from self._only(self._second, "second", self._published, published)

    def _only(self, rows: Mapping[str, Row], run: str, others: Mapping[str, Row], other: Folder) -> Iterator[str]:
        for key, row in rows.items():
            if key not in others:
                why = other.why_missing(self._framework(row), self._experiments(row))
                yield f"{self._place(key)}: only in the {run} run: {why}"
                continue
            for _, name, _ in spread_columns(self._table):
                if row[name] is not None and others[key][name] is None:
                    yield f"{self._place(key)}.{name}: only in the {run} run: {_joined(self._known_of(key))}"

    def _other_texts(self) -> Iterator[str]:
        names = [column.name for column in self._table.columns if column.kind == "text"]
        for key in self._common:
            for name in names:
                published, second = self._published[key][name], self._second[key][name]
                if published != second:
                    known = _joined(self._known_of(key))
                    yield f"{self._place(key)}.{name}: {published or '-'}, then {second or '-'}: {known}"

    def _place(self, key: str) -> str:
        return f"{self._table.name}.csv#{key}"

    def _said(self, one: Compared) -> str:
        return f"{self._place(one.key)}.{one.column}: {one.published}, then {one.second}"

    def _framework(self, row: Row) -> str:
        return row.get("framework", self._table.framework)

    def _experiments(self, row: Row) -> str:
        return row.get("experiments", self._experiment)

    def _known_of(self, key: str) -> Iterator[str]:
        """What the runs tell of the blocks behind a row that may have changed it."""
        row = self._published[key]
        framework = self._framework(row)
        before, after = (run.blocks_of(framework, self._experiments(row)) for run in self._runs)
        if _versions(before) != _versions(after):
            yield f"{framework} {_versions(before)}, then {_versions(after)}"
        if len(before) != len(after):
            yield f"blocks of {framework}: {len(before)}, then {len(after)}"
        if _disturbed([*before, *after]):
            yield f"disturbed blocks of {framework}: {_disturbed(before)}, then {_disturbed(after)}"

    def _known_of_pace(self, one: Compared) -> Iterator[str]:
        if self._pace and one.paced(self._pace).apart <= FAR:
            yield f"all of this table took {self._pace:.2f} times as long"


def _versions(blocks: Sequence[Row]) -> str:
    return " and ".join(sorted({row["version"] for row in blocks if row["version"]})) or "of no version"


def _disturbed(blocks: Sequence[Row]) -> int:
    return sum(row["disturbed"] == "yes" for row in blocks)


def _joined(known: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(known)) or UNKNOWN


def agreement(published: Folder, second: Folder) -> tuple[list[Row], list[str]]:
    """The rows of the agreement, and a line for every place in which the runs do not agree."""
    rows: list[Row] = []
    disagreements: list[str] = []
    for table, experiment in _tables():
        try:
            comparison = Comparison(table, experiment, (published, second))
        except (OSError, ValueError) as error:
            disagreements.append(f"{table.name}.csv is not compared: {error}")
            continue
        rows.append(comparison.row())
        disagreements += comparison.disagreements()
    return rows, disagreements


def _tables() -> Iterator[tuple[Table, str]]:
    """Every table that follows from observations or blocks, with the experiment where it is of one."""
    for experiment in all_experiments().values():
        for table in experiment.summaries:
            yield table, experiment.name
    yield TIMES, ""


def in_words(row: Row) -> str:
    """A row of the agreement in words."""
    pace = row["pace_ratio"]
    paced = f", {row['paced_count']} at one pace ({pace:.2f} times as long)" if pace else ""
    return (
        f"{row['table']}: {row['medians_count']} medians, {row['within_count']} within the spread, "
        f"{row['touching_count']} with spreads that touch{paced}, {row['far_count']} far; "
        f"{row['pairs_count']} pairs, {row['same_order_count']} in the same order, "
        f"{row['clear_count']} clear, {row['reversed_count']} reversed; "
        f"{row['texts_count']} other texts, {row['missing_count']} missing"
    )
