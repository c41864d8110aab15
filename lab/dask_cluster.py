"""A local Dask cluster for whoever needs one: the adapter and the engines over Dask."""

from __future__ import annotations

from typing import Any

from lab.adapters.base import Settings


def start(settings: Settings, memory_limit: int) -> Any:
    """Starts a scheduler in this process and workers of one thread beside it; returns a client of them.

    ``memory_limit`` is in bytes, for each worker.
    """
    import distributed

    cluster = distributed.LocalCluster(
        n_workers=settings.workers,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        host=settings.address,
        memory_limit=memory_limit,
        local_directory=str(settings.scratch / "dask"),
    )
    return distributed.Client(cluster)


def stop(client: Any) -> None:
    """Closes a client, and the cluster that was started with it."""
    cluster = client.cluster
    client.close()
    if cluster is not None:
        cluster.close()
