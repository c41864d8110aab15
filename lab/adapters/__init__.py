"""The frameworks that run tasks, one file each."""

import importlib
import pkgutil

from lab.adapters.base import TaskAdapter


def all_adapters() -> dict[str, type[TaskAdapter]]:
    """Every adapter by its name, in the order of the names of their files."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        adapter = getattr(importlib.import_module(f"{__name__}.{module.name}"), "Adapter", None)
        if adapter is not None:
            found[adapter.name] = adapter
    return found
