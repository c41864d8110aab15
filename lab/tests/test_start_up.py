"""Start-up of engines: the table that they are asked about, what must come out, and where it stands."""

import importlib.util
import tempfile
import unittest
from pathlib import Path

from lab.engines.base import TableEngine
from lab.experiments.start_up import CUSTOMERS, EXPERIMENT, ORDERS, TABLE, _ask, sums

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


class Queries(TableEngine):
    """An engine with a ready answer."""

    def __init__(self, answer):
        self.answer = answer

    def group_by(self, orders):
        return self.answer


class FirstResult(unittest.TestCase):
    def test_the_sums_of_an_engine_must_be_right(self):
        _ask(Queries(sums()), Path("inputs"))
        for wrong in (sums()[1:], [(customer, amount + 1, most) for customer, amount, most in sums()]):
            with self.assertRaisesRegex(AssertionError, "not right"):
                _ask(Queries(wrong), Path("inputs"))


class Summaries(unittest.TestCase):
    def test_engines_stand_beside_frameworks_of_tasks(self):
        usual = {"ready_s": 1.0, "cpu_s": 3.0, "idle_memory_mib": 50.0, "processes": 4}
        rows = [
            usual | {"framework": name, "repeat": repeat, "first_result_s": 2.0 * repeat}
            for repeat in (1, 2)
            for name in ("ray", "polars")
        ]
        (table,) = EXPERIMENT.summaries
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "table.csv"
            EXPERIMENT.observations.write(file, rows)
            table.write(file, EXPERIMENT.summarise(EXPERIMENT.observations.read(file))[table.name])
            found = table.read(file)
        self.assertEqual([row["framework"] for row in found], ["ray", "polars"])
        for row in found:
            times = [row[f"first_result{place}_s"] for place in ("_q1", "", "_q3")]
            self.assertEqual(times, [2.5, 3.0, 3.5])
            self.assertEqual((row["idle_memory_mib"], row["processes_count"], row["n_count"]), (50.0, 4, 2))


if __name__ == "__main__":
    unittest.main()
