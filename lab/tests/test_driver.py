"""The driver: what is started once for a block, and that who starts a framework stops it."""

import types
import unittest
from unittest import mock

from lab import driver


class Framework:
    """Writes down what it is told."""

    told: list[str]

    def version(self):
        return "1"

    def start(self, settings):
        self.told.append("start")

    def stop(self):
        self.told.append("stop")


def _experiment(starts=False, stops=False):
    """One that starts and stops the framework itself where it says so, unless it runs already."""

    def observe(subject, context):
        if starts and not context.running:
            subject.start(context.settings)
        yield {"running": context.running}
        if stops and not context.running:
            subject.stop()

    return types.SimpleNamespace(starts=starts, stops=stops, observe=observe)


USUAL, STARTS, APART = _experiment(), _experiment(starts=True), _experiment(starts=True, stops=True)


class Starts(unittest.TestCase):
    def assert_running(self, experiments, seen):
        """Runs a block, and compares which of its experiments found the framework running."""
        named = {str(number): one for number, one in enumerate(experiments)}
        block = {
            "quick": False, "kind": "adapters", "framework": "one", "experiments": list(named), "workers": 2,
            "scratch": "scratch", "repeat": 1, "launched_s": 0.0, "iterations_per_ms": 1.0, "inputs": "inputs",
        }  # fmt: skip
        lines = []
        Framework.told = []
        with (
            mock.patch.object(driver, "subjects", return_value={"one": Framework}),
            mock.patch.object(driver, "all_experiments", return_value=named),
        ):
            driver._run(block, lambda **line: lines.append(line))
        self.assertEqual([line["row"]["running"] for line in lines if "row" in line], seen)
        self.assertEqual(Framework.told, ["start", "stop"])

    def test_a_framework_is_started_once_for_all_experiments_of_a_block(self):
        self.assert_running([USUAL, USUAL], [True, True])

    def test_an_experiment_may_start_it_for_those_that_follow(self):
        self.assert_running([STARTS, USUAL], [False, True])

    def test_an_experiment_may_have_it_to_itself(self):
        self.assert_running([APART], [False])

    def test_what_runs_already_is_not_stopped_by_those_that_would_start_it(self):
        self.assert_running([STARTS, APART], [False, True])


if __name__ == "__main__":
    unittest.main()
