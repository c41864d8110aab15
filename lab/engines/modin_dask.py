"""Modin on Dask: the interface of pandas, eager, on the workers of a local Dask cluster."""

from __future__ import annotations

from typing import Any

from lab.adapters.base import Settings
from lab.engines import modin_ray
from lab.workloads.orders import PROCESS_MEMORY_BYTES


class Engine(modin_ray.Engine):
    """Differs from Modin on Ray in where its partitions are worked on."""

    name = "modin-dask"
    title = "Modin on Dask"
    _executor = "dask"

    def _start_executor(self, settings: Settings) -> None:
        import distributed

        cluster = distributed.LocalCluster(
            n_workers=settings.workers,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            host=settings.address,
            memory_limit=PROCESS_MEMORY_BYTES,
            local_directory=str(settings.scratch / "dask"),
        )
        self._client: Any = distributed.Client(cluster)

    def stop(self) -> None:
        """Closes client and cluster."""
        self._client.shutdown()
