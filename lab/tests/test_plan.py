"""The plan: a quick run tries whatever a complete run measures."""

import unittest

from lab.experiments import all_experiments
from lab.plan import Block, Choice, plan


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


def _leaves_running(block: Block) -> bool:
    return not any(all_experiments()[name].stops for name in block.experiments)


if __name__ == "__main__":
    unittest.main()
