"""The table experiment: what counts as equal, what came of a query, and what the summaries say."""

import importlib.util
import json
import tempfile
import unittest
from pathlib import Path

from lab.adapters.base import Settings, Unsupported
from lab.engines import all_engines
from lab.engines.base import TableEngine
from lab.engines.session import OUT_OF_MEMORY, outcome_of
from lab.experiments.base import Context
from lab.experiments.tables import EXPERIMENT
from lab.workloads import orders

GENERATES = importlib.util.find_spec("pyarrow") and importlib.util.find_spec("numpy")


def _row(query, run="warm", size="small", outcome="ok", elapsed=1.0, repeat=1, framework="one"):
    return {
        "framework": framework,
        "repeat": repeat,
        "size": size,
        "query": query,
        "run": run,
        "outcome": outcome,
        "elapsed_s": elapsed,
        "cpu_s": elapsed if outcome == "ok" else None,
        "memory_mib": 100 * elapsed,
    }


class Agreement(unittest.TestCase):
    def test_order_of_addition_is_free(self):
        self.assertTrue(orders.agree([("north", 0.1 + 0.2)], [["north", 0.3]]))

    def test_anything_else_is_different(self):
        right = [["north", 3.0], ["south", 4.0]]
        short, swapped = [("north", 3.0)], [("south", 4.0), ("north", 3.0)]
        changed, missing = [("north", 3.0), ("south", 4.00001)], [("north", 3.0), ("south", None)]
        for found in (short, swapped, changed, missing, [("north",), ("south",)]):
            self.assertFalse(orders.agree(found, right), found)


class Outcomes(unittest.TestCase):
    def test_memory_is_recognised_in_many_words(self):
        for error in (
            MemoryError(),
            RuntimeError("Out of Memory Error: failed"),
            Exception("Java heap space"),
        ):
            self.assertEqual(outcome_of(error), OUT_OF_MEMORY)

    def test_what_an_engine_does_not_offer_is_no_failure(self):
        self.assertEqual(outcome_of(Unsupported("no order")), "not offered: no order")

    def test_other_failures_are_told_in_one_line(self):
        self.assertEqual(outcome_of(ValueError("no such column\nmore")), "failed: ValueError: no such column")


class Engines(unittest.TestCase):
    def test_every_engine_answers_all_questions_and_has_a_lock(self):
        locks = {path.stem for path in Path(orders.__file__).parents[1].joinpath("locks").glob("*.txt")}
        for name, engine in all_engines().items():
            self.assertIn(engine.lock, locks, name)
            for method in ("start", "group_by", "join", "sort"):
                self.assertIsNot(getattr(engine, method), getattr(TableEngine, method), f"{name}.{method}")


class Running(TableEngine):
    """An engine that cannot be started, with a ready answer."""

    name = "running"

    def group_by(self, orders):
        return [(0, 1.5, 2)]


class AskedWhereItIs(unittest.TestCase):
    def rows(self, right):
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made)
            (folder / "orders-small.json").write_text(json.dumps({"group_by": right}))
            context = Context(Settings(2, folder), 1, 0.0, 1.0, inputs=folder, quick=True, running=True)
            found = [{"framework": "running", "repeat": 1, **row} for row in EXPERIMENT.observe(Running(), context)]
            EXPERIMENT.observations.write(folder / "table.csv", found)
        return found

    def test_an_engine_that_runs_already_answers_as_in_a_session(self):
        (row,) = self.rows([[0, 1.5, 2]])
        self.assertEqual((row["size"], row["query"], row["run"]), ("small", "group_by", "first"))
        self.assertEqual(row["outcome"], "ok")
        self.assertGreater(row["memory_mib"], 0)

    def test_its_wrong_answer_is_found(self):
        (row,) = self.rows([[0, 2.5, 2]])
        self.assertEqual(row["outcome"], "wrong answer")


class Summaries(unittest.TestCase):
    def test_headlines_take_warm_runs_where_there_are_some(self):
        rows = [_row("join", "first", elapsed=9), _row("join", elapsed=2), _row("sort", "first", elapsed=20)]
        headline = EXPERIMENT.summarise(rows)["tables"][0]
        self.assertEqual((headline["join_small_s"], headline["sort_small_s"]), (2, 20))
        self.assertEqual(headline["memory_mib"], 2000)

    def test_failures_are_named_and_kept_out_of_times(self):
        rows = [_row("join", size="large"), _row("sort", "first", "large", OUT_OF_MEMORY, 5)]
        summaries = EXPERIMENT.summarise(rows)
        self.assertEqual(summaries["tables"][0]["large_outcome"], "sort: out of memory")
        self.assertNotIn("sort_large_s", summaries["tables"][0])
        self.assertEqual([row["n_count"] for row in summaries["tables-queries"]], [1, 0])

    def test_repeats_that_differ_are_counted(self):
        rows = [_row("sort", repeat=1), _row("sort", repeat=2), _row("sort", outcome="time limit", repeat=3)]
        details = EXPERIMENT.summarise(rows)["tables-queries"][0]
        self.assertEqual(details["outcome"], "ok x 2, time limit x 1")

    def test_tables_can_be_written_and_read(self):
        rows = [_row("join"), _row("sort", "first", "large", OUT_OF_MEMORY, 5)]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "table.csv"
            EXPERIMENT.observations.write(path, rows)
            self.assertEqual(EXPERIMENT.observations.read(path), rows)
            for table in EXPERIMENT.summaries:
                table.write(path, EXPERIMENT.summarise(rows)[table.name])
                self.assertTrue(table.read(path))


@unittest.skipUnless(GENERATES, "generating tables needs NumPy and PyArrow")
class Generation(unittest.TestCase):
    def test_answers_belong_to_the_tables(self):
        from pyarrow import parquet

        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            orders.generate(folder, quick=True)
            amounts = parquet.read_table(folder / "orders-small")["amount"].to_pylist()
            grouped = orders.answer(folder, "small", "group_by")
            self.assertAlmostEqual(sum(row[1] for row in grouped), sum(amounts), places=2)
            self.assertEqual(orders.answer(folder, "small", "sort")[0][0], len(amounts))


if __name__ == "__main__":
    unittest.main()
