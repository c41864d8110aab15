"""Reads workbooks through AssetUtilities' own parallel code: ``python -m lab.workloads.parallel_executor WAY
SUM PATH...``.

Prints the seconds that it took, and what its executor says that it does. AssetUtilities returns answers in
the order in which tasks end, so the sums are compared, which do not depend on it.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence

from lab.workloads import business


def main(way: str, right: str, *paths: str) -> int:
    """Reads all workbooks in one of the ways; 1 when the sums are not right."""
    from assetutilities.modules.excel_utilities.parallel_processor import ParallelExecutor

    executor = ParallelExecutor()
    ways: dict[str, Callable[[Sequence[str]], list]] = {
        "loop": lambda items: [business.read_workbook(item) for item in items],
        "threads": lambda items: executor.execute_parallel_threads(business.read_workbook, items),
        "processes": lambda items: executor.execute_parallel_processes(business.read_workbook, items),
    }
    begun = time.perf_counter()
    answers = ways[way](paths)
    elapsed = time.perf_counter() - begun
    print(json.dumps([elapsed, "" if way == "loop" else executor.should_use_parallel(len(paths))[2]]))
    return 0 if business.checksum(answers) == right else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
