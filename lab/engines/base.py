"""What an engine must offer to be measured by the table experiments.

Adding an engine is one file in this folder: a subclass of :class:`TableEngine` named ``Engine``, and a lock file in
``locks/``. An engine imports its library inside its methods, never at the top.
"""

from __future__ import annotations

import importlib.metadata
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from lab.adapters.base import Settings
from lab.workloads.orders import PROCESS_MEMORY_BYTES

Answer = list[tuple[Any, ...]]
TOLD_MEMORY_MIB = int(PROCESS_MEMORY_BYTES * 0.6 / 2**20)
"""What an engine is told that it may use, where it counts less than all that its process needs."""


class TableEngine:
    """One engine, behind the three questions that all of them are asked.

    Tables are folders of Parquet files. Every method reads from them anew and returns plain rows, so that nothing lazy
    is left undone.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    distribution: ClassVar[str]
    lock: ClassVar[str]
    programs: ClassVar[tuple[str, ...]] = ()
    without: ClassVar[Mapping[str, str]] = {}
    """Experiments with tasks in which it has no part, each with the reason, where there is more to say."""

    def start(self, settings: Settings) -> None:
        """Imports and starts the engine; returns when it can take a query."""
        raise NotImplementedError

    def stop(self) -> None:
        """Stops what :meth:`start` started."""

    def group_by(self, orders: Path) -> Answer:
        """Sum of ``amount`` and largest ``quantity`` by ``customer``, ordered by customer."""
        raise NotImplementedError

    def join(self, orders: Path, customers: Path) -> Answer:
        """Sum of ``amount`` by the customers' ``region``, ordered by region."""
        raise NotImplementedError

    def sort(self, orders: Path) -> Answer:
        """The whole table ordered by ``amount`` then ``order_id``: the number of rows, and every thousandth row's
        ``order_id`` and ``amount``."""
        raise NotImplementedError

    def version(self) -> str:
        """The version that is installed."""
        return importlib.metadata.version(self.distribution)
