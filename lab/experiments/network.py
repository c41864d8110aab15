"""Network: what moving data costs each framework when the workers are on other hosts.

Two workers run in network namespaces of their own, joined to the caller's by virtual Ethernet whose bandwidth is
limited to 1 Gbit/s and 100 Mbit/s; the same on loopback, without a limit, is the comparison. *Echo* takes an array of
10 MB to a worker and back. *Exchange* is a shuffle: four blocks of 5 MB are made on the workers, each is cut into four
parts, and four tasks each take one part of every block. Where tasks cannot depend on each other, all parts pass
through the caller, which is what its users would have to do as well. Bandwidth only; the delay is that of one machine.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from lab import hosts, kernels
from lab.experiments.base import FRAMEWORK, REPEAT, Context, Experiment, Row, by, quartile_columns, quartiles
from lab.schema import Column, Table

SPEEDS = {0: ("loopback", "loopback"), 1000: ("1000mbit", "1 Gbit/s"), 100: ("100mbit", "100 Mbit/s")}
"""Bandwidths in Mbit/s, 0 for no limit, with their part of a column's name and their words."""
WAYS = ("echo", "exchange")
ECHO_BYTES = 10_000_000
BLOCK_BYTES = 5_000_000
BLOCKS = 4
TRIPS = 3
QUICK_SPEEDS_MBIT = (1000,)
QUICK_ECHO_BYTES = 100_000
QUICK_BLOCK_BYTES = 80_000
QUICK_TRIPS = 1


class Network(Experiment):
    """Times data between hosts."""

    name = "network"
    block = "network"
    starts = True
    stops = True
    limit_s = 300
    observations = Table(
        "network",
        "Arrays and a shuffle between hosts",
        (
            FRAMEWORK,
            REPEAT,
            Column("mbit_per_s", "whole", "bandwidth of each host, 0 for loopback without a limit"),
            Column("way", "text", "'echo' or 'exchange'"),
            Column("trip", "whole", "number of the trip, from 1; the first one warms up"),
            Column("elapsed_ms", "number", "from the submission to the last result"),
        ),
        key=5,
    )
    summaries = (
        Table(
            "network",
            "10 MB there and back, and a shuffle of 20 MB, between hosts: medians and quartiles, first trips left out",
            (
                FRAMEWORK,
                *(
                    column
                    for way in WAYS
                    for speed, words in SPEEDS.values()
                    for column in quartile_columns(f"{way}_{speed}", "ms", f"{way}, {words}", optional=True)
                ),
                Column("trips_count", "whole", "trips behind every median; the fewest where they differ"),
                Column("n_count", "whole", "number of repeats, of which each has several trips"),
            ),
        ),
    )

    def not_applicable(self, subject: Any) -> str | None:
        """Only frameworks whose workers are started on other hosts."""
        return None if subject.across_hosts else "a limit of the lab: its adapter starts workers on one machine only"

    def observe(self, subject: Any, context: Context) -> Iterator[Row]:
        """Yields one row a trip."""
        for speed in QUICK_SPEEDS_MBIT if context.quick else SPEEDS:
            scratch = context.settings.scratch / str(speed)
            scratch.mkdir()
            settings = replace(context.settings, scratch=scratch, separate=True)
            if not speed:
                yield from _trips(subject, settings, speed, context.quick)
                continue
            others = hosts.join(settings.workers, speed)
            yield from _trips(subject, replace(settings, hosts=others, address=hosts.HERE), speed, context.quick)
            hosts.part(others)

    def summarise(self, rows: Sequence[Row]) -> dict[str, list[Row]]:
        """Medians and quartiles by framework."""
        return {"network": [_summary(name, group) for name, group in by(rows, "framework").items()]}


def _trips(subject: Any, settings: Any, speed: int, quick: bool) -> Iterator[Row]:
    import numpy

    echo_bytes, block_bytes, trips = (
        (QUICK_ECHO_BYTES, QUICK_BLOCK_BYTES, QUICK_TRIPS) if quick else (ECHO_BYTES, BLOCK_BYTES, TRIPS)
    )
    subject.start(settings)
    array = numpy.random.default_rng(speed).random(echo_bytes // 8)
    ways = {
        "echo": lambda: subject.result(subject.submit(kernels.echo, array)),
        "exchange": lambda: subject.exchange(block_bytes, BLOCKS),
    }
    for way, take in ways.items():
        for trip in range(1, trips + 1):
            begun = time.perf_counter()
            take()
            elapsed = time.perf_counter() - begun
            yield {"mbit_per_s": speed, "way": way, "trip": trip, "elapsed_ms": elapsed * 1000}
    subject.stop()


def _summary(framework: str, rows: Sequence[Row]) -> Row:
    summary: dict[str, Any] = {"framework": framework, "n_count": len(by(rows, "repeat"))}
    trips = by([row for row in rows if row["trip"] > 1], "way", "mbit_per_s")
    for (way, mbit_per_s), group in trips.items():
        summary |= quartiles(f"{way}_{SPEEDS[mbit_per_s][0]}", "ms", [row["elapsed_ms"] for row in group])
    return summary | {"trips_count": min(map(len, trips.values()), default=0)}


EXPERIMENT = Network()
