"""What comes before the first block: its steps end in time, and a failure is told in one line."""

import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from lab import environments, inputs

SLEEP = ["-n", "1", "-r", "1", "-s", "import time", "time.sleep(60)"]


class InAFolder(unittest.TestCase):
    def setUp(self):
        made = tempfile.TemporaryDirectory(prefix="lab-")
        self.addCleanup(made.cleanup)
        self.folder = Path(made.name)


class Environments(InAFolder):
    def step(self, module, arguments):
        with mock.patch.object(environments, "ENVIRONMENTS", self.folder):
            environments._step("some", Path(sys.executable), module, arguments)

    def test_a_step_that_takes_too_long_is_ended(self):
        says = r"environment some: timeit took longer than 0\.2 s \(all of it in .*some\.log\)"
        with (
            mock.patch.object(environments, "STEP_LIMIT_S", 0.2),
            self.assertRaisesRegex(environments.EnvironmentFailed, says),
        ):
            self.step("timeit", SLEEP)

    def test_a_step_that_fails_is_told_by_its_last_line(self):
        with self.assertRaisesRegex(environments.EnvironmentFailed, "environment some: .*No module named"):
            self.step("lab.no_such_module", [])

    def test_a_step_that_goes_well_says_nothing(self):
        self.step("timeit", ["-n", "1", "-r", "1", "pass"])


class Inputs(InAFolder):
    def generate(self, *experiments):
        with mock.patch.object(environments, "ensure", return_value=Path(sys.executable)):
            inputs.generate(self.folder / "inputs", True, experiments)

    def test_they_are_generated_in_time_or_not_at_all(self):
        says = r"inputs: not generated within 0\.01 s \(all of it in .*inputs\.log\)"
        with mock.patch.object(inputs, "LIMIT_S", 0.01), self.assertRaisesRegex(inputs.InputsFailed, says):
            self.generate("round-trip")

    def test_a_failure_is_told_by_its_last_line(self):
        with self.assertRaisesRegex(inputs.InputsFailed, "inputs: KeyError: 'no-such-experiment'"):
            self.generate("no-such-experiment")

    def test_experiments_that_read_nothing_need_nothing(self):
        self.generate("round-trip", "throughput")
        self.assertEqual(list((self.folder / "inputs").iterdir()), [])


if __name__ == "__main__":
    unittest.main()
