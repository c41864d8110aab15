"""The scaling model."""

import random
import unittest

from lab.scaling import efficiency


class Efficiency(unittest.TestCase):
    def test_at_metg_half_is_work(self):
        self.assertEqual(efficiency(5.0, 2, 5.0, 1e9), (0.5, "cost of a task"))

    def test_a_slow_caller_starves_many_workers(self):
        share, why = efficiency(10.0, 1000, 0.1, 1000.0)
        self.assertAlmostEqual(share, 0.01)
        self.assertEqual(why, "rate of the caller")

    def test_longer_tasks_and_fewer_workers_never_hurt(self):
        dice = random.Random(1)
        for _ in range(500):
            task, workers = dice.uniform(0.01, 1e4), dice.randint(1, 1000)
            cost, rate = dice.uniform(0.01, 100), dice.uniform(1, 1e5)
            share = efficiency(task, workers, cost, rate)[0]
            self.assertTrue(0 < share <= 1)
            self.assertLessEqual(share, efficiency(task * 2, workers, cost, rate)[0])
            self.assertLessEqual(share, efficiency(task, max(1, workers // 2), cost, rate)[0])


if __name__ == "__main__":
    unittest.main()
