"""Apache Beam: how tasks and answers travel, and what the engine's workers work out. The runner is not needed."""

import base64
import importlib.util
import pickle
import tempfile
import unittest
from pathlib import Path

from lab import beam_pipeline
from lab.adapters import beam as adapter
from lab.engines import beam as engine

READS = importlib.util.find_spec("pyarrow") and importlib.util.find_spec("numpy")


class Lines(unittest.TestCase):
    def test_only_the_files_of_the_prefix_are_read(self):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in {
                "answers1-00001-of-00002": "c\n",
                "answers1-00000-of-00002": "a\nb\n",
                "answers10-00000-of-00001": "d\n",
            }.items():
                Path(folder, name).write_text(text)
            self.assertEqual(list(beam_pipeline.lines(Path(folder, "answers1"))), ["a", "b", "c"])

    def test_an_answer_takes_one_line(self):
        line = adapter._call(pickle.dumps((3, ("a\nb",))), str)
        self.assertEqual(line.splitlines(), [line])
        self.assertEqual(pickle.loads(base64.b64decode(line)), (3, "a\nb"))


@unittest.skipUnless(READS, "tables need NumPy and PyArrow")
class Tables(unittest.TestCase):
    def setUp(self):
        import pyarrow

        columns = {"customer": [1, 2, 1, 4], "amount": [1.0, 2.0, 3.0, 4.0], "quantity": [5, 1, 2, 3]}
        self.orders = pyarrow.table(columns)
        self.customers = pyarrow.table({"customer": [1, 2, 3, 4], "region": ["east", "west", "west", "west"]})

    def test_groups_are_complete_after_both_steps(self):
        cut = [*engine._by_customer(self.orders, 2), *engine._by_customer(self.orders, 2)]
        groups = {part: [table for other, table in cut if other == part] for part in (0, 1)}
        rows = [row for group in groups.items() for row in engine._together(group)]
        self.assertEqual(sorted(rows), [(1, 8.0, 5), (2, 4.0, 1), (4, 8.0, 3)])

    def test_a_join_adds_up_by_region(self):
        rows = engine._by_region(self.orders, [self.customers])
        self.assertEqual(sorted(rows), [("east", 4.0), ("west", 6.0)])


if __name__ == "__main__":
    unittest.main()
