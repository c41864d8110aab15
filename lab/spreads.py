"""Medians between their quartiles, in two runs: whether they touch, how far they lie apart, and in which order."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import NamedTuple

from lab.schema import Table

QUARTILES = (("_q1", "", "_q3"), ("p25", "p50", "p75"))
"""What tells the names of a lower quartile, its median and its upper quartile apart."""
RATE = "_per_s"
TIME = ("_s", "_ms", "_us")
"""Rates and times, by the ends of their names, follow the machine's speed; sizes and shares do not."""


class Spread(NamedTuple):
    """A median between its quartiles; the spread reaches from the lower to the upper one."""

    low: float
    middle: float
    high: float

    def __str__(self) -> str:
        """The median, and the quartiles in brackets."""
        return f"{self.middle:.4g} ({self.low:.4g} to {self.high:.4g})"

    def touches(self, other: Spread) -> bool:
        """Whether two spreads have a value in common."""
        return self.low <= other.high and other.low <= self.high

    def apart(self, other: Spread) -> float:
        """The factor between the nearer quartiles of two spreads; 1 where they touch."""
        lower, upper = sorted((self, other))
        if lower.touches(upper):
            return 1.0
        return upper.low / lower.high if lower.high > 0 else math.inf


@dataclass(frozen=True)
class Compared:
    """One median in both runs, with the key of its row."""

    key: str
    column: str
    published: Spread
    second: Spread

    @property
    def touching(self) -> bool:
        """Whether its spreads touch."""
        return self.published.touches(self.second)

    @property
    def within(self) -> bool:
        """Whether the second median is within the published spread."""
        return self.published.low <= self.second.middle <= self.published.high

    @property
    def apart(self) -> float:
        """The factor between the nearer quartiles of its spreads."""
        return self.published.apart(self.second)

    @property
    def slowness(self) -> float | None:
        """How many times as long the second run took; ``None`` for what does not follow the machine's speed."""
        direction = _direction(self.column)
        if not direction or min(self.published.middle, self.second.middle) <= 0:
            return None
        return (self.second.middle / self.published.middle) ** direction

    def paced(self, pace: float) -> Compared:
        """The same as if the second run had not taken so many times as long."""
        factor = pace ** -_direction(self.column)
        return replace(self, second=Spread(*(value * factor for value in self.second)))


def _direction(column: str) -> int:
    """1 for times, which grow on a slower machine, -1 for rates, which shrink, and 0 for all others."""
    if column.endswith(RATE):
        return -1
    return 1 if column.endswith(TIME) else 0


def spread_columns(table: Table) -> list[tuple[str, str, str]]:
    """The names of every lower quartile of a table, its median and its upper quartile."""
    return [
        (column.name, column.name.replace(low, middle), column.name.replace(low, high))
        for column in table.columns
        for low, middle, high in QUARTILES
        if low in column.name
    ]


def in_same_order(one: Compared, other: Compared) -> bool:
    """Whether two medians stand in the same order in both runs."""
    return _order(one.published, other.published) == _order(one.second, other.second)


def _order(one: Spread, other: Spread) -> int:
    return (one.middle > other.middle) - (one.middle < other.middle)


def in_clear_order(one: Compared, other: Compared) -> bool:
    """Whether the spreads of two medians touch in neither run."""
    return not one.published.touches(other.published) and not one.second.touches(other.second)
