"""AssetUtilities: its ParallelExecutor, with the processes that it offers for work that needs processors.

They are forked from the caller for every list, so that they have imported what the caller has.
"""

from __future__ import annotations

from lab.adapters import assetutilities_threads


class Adapter(assetutilities_threads.Adapter):
    """Differs from the threads in who runs the tasks."""

    name = "assetutilities-processes"
    title = "AssetUtilities, processes"
    _way = "execute_parallel_processes"
