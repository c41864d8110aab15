"""The experiments, one file each."""

import importlib
import pkgutil

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
    modules = (importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))
    found = {made.name: made for module in modules if (made := getattr(module, "EXPERIMENT", None))}
    return dict(sorted(found.items(), key=lambda item: ORDER.index(item[0])))
