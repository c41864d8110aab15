"""The shortest task that keeps a share of the efficiency, found on constructed curves."""

import math
import random
import unittest

from lab.experiments.granularity import LENGTHS_MS, shortest_ms


def _curve(efficiency):
    return [(length, efficiency(length)) for length in LENGTHS_MS]


class Shortest(unittest.TestCase):
    def test_is_exact_where_efficiency_is_a_line_over_the_logarithm(self):
        dice = random.Random(1)
        for _ in range(200):
            half_at = 10 ** dice.uniform(-0.9, 2.9)
            slope = dice.uniform(0.05, 0.4)
            line = _curve(lambda length, at=half_at, by=slope: 0.5 + by * math.log10(length / at))
            self.assertAlmostEqual(shortest_ms(line), half_at, delta=half_at * 1e-9)

    def test_lies_between_the_lengths_around_the_crossing(self):
        dice = random.Random(2)
        for _ in range(200):
            overhead = 10 ** dice.uniform(-0.9, 2.9)
            rising = _curve(lambda length, lost=overhead: length / (length + lost))
            found = shortest_ms(rising)
            below = max(length for length, efficiency in rising if efficiency < 0.5)
            above = min(length for length, efficiency in rising if efficiency >= 0.5)
            self.assertTrue(below <= found <= above, (below, found, above))

    def test_grows_with_the_overhead(self):
        curves = [_curve(lambda length, lost=lost: length / (length + lost)) for lost in (1, 5, 20, 80)]
        found = [shortest_ms(curve) for curve in curves]
        self.assertEqual(found, sorted(found))

    def test_grows_with_the_share(self):
        rising = _curve(lambda length: length / (length + 7))
        found = [shortest_ms(rising, share) for share in (0.3, 0.5, 0.7, 0.9)]
        self.assertEqual(found, sorted(found))

    def test_there_is_none_when_the_share_is_never_reached(self):
        self.assertIsNone(shortest_ms(_curve(lambda length: 0.4)))
        self.assertIsNone(shortest_ms([]))

    def test_there_is_none_when_the_longest_tasks_fall_below(self):
        self.assertIsNone(shortest_ms([(1, 0.2), (10, 0.8), (100, 0.4)]))

    def test_is_the_shortest_length_when_the_share_is_always_kept(self):
        self.assertEqual(shortest_ms(_curve(lambda length: 0.9)), LENGTHS_MS[0])

    def test_a_plateau_at_the_share_counts_from_its_beginning(self):
        self.assertAlmostEqual(shortest_ms([(1, 0.1), (10, 0.5), (100, 0.5), (1000, 0.5)]), 10)

    def test_a_dip_counts_until_efficiency_stays_above(self):
        found = shortest_ms([(1, 0.6), (10, 0.4), (100, 0.6)])
        self.assertAlmostEqual(found, 10 * math.sqrt(10))

    def test_the_order_of_the_points_does_not_matter(self):
        dice = random.Random(3)
        rising = _curve(lambda length: length / (length + 7))
        self.assertEqual(shortest_ms(dice.sample(rising, len(rising))), shortest_ms(rising))


if __name__ == "__main__":
    unittest.main()
