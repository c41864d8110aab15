"""The machine's own speed, measured around every block, so that a disturbed machine shows in the data."""

from __future__ import annotations

import os
import time

from lab import kernels, processes
from lab.stats import median

PROBE_ITERATIONS = 200_000
PROBES = 7


def probe_ms() -> float:
    """Milliseconds that a fixed piece of work takes in this process, the median of several."""
    times = []
    for _ in range(PROBES):
        begun = time.perf_counter()
        kernels.work(PROBE_ITERATIONS)
        times.append((time.perf_counter() - begun) * 1000)
    return median(times)


def iterations_per_ms() -> float:
    """The work that this machine does in a millisecond."""
    return PROBE_ITERATIONS / median([probe_ms() for _ in range(5)])


def quiet_share(seconds: float = 1.0) -> float:
    """The share of the machine's processors (0 to 1) that is idle while nothing of ours runs."""
    before, begun = processes.machine_busy_s(), time.monotonic()
    time.sleep(seconds)
    busy = (processes.machine_busy_s() - before) / (time.monotonic() - begun) / (os.cpu_count() or 1)
    return max(0.0, 1 - busy)
