"""The frameworks that run tasks, one file each."""

import sys

from lab.adapters.base import TaskAdapter
from lab.discovery import offered


def all_adapters() -> dict[str, type[TaskAdapter]]:
    """Every adapter by its name."""
    return offered(sys.modules[__name__], "Adapter")
