"""What summaries say of few observations: medians between their quartiles, and how much is behind them."""

import tempfile
import unittest
from pathlib import Path

from lab.experiments import all_experiments
from lab.experiments.base import quartile_columns, quartiles


def _written(experiment, rows):
    """The rows of an experiment's first summary, once they have been a file."""
    table = all_experiments()[experiment].summaries[0]
    with tempfile.TemporaryDirectory() as made:
        file = Path(made) / "table.csv"
        table.write(file, all_experiments()[experiment].summarise(rows)[table.name])
        return table.read(file)


def _with_repeats(rows):
    return [{"framework": "one", "repeat": repeat} | row for repeat, row in enumerate(rows, 1)]


class Quartiles(unittest.TestCase):
    def test_the_columns_are_those_of_the_values(self):
        names = [column.name for column in quartile_columns("elapsed", "ms", "of a trip")]
        self.assertEqual(names, ["elapsed_ms", "elapsed_q1_ms", "elapsed_q3_ms"])
        self.assertEqual(set(quartiles("elapsed", "ms", [1.0])), set(names))

    def test_no_values_have_none(self):
        self.assertEqual(quartiles("elapsed", "ms", []), {})

    def test_every_median_of_a_summary_has_both_or_none(self):
        for experiment in all_experiments().values():
            for table in experiment.summaries:
                names = {column.name for column in table.columns}
                lower = {name for name in names if "_q1" in name}
                for name in lower:
                    with self.subTest(table=table.name, column=name):
                        self.assertIn(name.replace("_q1", "_q3"), names)
                        self.assertIn(name.replace("_q1", ""), names)


class Faults(unittest.TestCase):
    def rows(self, *recoveries, killed="worker", outcome="finished"):
        usual = {"killed": killed, "what": "it", "outcome": outcome, "lost_count": 0, "repeated_count": 1, "seen": None}
        return _with_repeats(usual | {"elapsed_s": 3.0, "recovery_s": recovery} for recovery in recoveries)

    def test_recovery_is_over_the_repeats_that_had_one(self):
        (row,) = _written("faults", self.rows(1.0, None, 2.0))
        self.assertEqual((row["worker_recovery_s"], row["worker_recovery_n_count"], row["n_count"]), (1.5, 2, 3))
        self.assertEqual((row["worker_recovery_q1_s"], row["worker_recovery_q3_s"]), (1.25, 1.75))

    def test_without_recovery_there_is_no_time_but_a_count(self):
        (row,) = _written("faults", self.rows(None, None, outcome="hung"))
        self.assertEqual((row["worker_recovery_s"], row["worker_recovery_n_count"]), (None, 0))
        self.assertEqual((row["worker_outcome"], row["worker_s"]), ("hung", 3.0))

    def test_a_case_that_was_not_tried_is_empty(self):
        (row,) = _written("faults", self.rows(1.0))
        found = {name: value for name, value in row.items() if name.startswith(("coordinator", "undisturbed"))}
        self.assertEqual(set(found.values()), {None})

    def test_both_cases_have_the_same_columns(self):
        (row,) = _written("faults", self.rows(1.0) + self.rows(2.0, killed="coordinator"))
        self.assertEqual((row["worker_recovery_s"], row["coordinator_recovery_s"]), (1.0, 2.0))
        self.assertEqual((row["worker_repeated_count"], row["coordinator_repeated_count"]), (1, 1))


class Network(unittest.TestCase):
    def trips(self, *elapsed, way="echo", mbit_per_s=100, repeat=1):
        usual = {"framework": "one", "repeat": repeat, "mbit_per_s": mbit_per_s, "way": way}
        return [usual | {"trip": trip, "elapsed_ms": value} for trip, value in enumerate(elapsed, 1)]

    def test_first_trips_are_left_out_and_the_others_counted(self):
        rows = self.trips(90.0, 1.0, 2.0) + self.trips(90.0, 3.0, 4.0, repeat=2)
        (row,) = _written("network", rows)
        self.assertEqual((row["echo_100mbit_ms"], row["trips_count"], row["n_count"]), (2.5, 4, 2))
        self.assertEqual((row["echo_100mbit_q1_ms"], row["echo_100mbit_q3_ms"]), (1.75, 3.25))

    def test_the_fewest_trips_are_named(self):
        (row,) = _written("network", self.trips(9.0, 1.0, 2.0) + self.trips(9.0, 5.0, way="exchange", mbit_per_s=0))
        self.assertEqual((row["trips_count"], row["exchange_loopback_ms"], row["echo_1000mbit_ms"]), (1, 5.0, None))

    def test_first_trips_alone_are_none(self):
        (row,) = _written("network", self.trips(9.0))
        self.assertEqual((row["trips_count"], row["n_count"], row["echo_100mbit_ms"]), (0, 1, None))


class DataPassing(unittest.TestCase):
    def rows(self, repeat):
        usual = {"framework": "one", "repeat": repeat, "memory_mib": None}
        echo = usual | {"way": "echo", "size_bytes": 1_000}
        reuse = {"way": "reuse as argument", "size_bytes": 20_000_000, "trip": 1, "memory_mib": 100.0 * repeat}
        return [
            *(echo | {"trip": trip, "elapsed_ms": float(trip)} for trip in (1, 2, 3)),
            usual | reuse | {"elapsed_ms": 10.0 * repeat},
        ]

    def test_trips_are_counted_by_size_and_reuses_by_repeat(self):
        (row,) = _written("data-passing", self.rows(1) + self.rows(2))
        self.assertEqual((row["echo_1kb_ms"], row["echo_1kb_n_count"], row["n_count"]), (2.5, 4, 2))
        self.assertEqual((row["argument_ms"], row["argument_q1_ms"], row["argument_q3_ms"]), (15.0, 12.5, 17.5))
        self.assertEqual((row["argument_memory_mib"], row["shared_ms"]), (150.0, None))

    def test_a_size_that_was_left_out_has_no_trips(self):
        (row,) = _written("data-passing", self.rows(1))
        self.assertEqual((row["echo_100mb_ms"], row["echo_100mb_n_count"]), (None, 0))


if __name__ == "__main__":
    unittest.main()
