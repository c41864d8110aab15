"""What can be measured, by kind: frameworks that run tasks, engines that query tables, and environments."""

from __future__ import annotations

from typing import Any

from lab.adapters import all_adapters
from lab.engines import all_engines
from lab.environments import all_environments

KINDS = {"adapters": all_adapters, "engines": all_engines, "environments": all_environments}


def subjects(kind: str) -> dict[str, Any]:
    """The classes of a kind, by the name of the framework."""
    return KINDS[kind]()
