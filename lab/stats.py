"""The few statistics that the summaries use. All of them take plain lists of numbers."""

from __future__ import annotations

from collections.abc import Sequence


def quantile(values: Sequence[float], share: float) -> float:
    """The value below which a share (0 to 1) of the values lie, interpolated between the two nearest.

    Source: definition 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", The American
    Statistician 50 (1996), which is the usual default of statistics programs.
    """
    if not values:
        raise ValueError("a quantile of no values")
    if not 0 <= share <= 1:
        raise ValueError(f"a share between 0 and 1 was expected, not {share}")
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def median(values: Sequence[float]) -> float:
    """The value in the middle."""
    return quantile(values, 0.5)


def spread(values: Sequence[float]) -> tuple[float, float, float]:
    """Lower quartile, median and upper quartile."""
    return quantile(values, 0.25), quantile(values, 0.5), quantile(values, 0.75)
