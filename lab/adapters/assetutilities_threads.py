"""AssetUtilities: its ParallelExecutor, with the threads that it takes for files by default.

It maps a function over a list, and starts its workers anew for every list; there is nothing else that tasks could be
handed to. Workbooks are read by its own reader (:mod:`lab.workloads.asset_workbooks`), CSV files by the lab's:
``ReadFromCSV`` asks pandas for an option that is gone and returns a module, and the other reader is for members of ZIP
archives. As many workers are asked for as others get. Answers come in the order in which tasks end, and are put into
that of the items here.
Source: ``assetutilities/modules/excel_utilities/parallel_processor.py`` in the package of version 0.1.0
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from lab.adapters.base import Settings, TaskAdapter, Unsupported
from lab.workloads import asset_workbooks, business

LISTS_ONLY = "its executor takes a list of items, starts its workers for it and ends them, and has no single tasks"


class Adapter(TaskAdapter):
    """The executor's threads."""

    name = "assetutilities-threads"
    title = "AssetUtilities, threads"
    distribution = "assetutilities"
    lock = "assetutilities"
    without: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("start-up", "round-trip", "throughput", "granularity", "data-passing", "faults", "network"), LISTS_ONLY
    )
    _way = "execute_parallel_threads"

    def start(self, settings: Settings) -> None:
        """Imports AssetUtilities, which takes its reader with it."""
        from assetutilities.modules.excel_utilities.parallel_processor import ParallelExecutor

        executor = ParallelExecutor({"parallel_processing": {"max_workers": settings.workers}})
        self._execute = getattr(executor, self._way)

    def stop(self) -> None:
        """Nothing runs between two lists."""

    def submit(self, function: Callable, *arguments: Any) -> Any:
        """There is no such thing."""
        raise Unsupported(f"{self.title}: {LISTS_ONLY}")

    def map(self, function: Callable, items: Sequence[Any]) -> list[Any]:
        """One task an item. What a task raised goes to AssetUtilities' log, and its answer is ``None``."""
        answers = self._execute(functools.partial(_numbered, function), list(enumerate(items)))
        if None in answers:
            raise RuntimeError("a task failed: AssetUtilities logs the error and returns nothing in its place")
        return [answer for _, answer in sorted(answers, key=operator.itemgetter(0))]

    def reader(self, task: Callable) -> Callable:
        """AssetUtilities' own reader of workbooks."""
        return asset_workbooks.read_workbook if task is business.read_workbook else task


def _numbered(function: Callable, item: tuple[int, Any]) -> tuple[int, Any]:
    number, value = item
    return number, function(value)
