"""The reader of workbooks through AssetUtilities: it comes to the answer of the lab's own reader."""

import datetime
import sys
import tempfile
import types
import unittest
import zipfile
from pathlib import Path
from unittest import mock

from lab.adapters import all_adapters
from lab.workloads import asset_workbooks, business

ROW = ("WO-1", "A-1", "repair", datetime.datetime(2024, 3, 5), 1.5, "EUR 10.00", "in-house", None)
NAN = float("nan")


class Table:
    """What is used of a table of pandas."""

    def __init__(self, *rows):
        self.rows = rows

    def itertuples(self, index, name):
        return iter(self.rows)


class ReadFromExcel:
    """A stand-in for AssetUtilities' reader: two sheets, one with a blank row in the middle, none at its end."""

    def from_xlsx(self, cfg):
        blank, other = (NAN,) * len(ROW), ("WO-2", *ROW[1:-1], NAN)
        return {"Pumps": Table((*ROW[:-1], NAN), blank, other), "Structures": Table(("WO-3", *ROW[1:]))}


class Reader(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = str(Path(folder.name) / "site-00.xlsx")
        sheets = {"sheet1": 4, "sheet2": 4}
        with zipfile.ZipFile(self.path, "w") as workbook:
            for name, rows in sheets.items():
                cells = "".join(f'<row r="{row}"></row>' for row in range(1, rows + 1))
                workbook.writestr(f"xl/worksheets/{name}.xml", f"<sheetData>{cells}</sheetData>")
            workbook.writestr("xl/worksheets/_rels/sheet1.xml.rels", "<row none/>")

    def test_rows_are_counted_with_their_headers(self):
        self.assertEqual(asset_workbooks.rows_in(self.path), 8)

    def test_blank_cells_are_none(self):
        self.assertEqual(list(asset_workbooks.plain_rows(Table(("a", NAN, 0)))), [["a", None, 0]])

    def test_blank_rows_at_the_end_of_a_sheet_count(self):
        data = types.SimpleNamespace(ReadFromExcel=ReadFromExcel)
        names = ("assetutilities", "assetutilities.common", "assetutilities.common.data")
        with mock.patch.dict(sys.modules, dict.fromkeys(names, data)):
            found = asset_workbooks.read_workbook(self.path)
        blank = (None,) * len(ROW)
        rows = [ROW, blank, ("WO-2", *ROW[1:]), ("WO-3", *ROW[1:]), blank, blank]
        self.assertEqual(found, business.add_up("site-00.xlsx", rows))


class Adapters(unittest.TestCase):
    def test_its_adapters_alone_bring_a_reader(self):
        for name, adapter in all_adapters().items():
            own = adapter().reader(business.read_workbook) is not business.read_workbook
            self.assertEqual(own, name.startswith("assetutilities"), name)
            self.assertIs(adapter().reader(business.read_csv), business.read_csv, name)

    def test_answers_are_put_into_the_order_of_the_items(self):
        adapter = all_adapters()["assetutilities-threads"]()
        adapter._execute = lambda function, items: [function(item) for item in reversed(items)]
        self.assertEqual(adapter.map(abs, [-3, 1, -2]), [3, 1, 2])

    def test_a_task_that_failed_is_told(self):
        adapter = all_adapters()["assetutilities-threads"]()
        adapter._execute = lambda function, items: [None for _ in items]
        with self.assertRaisesRegex(RuntimeError, "a task failed"):
            adapter.map(abs, [1])


if __name__ == "__main__":
    unittest.main()
