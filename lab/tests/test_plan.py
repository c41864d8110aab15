"""The plan: who takes part in what, why others do not, and that a quick run tries whatever a complete run measures."""

import itertools
import unittest
from unittest import mock

from lab import __main__ as commands
from lab.adapters import all_adapters
from lab.engines import all_engines
from lab.environments import all_environments
from lab.experiments import all_experiments
from lab.plan import NEITHER, STRANGERS, Block, Choice, plan
from lab.subjects import KINDS, subjects


def _pairs(choice):
    """Every experiment with every framework that it is tried with."""
    blocks, _ = plan(choice)
    return {(name, block.framework) for block in blocks for name in block.experiments}


def _reasons(choice):
    """Why a framework has no part in an experiment, by both."""
    _, left_out = plan(choice)
    return {(one.framework, one.experiment): one.reason for one in left_out}


class Quick(unittest.TestCase):
    def test_it_tries_every_experiment_with_every_framework(self):
        spared = _pairs(Choice(repeats=1)) - _pairs(Choice(repeats=1, quick=True))
        for name, framework in spared:
            only = all_experiments()[name].quick_with
            self.assertTrue(only, (name, framework))
            self.assertNotEqual(framework, only)

    def test_it_tries_nothing_else(self):
        self.assertLessEqual(_pairs(Choice(repeats=1, quick=True)), _pairs(Choice(repeats=1)))

    def test_every_experiment_is_tried_with_somebody(self):
        tried = {name for name, _ in _pairs(Choice(repeats=1, quick=True))}
        self.assertEqual(tried, set(all_experiments()))

    def test_only_what_needs_a_package_index_is_spared(self):
        for name, experiment in all_experiments().items():
            self.assertTrue(experiment.needs_index or not experiment.quick_with, name)

    def test_what_is_asked_for_by_name_is_tried_with_all(self):
        for name in all_experiments():
            self.assertEqual(_pairs(Choice([name], repeats=1, quick=True)), _pairs(Choice([name], repeats=1)))

    def test_a_framework_starts_once_for_all_that_leaves_it_running(self):
        blocks, _ = plan(Choice(repeats=1, quick=True))
        sharing = [block for block in blocks if block.framework == "celery" and _leaves_running(block)]
        self.assertEqual(len(sharing), 1)

    def test_an_engine_starts_once_for_its_start_up_and_its_tables(self):
        blocks, _ = plan(Choice(["start-up", "tables"], ["polars"], quick=True, repeats=1))
        self.assertEqual([block.experiments for block in blocks], [("start-up", "tables")])

    def test_blocks_that_may_take_longest_come_first(self):
        blocks, _ = plan(Choice(repeats=1, quick=True))
        limits = [block.limit_s for block in blocks]
        self.assertEqual(limits, sorted(limits, reverse=True))


class Complete(unittest.TestCase):
    def test_no_block_has_the_name_of_another(self):
        blocks, _ = plan(Choice())
        names = [block.id for block in blocks]
        self.assertEqual(len(names), len(set(names)))

    def test_everybody_takes_part_in_everything_or_has_a_reason(self):
        blocks, left_out = plan(Choice())
        pairs = {(name, block.framework) for block in blocks if block.kind in STRANGERS for name in block.experiments}
        reasons = [(one.experiment, one.framework) for one in left_out]
        self.assertEqual(len(reasons), len(set(reasons)))
        self.assertFalse(pairs & set(reasons))
        wanted = {name for name, experiment in all_experiments().items() if experiment.subjects in STRANGERS}
        everybody = {*all_adapters(), *all_engines()}
        self.assertLessEqual(set(itertools.product(wanted, everybody)), pairs | set(reasons))
        self.assertTrue(all(one.reason for one in left_out))

    def test_every_environment_belongs_to_somebody_who_does(self):
        blocks, left_out = plan(Choice(repeats=1))
        locks = {name: subject.lock for kind in KINDS for name, subject in subjects(kind).items()}
        found = {(name, locks[block.framework]) for block in blocks for name in block.experiments}
        found |= {(one.experiment, locks[one.framework]) for one in left_out}
        self.assertEqual(found, set(itertools.product(all_experiments(), all_environments())))

    def test_engines_that_are_no_adapters_start_up_too(self):
        blocks, _ = plan(Choice(["start-up"], repeats=1))
        kinds = {block.framework: block.kind for block in blocks}
        self.assertEqual(len(kinds), len(blocks))
        self.assertLessEqual(set(all_engines()), set(kinds))
        self.assertEqual((kinds["modin-ray"], kinds["dask"]), ("engines", "adapters"))

    def test_start_up_and_tables_of_an_engine_are_measured_apart(self):
        blocks, _ = plan(Choice(["start-up", "tables"], ["polars"], repeats=1))
        self.assertEqual([block.experiments for block in blocks], [("start-up",), ("tables",)])

    def test_a_repeat_is_over_before_the_next_begins(self):
        blocks, _ = plan(Choice())
        repeats = [block.repeat for block in blocks]
        self.assertEqual(repeats, sorted(repeats))


class LeftOut(unittest.TestCase):
    def test_a_reason_of_its_own_goes_before_a_general_one(self):
        reasons = _reasons(Choice(["business", "faults", "tables"]))
        self.assertIn("openpyxl", reasons["modin-dask", "business"])
        self.assertEqual(reasons["polars", "business"], STRANGERS["adapters"])
        self.assertIn("list of items", reasons["assetutilities-threads", "faults"])
        self.assertIn("ray-data", reasons["ray", "tables"])
        self.assertEqual(reasons["celery", "tables"], STRANGERS["engines"])

    def test_what_only_the_lab_does_not_do_is_called_its_limit(self):
        reasons = _reasons(Choice(["network"]))
        self.assertIn("a limit of the lab", reasons["dramatiq", "network"])
        self.assertNotIn("a limit of the lab", reasons["joblib", "network"])

    def test_a_choice_leaves_out_only_what_was_asked_for(self):
        reasons = _reasons(Choice(["round-trip", "tables"], ["celery", "duckdb"]))
        self.assertEqual(set(reasons), {("celery", "tables"), ("duckdb", "round-trip")})

    def test_an_environment_without_adapter_and_engine_has_a_reason(self):
        engines = {name: engine for name, engine in all_engines().items() if name != "polars"}
        with mock.patch.dict(KINDS, engines=lambda: engines):
            self.assertEqual(
                _reasons(Choice(["footprint", "round-trip", "tables"], ["polars"])),
                dict.fromkeys((("polars", "round-trip"), ("polars", "tables")), NEITHER),
            )
            self.assertNotIn(NEITHER, _reasons(Choice(frameworks=["celery"])).values())

    def test_an_environment_that_could_not_be_made_is_a_reason(self):
        blocks, _ = plan(Choice(["start-up"], ["celery", "polars"], repeats=2))
        left_out = commands._without_environment(blocks, {"celery": "no network"})
        self.assertEqual(
            {(one.framework, one.experiment, one.reason) for one in left_out}, {("celery", "start-up", "no network")}
        )


def _leaves_running(block: Block) -> bool:
    return not any(all_experiments()[name].stops for name in block.experiments)


if __name__ == "__main__":
    unittest.main()
