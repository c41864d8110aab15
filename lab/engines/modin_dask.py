"""Modin on Dask: the interface of pandas, eager, on the workers of a local Dask cluster."""

from __future__ import annotations

from typing import Any

from lab import dask_cluster
from lab.adapters.base import Settings
from lab.engines import modin_ray
from lab.workloads.orders import PROCESS_MEMORY_BYTES


class Engine(modin_ray.Engine):
    """Differs from Modin on Ray in where its partitions are worked on."""

    name = "modin-dask"
    title = "Modin on Dask"
    _executor = "dask"

    def _start_executor(self, settings: Settings) -> None:
        self._client: Any = dask_cluster.start(settings, PROCESS_MEMORY_BYTES)

    def stop(self) -> None:
        """Closes client and cluster."""
        dask_cluster.stop(self._client)
