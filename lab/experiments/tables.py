"""Tables: group-by, join and sort over generated Parquet files of two sizes, one larger than a process's
memory.

Every engine is asked the same three questions (:mod:`lab.engines.base`), by its own interface, and its
answers are compared with those that were worked out when the tables were generated. Over the small table a
query is asked twice; the first time pays for code that is compiled or loaded then. Where the first took long,
the second is left out.

The harness lets no process have more than 1.25 GiB (:data:`lab.workloads.orders.PROCESS_MEMORY_BYTES`):
engines that can be told so are told, and a process whose anonymous memory is seen above it is ended, as a
machine or a container without more memory would do. What then becomes of the query is the finding. A limit on
address space (``RLIMIT_AS``, ``RLIMIT_DATA``) would count what is reserved and never touched, which is most
of it in engines with their own allocators. Shared memory and mapped files are not counted against the limit,
but they are in the memory that is reported: the largest proportional set size of all processes.
"""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lab import processes
from lab.accounting import Account, ours
from lab.engines.base import TableEngine
from lab.engines.session import OUT_OF_MEMORY, WRONG, ask
from lab.experiments.base import FRAMEWORK, REPEAT, Context, Experiment, Row, by, quartile_columns, quartiles
from lab.schema import Column, Table
from lab.stats import median
from lab.workloads import orders

QUERIES = ("group_by", "join", "sort")
START_LIMIT_S = 150
QUERY_LIMIT_S = 90
LONGEST_FIRST_S = 15
"""A query whose first run took longer is not run again."""
ASKED_TWICE = "small"
"""The size whose queries are asked a second time."""
WATCH_S = 0.1
WEIGH_S = 0.5
OK = "ok"
TIME_LIMIT = "time limit"

_TIMES = {
    f"{query}_{size}": f"{query.replace('_', '-')}, {size} table, warm where there is a warm run"
    for size in orders.SIZES
    for query in QUERIES
}


class Tables(Experiment):
    """Asks every engine the three questions."""

    name = "tables"
    block = "tables"
    subjects = "engines"
    starts = True
    stops = True
    limit_s = 900
    observations = Table(
        "tables",
        "Group-by, join and sort over Parquet files of two sizes",
        (
            FRAMEWORK,
            REPEAT,
            Column("size", "text", "'small' or 'large'"),
            Column("query", "text", "'group_by', 'join' or 'sort'"),
            Column("run", "text", "'first' or 'warm'"),
            Column(
                "outcome",
                "text",
                "'ok', 'wrong answer', 'out of memory', 'time limit', 'not offered: ...' or 'failed: ...'",
            ),
            Column("elapsed_s", "number", "until the answer was there, or there was none to come"),
            Column("cpu_s", "number", "processor time of all processes meanwhile", optional=True),
            Column("memory_mib", "number", "largest proportional set size of all processes meanwhile"),
        ),
        key=5,
    )
    summaries = (
        Table(
            "tables",
            "Group-by, join and sort: medians and quartiles of the repeats that gave the right answer",
            (
                FRAMEWORK,
                *(
                    column
                    for name, says in _TIMES.items()
                    for column in quartile_columns(name, "s", says, optional=True)
                ),
                Column("memory_mib", "number", "largest memory over the small table's queries", optional=True),
                Column("large_outcome", "text", "what came of the large table's queries", optional=True),
                Column("n_count", "whole", "number of repeats"),
            ),
        ),
        Table(
            "tables-queries",
            "Group-by, join and sort, query by query: medians and quartiles of the repeats",
            (
                Column("row", "text", "engine, size, query and run"),
                FRAMEWORK,
                Column("size", "text", "'small' or 'large'"),
                Column("query", "text", "'group_by', 'join' or 'sort'"),
                Column("run", "text", "'first' or 'warm'"),
                Column("outcome", "text", "what came of it, and how often when repeats differ"),
                *quartile_columns("elapsed", "s", "until the answer was there", optional=True),
                *quartile_columns("cpu", "s", "processor time of all processes", optional=True),
                *quartile_columns("memory", "mib", "largest memory", optional=True),
                Column("n_count", "whole", "number of repeats with the right answer"),
            ),
        ),
    )

    def inputs(self, folder: Path, quick: bool) -> None:
        """Generates the tables; needs NumPy and PyArrow."""
        orders.generate(folder, quick)

    def observe(self, subject: Any, context: Context) -> Iterator[Row]:
        """Yields one row a run of a query. A size has its own session, and so has what follows a failure.

        An engine that runs already, as most do in a quick run, is asked where it is.
        """
        for at, size in enumerate(orders.sizes(context.quick)):
            scratch = context.settings.scratch / str(at)
            sessions = _Running(subject, context) if context.running else _Sessions(subject.name, context, scratch)
            for query in QUERIES[:1] if context.quick else QUERIES:
                for run in ("first", "warm") if size == ASKED_TWICE and not context.quick else ("first",):
                    found = sessions.ask(size, query)
                    yield {"size": size, "query": query, "run": run, **found}
                    if found["outcome"] != OK or found["elapsed_s"] > LONGEST_FIRST_S:
                        break
            sessions.end()

    def summarise(self, rows: Sequence[Row]) -> dict[str, list[Row]]:
        """Headlines by engine, and details by engine, size, query and run."""
        keys = ("framework", "size", "query", "run")
        return {
            "tables": [_headline(name, group) for name, group in by(rows, "framework").items()],
            "tables-queries": [_details(key, group) for key, group in by(rows, *keys).items()],
        }


class _Sessions:
    """One engine's session after another: a new one begins with the first query after one was ended."""

    def __init__(self, engine: str, context: Context, scratch: Path) -> None:
        settings = context.settings
        self._scratch = scratch
        self._command = [
            sys.executable, "-m", "lab.engines.session",
            engine, str(settings.workers), str(scratch), str(context.inputs), settings.address,
        ]  # fmt: skip
        self._process: subprocess.Popen | None = None
        self._account: Account | None = None

    def ask(self, size: str, query: str) -> Row:
        """Outcome and cost of a query."""
        if self._process is None:
            self._start()
        before = self._cpu_s()
        answer, watched = self._exchange(f"{size} {query}\n", QUERY_LIMIT_S)
        if answer:
            watched |= json.loads(answer) | {"cpu_s": self._cpu_s() - before}
        if watched["outcome"] not in (OK, WRONG):
            self.end()
        return watched

    def _start(self) -> None:
        shutil.rmtree(self._scratch, ignore_errors=True)
        self._scratch.mkdir(parents=True)
        self._process = subprocess.Popen(self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        block = ours()
        self._account = Account.open(f"engine-{self._process.pid}", block) if block else None
        if self._account:
            self._account.enter(self._process.pid)
        ready, watched = self._exchange("", START_LIMIT_S)
        if not ready:
            self.end()
            raise RuntimeError(f"the engine did not start: {watched['outcome']}")

    def _exchange(self, line: str, limit_s: float) -> tuple[str, Row]:
        """Sends a line and waits for one, an empty one when none is to come; watches the memory meanwhile."""
        begun = weighed = time.monotonic()
        self._process.stdin.write(line)
        self._process.stdin.flush()
        most, outcome, answer = processes.pss_bytes(self._pids()), "", ""
        while not outcome:
            if select.select([self._process.stdout], [], [], WATCH_S)[0]:
                answer = self._process.stdout.readline()
                outcome = OK if answer else "failed: the process ended"
            elif _end_the_greedy(self._pids()):
                outcome = OUT_OF_MEMORY
            elif time.monotonic() - begun > limit_s:
                outcome = TIME_LIMIT
            elif time.monotonic() - weighed > WEIGH_S:
                most, weighed = max(most, processes.pss_bytes(self._pids())), time.monotonic()
        most = max(most, processes.pss_bytes(self._pids()))
        return answer, {"outcome": outcome, "elapsed_s": time.monotonic() - begun, "memory_mib": most / 2**20}

    def _cpu_s(self) -> float:
        return self._account.cpu_s() if self._account else processes.cpu_s(self._pids())

    def _pids(self) -> list[int]:
        return [self._process.pid, *(found.pid for found in processes.descendants(self._process.pid))]

    def end(self) -> None:
        """Ends the session with all its processes and removes its files."""
        if self._process is None:
            return
        for pid in self._pids():
            _end(pid)
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()
        self._process = None
        shutil.rmtree(self._scratch, ignore_errors=True)


class _Running:
    """An engine that others started in this process: nothing limits it, and its memory is seen when it has answered."""

    def __init__(self, engine: TableEngine, context: Context) -> None:
        self._engine, self._inputs = engine, context.inputs

    def ask(self, size: str, query: str) -> Row:
        """Outcome and cost of a query."""
        before = processes.cpu_s()
        answer = ask(self._engine, self._inputs, size, query)
        return answer | {"cpu_s": processes.cpu_s() - before, "memory_mib": processes.pss_bytes() / 2**20}

    def end(self) -> None:
        """Leaves the engine to those who started it."""


def _end_the_greedy(pids: Sequence[int]) -> bool:
    """Ends the processes that have more memory than is allowed, and says whether there were any."""
    greedy = [pid for pid in pids if _anonymous_bytes(pid) > orders.PROCESS_MEMORY_BYTES]
    for pid in greedy:
        _end(pid)
    return bool(greedy)


def _end(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _anonymous_bytes(pid: int) -> int:
    try:
        status = (processes.PROC / str(pid) / "status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("RssAnon:")), 0)


def _headline(framework: str, rows: Sequence[Row]) -> Row:
    summary: dict[str, Any] = {"framework": framework, "n_count": len(by(rows, "repeat"))}
    for (size, query), group in by([row for row in rows if row["outcome"] == OK], "size", "query").items():
        runs = by(group, "run")
        taken = runs.get("warm") or runs["first"]
        summary |= quartiles(f"{query}_{size}", "s", [row["elapsed_s"] for row in taken])
    small = [row for row in rows if row["size"] == "small" and row["outcome"] == OK]
    if small:
        per_query = by(small, "query", "run").values()
        summary["memory_mib"] = max(median([row["memory_mib"] for row in group]) for group in per_query)
    large = [row for row in rows if row["size"] == "large"]
    if large:
        bad = [f"{query}: {_outcomes(group)}" for query, group in by(large, "query").items() if _outcomes(group) != OK]
        summary["large_outcome"] = "; ".join(bad) or OK
    return summary


def _details(key: Sequence[str], rows: Sequence[Row]) -> Row:
    framework, size, query, run = key
    good = [row for row in rows if row["outcome"] == OK]
    return {
        "row": "-".join(key),
        "framework": framework,
        "size": size,
        "query": query,
        "run": run,
        "outcome": _outcomes(rows),
        **quartiles("elapsed", "s", [row["elapsed_s"] for row in good]),
        **quartiles("cpu", "s", [row["cpu_s"] for row in good]),
        **quartiles("memory", "mib", [row["memory_mib"] for row in good]),
        "n_count": len(good),
    }


def _outcomes(rows: Sequence[Row]) -> str:
    """What came of some runs; with counts when it was not always the same."""
    found = {outcome: len(group) for outcome, group in by(rows, "outcome").items()}
    return next(iter(found)) if len(found) == 1 else ", ".join(f"{outcome} x {n}" for outcome, n in found.items())


EXPERIMENT = Tables()
