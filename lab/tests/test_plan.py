"""The plan: a quick run tries whatever a complete run measures, and what is not measured has its reason."""

import unittest

from lab import lacking
from lab.experiments import all_experiments
from lab.plan import Block, Choice, plan
from lab.subjects import KINDS, subjects


def _pairs(choice):
    """Every experiment with every framework that it is tried with."""
    blocks, _ = plan(choice)
    return {(name, block.framework) for block in blocks for name in block.experiments}


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


class LeftOut(unittest.TestCase):
    def test_every_framework_is_measured_by_every_experiment_or_has_a_reason(self):
        blocks, left_out = plan(Choice(repeats=1))
        measured = {(name, _lock(block)) for block in blocks for name in block.experiments}
        locks = {name: subject.lock for kind in KINDS for name, subject in subjects(kind).items()}
        reasons = {(one.experiment, locks[one.framework]) for one in left_out}
        for name in all_experiments():
            for lock in lacking.frameworks():
                with self.subTest(experiment=name, framework=lock):
                    self.assertIn((name, lock), measured | reasons)

    def test_nothing_is_left_out_twice_or_without_words(self):
        _, left_out = plan(Choice())
        pairs = [(one.experiment, one.framework) for one in left_out]
        self.assertEqual(len(pairs), len(set(pairs)))
        self.assertTrue(all(one.reason for one in left_out))

    def test_a_choice_leaves_out_only_what_was_asked_for(self):
        _, left_out = plan(Choice(["round-trip", "tables"], ["celery", "duckdb"]))
        self.assertTrue(left_out)
        self.assertLessEqual({one.experiment for one in left_out}, {"round-trip", "tables"})
        self.assertLessEqual({one.framework for one in left_out}, {"celery", "duckdb"})

    def test_frameworks_that_are_named_are_in_the_lab(self):
        for kind, named in lacking.NOT_MADE_FOR.items():
            self.assertLessEqual(set(named), set(lacking.frameworks()), kind)


def _lock(block):
    return subjects(block.kind)[block.framework].lock


def _leaves_running(block: Block) -> bool:
    return not any(all_experiments()[name].stops for name in block.experiments)


if __name__ == "__main__":
    unittest.main()
