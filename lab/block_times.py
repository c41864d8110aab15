"""Wall and processor time of whole blocks, from the list of all blocks.

Some experiments time trips or tasks that are too short to charge processor time to each. What their blocks used as a
whole is known all the same: start, warm-up and stop of the framework are in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lab.experiments.base import FRAMEWORK, Row, by, quartile_columns, quartiles
from lab.schema import Column, Table

TIMES = Table(
    "block-times",
    "How long whole blocks took, and what they used of the processors: medians and quartiles of the repeats",
    (
        Column("row", "text", "kind of block and framework"),
        FRAMEWORK,
        Column("experiments", "text", "what was measured in it"),
        *quartile_columns("wall", "s", "how long it took"),
        *quartile_columns("cpu", "s", "processor time of all its processes"),
        Column("n_count", "whole", "number of blocks that went well, one a repeat"),
    ),
)


def times(blocks: Iterable[Row]) -> Iterator[Row]:
    """The rows of the table, from those blocks that went well and count."""
    good = [{**row, "row": _without_repeat(row)} for row in blocks if row["counts"] == "yes" and row["outcome"] == "ok"]
    for name, group in by(good, "row").items():
        yield {
            "row": name,
            "framework": group[0]["framework"],
            "experiments": group[0]["experiments"],
            **quartiles("wall", "s", [row["wall_s"] for row in group]),
            **quartiles("cpu", "s", [row["cpu_s"] for row in group]),
            "n_count": len(group),
        }


def _without_repeat(row: Row) -> str:
    """The name of a block without its first word, which is the number of the repeat."""
    return row["block"].split("-", 1)[1]
