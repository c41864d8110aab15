"""Start-up of engines: the table that they are asked about, and what must come out."""

import importlib.util
import tempfile
import unittest
from pathlib import Path

from lab.experiments.start_up import CUSTOMERS, EXPERIMENT, ORDERS, TABLE, sums

GENERATES = importlib.util.find_spec("pyarrow")


class Sums(unittest.TestCase):
    def test_every_order_is_somebodys(self):
        found = sums()
        self.assertEqual([customer for customer, _, _ in found], list(range(CUSTOMERS)))
        self.assertEqual(sum(amount for _, amount, _ in found), sum(range(ORDERS)))
        self.assertEqual(max(quantity for _, _, quantity in found), ORDERS - 1)

    @unittest.skipUnless(GENERATES, "the table needs PyArrow")
    def test_they_are_those_of_the_table(self):
        from pyarrow import parquet

        with tempfile.TemporaryDirectory() as folder:
            for _ in range(2):
                EXPERIMENT.inputs(Path(folder), quick=True)
            table = parquet.read_table(Path(folder) / TABLE)
        for customer, amount, quantity in sums():
            theirs = [row for row in table.to_pylist() if row["customer"] == customer]
            self.assertEqual(sum(row["amount"] for row in theirs), amount)
            self.assertEqual(max(row["quantity"] for row in theirs), quantity)


if __name__ == "__main__":
    unittest.main()
