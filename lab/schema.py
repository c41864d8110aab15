"""Tables that are written as CSV: their columns, and what may stand in them."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

KINDS = {"text": str, "whole": int, "number": float}


@dataclass(frozen=True)
class Column:
    """One column: its name (with the unit at its end), its kind, and what it says."""

    name: str
    kind: str
    says: str
    optional: bool = False

    def parse(self, text: str) -> Any:
        """The value of a cell; ``None`` for an empty one. Raises ValueError with what was expected."""
        if text == "":
            if self.optional:
                return None
            raise ValueError(f"column {self.name} must not be empty")
        try:
            value = KINDS[self.kind](text)
        except ValueError:
            raise ValueError(f"column {self.name} holds {text!r}, not a {self.kind}") from None
        if isinstance(value, float) and not math.isfinite(value):
            raise ValueError(f"column {self.name} holds {text!r}, not a finite number")
        return value

    def write(self, value: Any) -> str:
        """The text of a cell. Numbers keep six significant digits, more than any of them deserves."""
        if value is None:
            if not self.optional:
                raise ValueError(f"column {self.name} must not be empty")
            return ""
        if self.kind == "number":
            if not math.isfinite(value):
                raise ValueError(f"column {self.name} holds {value}, not a finite number")
            return f"{value:.6g}"
        if self.kind == "whole":
            return str(int(value))
        return str(value)


@dataclass(frozen=True)
class Table:
    """One CSV file: ``name`` is the file's name without its ending. The first ``key`` columns tell rows apart.

    ``framework`` is the one that all rows are of, where no column names it.
    """

    name: str
    says: str
    columns: tuple[Column, ...]
    key: int = 1
    framework: str = ""

    def file_in(self, folder: Path) -> Path:
        """Where it is in a folder of data files."""
        return folder / f"{self.name}.csv"

    def write(self, path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
        """Writes the rows; a value that does not fit its column raises ValueError and leaves the old file."""
        lines = [[column.write(row.get(column.name)) for column in self.columns] for row in rows]
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".csv.part")
        with draft.open("w", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow([column.name for column in self.columns])
            writer.writerows(lines)
        draft.replace(path)

    def read(self, path: Path) -> list[dict[str, Any]]:
        """The rows of a file; raises ValueError, with the line, for anything that does not fit."""
        with path.open(newline="") as file:
            lines = csv.reader(file)
            header = next(lines, None)
            if header != [column.name for column in self.columns]:
                raise ValueError(f"{path}:1: the columns are not those of the table {self.name}")
            rows, seen = [], set()
            for cells in lines:
                where = f"{path}:{lines.line_num}"
                if len(cells) != len(self.columns):
                    raise ValueError(f"{where}: {len(cells)} cells, not {len(self.columns)}")
                try:
                    row = {column.name: column.parse(cell) for column, cell in zip(self.columns, cells, strict=True)}
                except ValueError as error:
                    raise ValueError(f"{where}: {error}") from None
                if self.key:
                    key = tuple(cells[: self.key])
                    if key in seen:
                        raise ValueError(f"{where}: a second row for {', '.join(key)}")
                    seen.add(key)
                rows.append(row)
        return rows
