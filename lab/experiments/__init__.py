"""The experiments, one file each."""

import sys

from lab.discovery import offered
from lab.experiments.base import Experiment

ORDER = (
    "footprint",
    "start-up",
    "round-trip",
    "throughput",
    "granularity",
    "data-passing",
    "tables",
    "business",
    "faults",
    "network",
    "assetutilities",
)


def all_experiments() -> dict[str, Experiment]:
    """Every experiment by its name, in the order in which a block runs them."""
    found = offered(sys.modules[__name__], "EXPERIMENT")
    return dict(sorted(found.items(), key=lambda item: ORDER.index(item[0])))
