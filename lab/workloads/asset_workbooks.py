"""The task of the business workload that reads a workbook, through AssetUtilities' own reader.

``ReadFromExcel`` gives every sheet as a table of pandas, which knows blank cells as NaN and leaves out the blank rows
at the end of a sheet. The report counts those too, so the rows of the file itself are counted. Cleaning and adding up
are those of :mod:`lab.workloads.business`, and so must be what comes out.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lab.workloads import business

BLANK: tuple[Any, ...] = ()


def read_workbook(path: str) -> dict[str, Any]:
    """A task: all sheets of one workbook, cleaned and added up."""
    from assetutilities.common.data import ReadFromExcel

    sheets = ReadFromExcel().from_xlsx({"io": path}).values()
    rows = [row for sheet in sheets for row in plain_rows(sheet)]
    left_out = rows_in(path) - len(sheets) - len(rows)
    return business.add_up(Path(path).name, [*rows, *[BLANK] * left_out])


def plain_rows(table: Any) -> Iterator[list[Any]]:
    """The rows of a table, with ``None`` in blank cells. Of all values only NaN differs from itself."""
    for row in table.itertuples(index=False, name=None):
        yield [cell if cell == cell else None for cell in row]


def rows_in(path: str) -> int:
    """The number of rows in all sheets of a workbook, with their headers."""
    with zipfile.ZipFile(path) as workbook:
        sheets = [name for name in workbook.namelist() if name.startswith("xl/worksheets/sheet")]
        return sum(workbook.read(name).count(b"<row ") for name in sheets)
