"""The engines that query tables, one file each."""

import importlib
import pkgutil

from lab.engines.base import TableEngine


def all_engines() -> dict[str, type[TableEngine]]:
    """Every engine by its name, in the order of the names of their files."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        engine = getattr(importlib.import_module(f"{__name__}.{module.name}"), "Engine", None)
        if engine is not None:
            found[engine.name] = engine
    return found
