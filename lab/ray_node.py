"""A Ray node for whoever needs one: the adapter and the engines over Ray."""

from __future__ import annotations

import os
from typing import Any

from lab.adapters.base import Settings


def start(settings: Settings, object_store_bytes: int) -> Any:
    """Starts a node with as many processors as workers, without dashboard and reports; returns the ``ray`` module.

    Workers' output stays in their own files. The node ends with its caller.
    """
    ray = imported()
    ray.init(
        num_cpus=settings.workers,
        object_store_memory=object_store_bytes,
        include_dashboard=False,
        log_to_driver=False,
        logging_level="ERROR",
        _node_ip_address=settings.address,
        _temp_dir=str(settings.scratch / "r"),
    )
    return ray


def imported() -> Any:
    """The ``ray`` module, with usage reports off."""
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    import ray

    return ray
