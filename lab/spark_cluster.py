"""What Spark needs to be told in a block, as a runner of tasks and as an engine alike."""

from __future__ import annotations

import os
import sys

from lab.adapters.base import Settings


def local_settings(settings: Settings, memory_mib: int) -> tuple[str, dict[str, str]]:
    """The master's name and Spark's settings for one executor a worker, each a Java process with a heap of its own.

    Addresses and interpreters are told by environment variables, which are set here.
    """
    os.environ |= {
        "SPARK_LOCAL_IP": settings.address,
        "PYSPARK_PYTHON": sys.executable,
        "PYSPARK_DRIVER_PYTHON": sys.executable,
    }
    told = {
        "spark.driver.host": settings.address,
        "spark.driver.bindAddress": settings.address,
        "spark.executor.memory": f"{memory_mib}m",
        "spark.local.dir": str(settings.scratch / "spark"),
        "spark.log.level": "ERROR",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    return f"local-cluster[{settings.workers},1,{memory_mib}]", told
