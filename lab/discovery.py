"""Finds what the files of a package offer, so that adding a framework or an experiment is one file."""

import importlib
import pkgutil
from types import ModuleType
from typing import Any


def offered(package: ModuleType, attribute: str) -> dict[str, Any]:
    """What the modules of a package hold under a name, by its ``name``, in the order of the files."""
    names = (found.name for found in pkgutil.iter_modules(package.__path__))
    modules = (importlib.import_module(f"{package.__name__}.{name}") for name in names)
    held = (getattr(module, attribute, None) for module in modules)
    return {one.name: one for one in held if one is not None}
