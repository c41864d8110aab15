"""The engines that query tables, one file each."""

import sys

from lab.discovery import offered
from lab.engines.base import TableEngine


def all_engines() -> dict[str, type[TableEngine]]:
    """Every engine by its name."""
    return offered(sys.modules[__name__], "Engine")
