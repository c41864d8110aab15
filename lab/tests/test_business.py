"""The business workload: cleaning, adding up, and checksums; and which versions moved."""

import csv
import datetime
import importlib.util
import json
import random
import tempfile
import unittest
from pathlib import Path

from lab import kernels
from lab.environments import all_environments, module_of
from lab.experiments import assetutilities
from lab.experiments.business import EXPERIMENT
from lab.workloads import business

DAY = datetime.date(2024, 3, 5)


class Cleaning(unittest.TestCase):
    def test_every_notation_of_a_date(self):
        serial = (DAY - business.EXCEL_EPOCH).days
        texts = [DAY.strftime(notation) for notation in business.DATE_NOTATIONS]
        for value in (datetime.datetime(2024, 3, 5), serial, str(serial), " 2024-03-05 ", *texts):
            self.assertEqual(business.clean_date(value), DAY, value)

    def test_an_unknown_date_is_an_error(self):
        with self.assertRaisesRegex(ValueError, "soon"):
            business.clean_date("soon")

    def test_every_notation_of_an_amount(self):
        for value in (1234.5, "1234.50", "1,234.50", "EUR 1,234.50"):
            self.assertEqual(business.clean_hundredths(value), 123450, value)
        self.assertEqual(business.clean_hundredths(None), 0)

    def test_blank_and_repeated_rows_do_not_count(self):
        row = ("WO-1", "A-1", "Repair ", "2024-03-05", 1.5, "10.00", "", None)
        again = (" wo-1", *row[1:])
        found = business.add_up("a", [row, (None,) * 8, ("",) * 8, again])
        self.assertEqual((found["orders"], found["blank"], found["repeated"]), (1, 2, 1))
        self.assertEqual(found["sums"], {"2024-03 repair": [1, 150, 1000]})


class Answers(unittest.TestCase):
    def setUp(self):
        self.answers = [
            business.add_up(f"{number}", business.dirty_rows(random.Random(number), 200, f"{number}"))
            for number in range(3)
        ]

    def test_the_checksum_does_not_depend_on_the_order(self):
        self.assertEqual(business.checksum(self.answers), business.checksum(self.answers[::-1]))

    def test_the_checksum_depends_on_every_sum(self):
        before = business.checksum(self.answers)
        next(iter(self.answers[1]["sums"].values()))[2] += 1
        self.assertNotEqual(business.checksum(self.answers), before)

    def test_answers_survive_json(self):
        self.assertEqual(json.loads(json.dumps(self.answers)), self.answers)

    def test_merging_adds_up(self):
        merged = business.merge(self.answers)
        orders = sum(answer["orders"] for answer in self.answers)
        self.assertEqual(sum(values[0] for values in merged.values()), orders)


class Tasks(unittest.TestCase):
    def test_a_csv_file_can_be_read_by_name(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "site.csv"
            with path.open("w", newline="") as file:
                csv.writer(file).writerows([business.HEADER, ("WO-1", "A-1", "survey", "5 Mar 2024", "2", "3")])
            name = kernels.name_of(business.read_csv)
            self.assertEqual(kernels.call(name, [str(path)])["sums"], {"2024-03 survey": [1, 200, 300]})

    @unittest.skipUnless(importlib.util.find_spec("openpyxl"), "workbooks need openpyxl")
    def test_generated_files_agree_with_their_checksums(self):
        with tempfile.TemporaryDirectory() as name:
            business.generate(Path(name), quick=True)
            for job, task in business.TASKS.items():
                paths = business.paths(Path(name), job)
                self.assertEqual(len(paths), business.QUICK_FILES)
                checksum = business.checksum([task(path) for path in paths])
                self.assertEqual(checksum, business.expected(Path(name), job))


class Summary(unittest.TestCase):
    def test_frameworks_are_related_to_the_serial_baseline(self):
        rows = [
            {"framework": name, "repeat": 1, "job": job, "elapsed_s": seconds, "cpu_s": seconds}
            for name, seconds in (("serial", 6.0), ("other", 4.0))
            for job in business.JOBS
        ]
        found = {row["framework"]: row for row in EXPERIMENT.summarise(rows)["business"]}
        self.assertEqual(found["other"]["workbooks_speedup"], 1.5)
        self.assertEqual(found["serial"]["csv_speedup"], 1.0)


class Locks(unittest.TestCase):
    def test_every_lock_pins_its_framework(self):
        self.assertEqual((module_of("spark"), module_of("ray")), ("pyspark.sql", "ray"))
        for name in all_environments():
            if name != "serial":
                self.assertTrue(assetutilities.requirements(name), name)

    def test_what_a_framework_cannot_run_without_is_installed_with_it(self):
        names = [line.split("==")[0] for line in assetutilities.requirements("mpi4py")]
        self.assertEqual(names, ["mpi4py", "mpich"])

    def test_moved_versions_are_named(self):
        found = assetutilities.moved({"a": "1", "b": "2"}, {"a": "1", "b": "3", "c": "4"})
        self.assertEqual(found, "b 3 -> 2, c 4 -> left out")


if __name__ == "__main__":
    unittest.main()
