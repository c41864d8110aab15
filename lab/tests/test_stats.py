"""The statistics of the summaries, against the standard library and by their properties."""

import itertools
import random
import statistics
import unittest

from lab.stats import median, quantile, spread


def _samples(seed, count=200):
    dice = random.Random(seed)
    for _ in range(count):
        yield dice, [dice.uniform(-1e6, 1e6) for _ in range(dice.randint(1, 40))]


class Quantile(unittest.TestCase):
    def test_agrees_with_the_inclusive_method_of_the_standard_library(self):
        for dice, values in _samples(1):
            if len(values) == 1:
                continue
            parts = dice.randint(2, 12)
            for at, expected in enumerate(statistics.quantiles(values, n=parts, method="inclusive"), 1):
                self.assertAlmostEqual(quantile(values, at / parts), expected, places=6)

    def test_ends_are_the_extremes(self):
        for _, values in _samples(2):
            self.assertEqual(quantile(values, 0), min(values))
            self.assertEqual(quantile(values, 1), max(values))

    def test_grows_with_the_share(self):
        for dice, values in _samples(3):
            shares = sorted(dice.random() for _ in range(10))
            found = [quantile(values, share) for share in shares]
            for before, after in itertools.pairwise(found):
                self.assertLessEqual(before, after + 1e-9)

    def test_order_does_not_matter_and_the_values_stay_as_they_are(self):
        for dice, values in _samples(4):
            mixed = dice.sample(values, len(values))
            kept = list(mixed)
            self.assertEqual(quantile(mixed, 0.3), quantile(values, 0.3))
            self.assertEqual(mixed, kept)

    def test_equal_values_have_one_quantile(self):
        self.assertEqual(spread([2.5] * 7), (2.5, 2.5, 2.5))

    def test_refuses_no_values_and_impossible_shares(self):
        with self.assertRaises(ValueError):
            quantile([], 0.5)
        for share in (-0.01, 1.01):
            with self.assertRaises(ValueError):
                quantile([1], share)


class MedianAndSpread(unittest.TestCase):
    def test_median_agrees_with_the_standard_library(self):
        for _, values in _samples(5):
            self.assertAlmostEqual(median(values), statistics.median(values), places=6)

    def test_spread_holds_the_median_between_the_quartiles(self):
        for _, values in _samples(6):
            low, middle, high = spread(values)
            self.assertEqual(middle, median(values))
            self.assertLessEqual(low, middle + 1e-9)
            self.assertLessEqual(middle, high + 1e-9)


if __name__ == "__main__":
    unittest.main()
