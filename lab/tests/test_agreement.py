"""Whether two runs agree: equal ones do, and what was reversed, moved or left out in the second is found."""

import random
import tempfile
import unittest
from pathlib import Path

from lab.agreement import AGREEMENT, UNKNOWN, Comparison, Folder, agreement, in_words
from lab.experiments import all_experiments
from lab.experiments.base import FRAMEWORK, quartile_columns, quartiles
from lab.publish import BLOCKS, CONTENT, NOT_RUN
from lab.schema import Column, Table
from lab.spreads import Spread, spread_columns
from lab.stats import spread

TRIPS = Table(
    "trips",
    "A table for tests",
    (
        FRAMEWORK,
        *quartile_columns("trip", "ms", "of a trip", optional=True),
        *quartile_columns("trips", "per_s", "trips a second", optional=True),
        *quartile_columns("memory", "mib", "largest memory", optional=True),
        Column("outcome", "text", "what came of it", optional=True),
    ),
)
SIZES = Table(
    "sizes",
    "A table for tests, with a row for every framework and size",
    (Column("row", "text", "framework and size"), FRAMEWORK, *quartile_columns("trip", "ms", "of a trip")),
)
WAYS = Table(
    "ways",
    "A table for tests, of the ways of one framework",
    (Column("way", "text", "which way"), *quartile_columns("trip", "ms", "of a trip")),
    framework="ray",
)
FAST, LIKE_FAST, SLOW = (9.0, 10.0, 11.0), (9.5, 10.5, 11.5), (19.0, 20.0, 21.0)


def _trips(framework, values, name="trip", unit="ms", **rest):
    return {"framework": framework, **quartiles(name, unit, values), **rest}


def _block(framework, disturbed="no", version="1.0"):
    numbers = {column.name: 1 for column in BLOCKS.columns if column.kind != "text"}
    texts = {"started": "2026-01-02T03:04:05Z", "outcome": "ok", "counts": "yes", "disturbed": disturbed}
    named = {"block": f"1-tasks-{framework}", "framework": framework, "experiments": "start-up trips"}
    return numbers | texts | named | {"version": version}


class TwoRuns(unittest.TestCase):
    def setUp(self):
        made = tempfile.TemporaryDirectory(prefix="lab-")
        self.addCleanup(made.cleanup)
        self.made = Path(made.name)

    def folder(self, name, table, rows, blocks=(), not_run=()):
        folder = self.made / name
        table.write(folder / f"{table.name}.csv", rows)
        BLOCKS.write(folder / "blocks.csv", blocks or [_block("ray"), _block("dask")])
        NOT_RUN.write(folder / "not-run.csv", not_run)
        return Folder(folder)

    def compare(self, published, second, table=TRIPS, **told_by_second):
        """The row of a comparison, and its disagreements."""
        runs = (self.folder("published", table, published), self.folder("second", table, second, **told_by_second))
        comparison = Comparison(table, "trips", runs)
        return comparison.row(), list(comparison.disagreements())

    def assert_counts(self, row, **counts):
        self.assertEqual({name: row[f"{name}_count"] for name in counts}, counts)


class Orders(TwoRuns):
    def test_equal_runs_agree(self):
        rows = [_trips("ray", FAST, outcome="ok"), _trips("dask", SLOW)]
        row, disagreements = self.compare(rows, rows)
        self.assertEqual(disagreements, [])
        self.assert_counts(row, medians=2, within=2, touching=2, far=0, paced=2, texts=0, missing=0)
        self.assert_counts(row, pairs=1, same_order=1, clear=1, reversed=0)
        self.assertEqual(row["pace_ratio"], 1.0)

    def test_a_clear_order_that_is_reversed_is_found(self):
        published = [_trips("ray", FAST), _trips("dask", SLOW)]
        row, (first, *_) = self.compare(published, [_trips("ray", SLOW), _trips("dask", FAST)])
        self.assert_counts(row, pairs=1, same_order=0, clear=1, reversed=1)
        self.assertIn("trips.csv#ray.trip_ms: 10 (9.5 to 10.5), then 20 (19.5 to 20.5); in the other order", first)
        self.assertIn("trips.csv#dask.trip_ms", first)

    def test_an_order_that_is_not_clear_in_one_run_is_no_disagreement(self):
        level = [_trips("ray", FAST), _trips("dask", LIKE_FAST)]
        for dask in (FAST, (5.0, 9.0, 9.2)):
            row, disagreements = self.compare(level, [_trips("ray", LIKE_FAST), _trips("dask", dask)])
            self.assertEqual(disagreements, [])
            self.assert_counts(row, pairs=1, same_order=0, clear=0, reversed=0)

    def test_only_rows_that_differ_in_nothing_else_are_ranked(self):
        rows = [
            {"row": f"{framework}-{size}", **_trips(framework, FAST)}
            for framework in ("ray", "ray-data", "dask")
            for size in ("small", "large")
        ]
        self.assert_counts(self.compare(rows, rows, SIZES)[0], medians=6, pairs=6)

    def test_a_framework_may_stand_at_the_end_of_a_row(self):
        rows = [{"row": f"tasks-{framework}", **_trips(framework, FAST)} for framework in ("ray", "modin-ray")]
        self.assert_counts(self.compare(rows, rows, SIZES)[0], pairs=1)

    def test_the_ways_of_one_framework_are_ranked_and_have_its_blocks(self):
        loop, threads = ({"way": way, **quartiles("trip", "ms", FAST)} for way in ("loop", "threads"))
        slow = quartiles("trip", "ms", SLOW)
        busy = [_block("ray", disturbed="yes")]
        row, (said, *_) = self.compare([loop, threads | slow], [loop | slow, threads], WAYS, blocks=busy)
        self.assert_counts(row, pairs=1, clear=1, reversed=1)
        self.assertTrue(said.endswith(": disturbed blocks of ray: 0, then 1"), said)


class Medians(TwoRuns):
    def moved(self, values, **more):
        return self.compare([_trips("ray", FAST)], [_trips("ray", values)], **more)

    def test_a_median_beyond_the_published_spread_may_have_one_that_touches(self):
        row, disagreements = self.moved((10.0, 10.6, 12.0))
        self.assertEqual(disagreements, [])
        self.assert_counts(row, medians=1, within=0, touching=1, far=0)

    def test_a_spread_a_little_beyond_is_counted_but_no_disagreement(self):
        row, disagreements = self.moved((11.0, 11.5, 12.0))
        self.assertEqual(disagreements, [])
        self.assert_counts(row, touching=0, far=0)

    def test_a_median_far_beyond_is_a_disagreement(self):
        others = [_trips("dask", FAST), _trips("rq", FAST)]
        row, (said,) = self.compare([_trips("ray", FAST), *others], [_trips("ray", SLOW), *others])
        self.assert_counts(row, touching=2, far=1)
        self.assertIn("trips.csv#ray.trip_ms: 10 (9.5 to 10.5), then 20 (19.5 to 20.5), 1.86 times beyond", said)
        self.assertTrue(said.endswith(UNKNOWN), said)

    def test_what_took_longer_as_a_whole_agrees_at_one_pace(self):
        row, disagreements = self.compare(
            [_trips("ray", FAST), _trips("dask", SLOW), _trips("rq", FAST, "trips", "per_s")],
            [_trips("ray", [2 * value for value in FAST]), _trips("dask", [2 * value for value in SLOW]),
             _trips("rq", [value / 2 for value in FAST], "trips", "per_s")],
        )  # fmt: skip
        self.assert_counts(row, medians=3, touching=0, paced=3, far=3)
        self.assertAlmostEqual(row["pace_ratio"], 2.0)
        self.assertEqual(len(disagreements), 3)
        for said in disagreements:
            self.assertIn("all of this table took 2.00 times as long", said)

    def test_sizes_have_no_pace(self):
        row, _ = self.compare([_trips("ray", FAST, "memory", "mib")], [_trips("ray", SLOW, "memory", "mib")])
        self.assertIsNone(row["pace_ratio"])
        self.assert_counts(row, touching=0, paced=0)

    def test_other_versions_and_disturbed_blocks_are_told(self):
        _, (said,) = self.moved(SLOW, blocks=[_block("ray", disturbed="yes", version="1.1")])
        self.assertIn("ray 1.0, then 1.1", said)
        self.assertIn("disturbed blocks of ray: 0, then 1", said)

    def test_a_spread_that_begins_at_nothing_is_infinitely_far(self):
        self.assertEqual(Spread(0, 0, 0).apart(Spread(1, 2, 3)), float("inf"))


class Texts(TwoRuns):
    def test_another_outcome_is_found(self):
        published, second = [_trips("ray", FAST, outcome="finished")], [_trips("ray", FAST, outcome="hung")]
        row, (said,) = self.compare(published, second)
        self.assert_counts(row, texts=1)
        self.assertIn("trips.csv#ray.outcome: finished, then hung", said)


class Missing(TwoRuns):
    def test_a_row_of_one_run_is_said_with_its_reason(self):
        both, ray = [_trips("ray", FAST), _trips("dask", SLOW)], [_trips("ray", FAST)]
        reason = {"row": "dask-trips", "framework": "dask", "experiment": "trips", "reason": "time limit"}
        row, (said,) = self.compare(both, ray, not_run=[reason])
        self.assert_counts(row, medians=1, missing=1)
        self.assertEqual(said, "trips.csv#dask: only in the published run: time limit")
        _, (said,) = self.compare(both, ray, blocks=[_block("ray")])
        self.assertEqual(said, "trips.csv#dask: only in the published run: no block of it was run")
        _, (said,) = self.compare(ray, both)
        self.assertEqual(said, f"trips.csv#dask: only in the second run: {UNKNOWN}")

    def test_a_median_of_one_run_is_said(self):
        row, (said,) = self.compare([_trips("ray", FAST)], [_trips("ray", ())])
        self.assert_counts(row, medians=0, missing=1)
        self.assertIn("trips.csv#ray.trip_ms: only in the published run", said)

    def test_files_that_are_not_there_are_said(self):
        run = self.folder("published", TRIPS, [])
        rows, disagreements = agreement(run, run)
        self.assertEqual(rows, [])
        self.assertTrue(any("throughput.csv is not compared" in said for said in disagreements))
        with self.assertRaisesRegex(OSError, "blocks.csv"):
            Folder(self.made)


class OfTheContent(unittest.TestCase):
    def test_the_published_data_agree_with_themselves(self):
        rows, disagreements = agreement(Folder(CONTENT), Folder(CONTENT))
        self.assertEqual(disagreements, [])
        for row in rows:
            with self.subTest(table=row["table"]):
                self.assertEqual(row["within_count"], row["medians_count"])
                self.assertEqual(row["same_order_count"], row["pairs_count"])

    def test_the_table_takes_them(self):
        rows, _ = agreement(Folder(CONTENT), Folder(CONTENT))
        with tempfile.TemporaryDirectory() as made:
            file = Path(made) / "agreement.csv"
            AGREEMENT.write(file, rows)
            self.assertEqual(AGREEMENT.read(file), rows)

    def test_a_row_in_words_names_its_table(self):
        rows, _ = agreement(Folder(CONTENT), Folder(CONTENT))
        for row in rows:
            self.assertTrue(in_words(row).startswith(f"{row['table']}: {row['medians_count']} medians"))


class Columns(unittest.TestCase):
    def test_every_median_between_quartiles_is_found(self):
        for experiment in all_experiments().values():
            for table in experiment.summaries:
                found = {name for names in spread_columns(table) for name in names}
                with self.subTest(table=table.name):
                    self.assertLessEqual(found, {column.name for column in table.columns})
        round_trip = all_experiments()["round-trip"].summaries[0]
        self.assertEqual(spread_columns(round_trip), [("p25_ms", "p50_ms", "p75_ms")])


class Chance(unittest.TestCase):
    def test_what_three_repeats_of_the_same_come_to(self):
        dice = random.Random(1)
        pairs = [[Spread(*spread([dice.gauss(0, 1) for _ in range(3)])) for _ in range(2)] for _ in range(5000)]
        within = sum(one.low <= other.middle <= one.high for one, other in pairs) / len(pairs)
        touching = sum(one.touches(other) for one, other in pairs) / len(pairs)
        self.assertAlmostEqual(within, 0.36, delta=0.03)
        self.assertAlmostEqual(touching, 0.66, delta=0.03)


if __name__ == "__main__":
    unittest.main()
