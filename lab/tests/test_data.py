"""The data files of the content: whole, and every summary of them follows from what was observed."""

import json
import shutil
import tempfile
import unittest
from pathlib import Path

from lab.agreement import AGREEMENT, Folder, agreement
from lab.block_times import TIMES, times
from lab.publish import BLOCKS, CONTENT, summarise
from lab.verify import verify


class OfTheContent(unittest.TestCase):
    def test_every_file_is_whole(self):
        self.assertEqual(verify(CONTENT), [])


class Changed(unittest.TestCase):
    """A copy of the content's data with something wrong in it."""

    def setUp(self):
        made = tempfile.TemporaryDirectory(prefix="lab-")
        self.addCleanup(made.cleanup)
        self.folder = Path(made.name) / "data"
        shutil.copytree(CONTENT, self.folder)

    def assert_one_problem(self, says):
        (problem,) = verify(self.folder)
        self.assertIn(says, problem)

    def test_a_summary_that_does_not_follow_is_found_and_worked_out_again(self):
        for name in ("business", "block-times", "scaling-model"):
            with self.subTest(table=name):
                file = self.folder / f"{name}.csv"
                before = file.read_bytes()
                file.write_bytes(before.rstrip(b"\n") + b"1\n")
                self.assert_one_problem(name)
                summarise(self.folder)
                self.assertEqual(file.read_bytes(), before)
        self.assertEqual(verify(self.folder), [])

    def test_a_file_that_nobody_writes_is_found(self):
        (self.folder / "typed.csv").write_text("a\n1\n")
        self.assert_one_problem("typed.csv")

    def test_an_agreement_of_another_run_is_found(self):
        rows, _ = agreement(Folder(self.folder), Folder(self.folder))
        file = self.folder / "agreement.csv"
        AGREEMENT.write(file, rows)
        self.assertEqual(verify(self.folder), [])
        AGREEMENT.write(file, [row | {"published": "2020-01-01T00:00:00Z"} for row in rows])
        self.assert_one_problem("lab agree")

    def test_an_environment_without_its_load_is_found(self):
        file = self.folder / "environment.json"
        said = json.loads(file.read_text())
        del said["load_at_start"]
        file.write_text(json.dumps(said))
        self.assert_one_problem("load_at_start is missing")

    def test_a_machine_without_load_is_no_problem(self):
        file = self.folder / "environment.json"
        file.write_text(json.dumps(json.loads(file.read_text()) | {"load_at_start": 0.0}))
        self.assertEqual(verify(self.folder), [])


class BlockTimes(unittest.TestCase):
    def rows(self, **changes):
        usual = {"framework": "ray", "experiments": "data-passing", "counts": "yes", "outcome": "ok", "cpu_s": 9.0}
        walls = enumerate((1.0, 2.0, 6.0), 1)
        return [usual | {"block": f"{repeat}-data-ray", "wall_s": wall} | changes for repeat, wall in walls]

    def test_repeats_of_a_block_are_one_row(self):
        (row,) = times(self.rows())
        self.assertEqual((row["row"], row["n_count"]), ("data-ray", 3))
        self.assertEqual((row["wall_q1_s"], row["wall_s"], row["wall_q3_s"], row["cpu_s"]), (1.5, 2.0, 4.0, 9.0))

    def test_the_kind_of_a_block_and_its_framework_may_have_hyphens(self):
        (row,) = times(self.rows(block="2-start-up-modin-ray", framework="modin-ray"))
        self.assertEqual((row["row"], row["framework"]), ("start-up-modin-ray", "modin-ray"))

    def test_attempts_that_failed_or_do_not_count_are_left_out(self):
        for changes in ({"counts": "no"}, {"outcome": "failed"}):
            self.assertEqual(list(times(self.rows(**changes))), [])

    def test_the_table_takes_them(self):
        with tempfile.TemporaryDirectory() as made:
            file = Path(made) / "block-times.csv"
            TIMES.write(file, times(self.rows()))
            self.assertEqual(len(TIMES.read(file)), 1)

    def test_every_block_of_the_content_has_a_row(self):
        blocks = BLOCKS.read(CONTENT / "blocks.csv")
        good = [row for row in blocks if row["counts"] == "yes" and row["outcome"] == "ok"]
        self.assertEqual(sum(row["n_count"] for row in times(blocks)), len(good))


if __name__ == "__main__":
    unittest.main()
