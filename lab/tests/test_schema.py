"""Tables: what is written is read back, and nothing that does not fit gets in or out."""

import random
import tempfile
import unittest
from pathlib import Path

from lab.experiments import all_experiments
from lab.schema import KINDS, Column, Table

TEXTS = ("", " ", "ray", "a,b", 'say "hi"', "two\nlines", "ünï", "'", "-", "0")
TABLE = Table(
    "made-up",
    "A table for tests",
    (
        Column("name", "text", "tells rows apart"),
        Column("trip", "whole", "tells rows apart too"),
        Column("elapsed_ms", "number", "a number"),
        Column("note", "text", "may be missing", optional=True),
        Column("memory_mib", "number", "may be missing", optional=True),
    ),
    key=2,
)
HEADER = "name,trip,elapsed_ms,note,memory_mib"


def _row(dice, trip):
    return {
        "name": dice.choice(TEXTS[1:]),
        "trip": trip,
        "elapsed_ms": dice.uniform(-1, 1) * 10 ** dice.randint(-9, 9),
        "note": dice.choice((None, *TEXTS[1:])),
        "memory_mib": dice.choice((None, 0.0, dice.random())),
    }


class InAFolder(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="lab-")
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "data" / "made-up.csv"

    def read(self, *lines):
        self.path.parent.mkdir(exist_ok=True)
        self.path.write_text("\n".join(lines) + "\n")
        return TABLE.read(self.path)

    def assert_refused(self, says, *lines):
        with self.assertRaisesRegex(ValueError, says):
            self.read(*lines)


class WriteAndRead(InAFolder):
    def test_rows_come_back_with_six_significant_digits(self):
        dice = random.Random(1)
        for _ in range(50):
            rows = [_row(dice, trip) for trip in range(dice.randint(0, 20))]
            TABLE.write(self.path, rows)
            back = TABLE.read(self.path)
            self.assertEqual(len(back), len(rows))
            for found, row in zip(back, rows, strict=True):
                self.assert_same(found, row)

    def assert_same(self, found, row):
        self.assertEqual(list(found), [column.name for column in TABLE.columns])
        for name in ("name", "trip", "note"):
            self.assertEqual(found[name], row[name])
        self.assertAlmostEqual(found["elapsed_ms"], row["elapsed_ms"], delta=abs(row["elapsed_ms"]) * 1e-5)

    def test_what_was_read_is_written_the_same(self):
        dice = random.Random(2)
        TABLE.write(self.path, [_row(dice, trip) for trip in range(50)])
        written = self.path.read_bytes()
        TABLE.write(self.path, TABLE.read(self.path))
        self.assertEqual(self.path.read_bytes(), written)

    def test_a_missing_value_may_be_left_out(self):
        TABLE.write(self.path, [{"name": "a", "trip": 1, "elapsed_ms": 2}])
        self.assertEqual(self.path.read_text(), f"{HEADER}\na,1,2,,\n")

    def test_a_value_that_does_not_fit_leaves_the_old_file(self):
        good = {"name": "a", "trip": 1, "elapsed_ms": 1.0}
        TABLE.write(self.path, [good])
        written = self.path.read_bytes()
        not_numbers = ({"elapsed_ms": float("nan")}, {"memory_mib": float("inf")})
        for change in ({"name": None}, {"elapsed_ms": None}, *not_numbers):
            with self.subTest(change=change), self.assertRaises(ValueError):
                TABLE.write(self.path, [good, good | {"trip": 2} | change])
            self.assertEqual(self.path.read_bytes(), written)
            self.assertEqual(list(self.path.parent.iterdir()), [self.path])


class Refusals(InAFolder):
    def test_other_columns(self):
        self.assert_refused(":1: the columns", "name,trip")
        self.assert_refused(":1: the columns", HEADER.replace("trip", "Trip"))
        self.assert_refused(":1: the columns", "")

    def test_too_few_or_too_many_cells(self):
        self.assert_refused(":2: 2 cells, not 5", HEADER, "a,1")
        self.assert_refused(":3: 6 cells, not 5", HEADER, "a,1,1,,", "a,2,1,,,")

    def test_a_cell_of_another_kind(self):
        self.assert_refused(":2: column trip holds '1.5', not a whole", HEADER, "a,1.5,1,,")
        self.assert_refused(":2: column elapsed_ms holds 'fast', not a number", HEADER, "a,1,fast,,")
        self.assert_refused(":2: column elapsed_ms holds 'nan', not a finite", HEADER, "a,1,nan,,")
        self.assert_refused(":2: column memory_mib holds '-inf', not a finite", HEADER, "a,1,1,,-inf")

    def test_an_empty_cell_that_is_needed(self):
        self.assert_refused(":2: column name must not be empty", HEADER, ",1,1,,")
        self.assert_refused(":2: column elapsed_ms must not be empty", HEADER, "a,1,,,")

    def test_a_second_row_of_the_same_key(self):
        self.assertEqual(len(self.read(HEADER, "a,1,1,,", "a,2,1,,", "b,1,1,,")), 3)
        self.assert_refused(":4: a second row for a, 1", HEADER, "a,1,1,,", "a,2,1,,", "a,1,9,,")


class Declared(unittest.TestCase):
    """The tables of the experiments themselves."""

    def tables(self):
        for experiment in all_experiments().values():
            yield "observations", experiment.observations
            for table in experiment.summaries:
                yield "summary", table

    def test_names_are_told_apart(self):
        names = [(kind, table.name) for kind, table in self.tables()]
        self.assertTrue(names)
        self.assertEqual(len(names), len(set(names)))

    def test_columns_are_named_once_and_are_of_a_known_kind(self):
        for kind, table in self.tables():
            with self.subTest(kind=kind, table=table.name):
                names = [column.name for column in table.columns]
                self.assertEqual(len(names), len(set(names)))
                self.assertLessEqual({column.kind for column in table.columns}, set(KINDS))
                self.assertTrue(all(column.says for column in table.columns))

    def test_keys_are_never_empty(self):
        for kind, table in self.tables():
            with self.subTest(kind=kind, table=table.name):
                self.assertLessEqual(table.key, len(table.columns))
                self.assertFalse([column.name for column in table.columns[: table.key] if column.optional])


if __name__ == "__main__":
    unittest.main()
