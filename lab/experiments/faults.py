"""Faults: a worker is killed in the middle of a job, then, in another job, the coordinator.

A job of short sleeping tasks is submitted. When a quarter of them have ended, one process is sent SIGKILL, so that it
cannot say goodbye. Every task writes down when it begins and ends, which shows what was lost and what ran twice,
whatever the caller is told. A job that does not end within the limit counts as hung. Each case has a fresh start.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lab import isolation, kernels, processes
from lab.adapters.base import TaskAdapter
from lab.experiments.base import FRAMEWORK, REPEAT, Context, Experiment, Row, by, quartile_columns, quartiles
from lab.schema import Column, Table
from lab.stats import median

QUARTER_S = 15
"""Within this time a quarter of the tasks must have ended."""
START_S = 90
HUNG_S = 45
"""A job that has not ended by then counts as hung.

Eighteen times what its tasks take on two workers, and half as long again as the rarest look for lost workers that we
know of, Parsl's every 30 s. Still, hung says that nothing came within this time, not that nothing would have come.
"""
KILLED = ("worker", "coordinator")


@dataclass(frozen=True)
class _Extent:
    """The cases, the tasks of a job and their length, and how long a job and the stop afterwards may take."""

    cases: tuple[str, ...]
    tasks: int
    task_s: float
    hung_s: float
    stop_s: float


EXTENT = _Extent(("nothing", "worker", "coordinator"), tasks=24, task_s=0.2, hung_s=HUNG_S, stop_s=10)
QUICK_EXTENT = _Extent(("worker",), tasks=8, task_s=0.1, hung_s=2, stop_s=1)


def _case_columns(killed: str) -> tuple[Column, ...]:
    where = f"{killed} killed"
    return (
        Column(f"{killed}_outcome", "text", f"{where}: what became of the job", optional=True),
        *quartile_columns(killed, "s", f"{where}: until the caller knew; the limit when hung", optional=True),
        *quartile_columns(f"{killed}_recovery", "s", f"{where}: until a task began in another process", optional=True),
        Column(f"{killed}_recovery_n_count", "whole", f"{where}: repeats in which one did", optional=True),
        Column(f"{killed}_lost_count", "number", f"{where}: tasks that never ended, median", optional=True),
        Column(f"{killed}_repeated_count", "number", f"{where}: tasks begun more than once, median", optional=True),
        Column(f"{killed}_seen", "text", f"{where}: what the caller saw", optional=True),
    )


class Faults(Experiment):
    """Kills processes and looks what becomes of the job."""

    name = "faults"
    block = "faults"
    starts = True
    stops = True
    limit_s = 500
    observations = Table(
        "faults",
        "A job with one of its processes killed",
        (
            FRAMEWORK,
            REPEAT,
            Column("killed", "text", "'nothing', 'worker' or 'coordinator'"),
            Column("what", "text", "the process that was killed, in words", optional=True),
            Column("outcome", "text", "'finished', 'error' or 'hung'"),
            Column("elapsed_s", "number", "from the submission until the caller knew; the limit when hung"),
            Column("recovery_s", "number", "from the kill until a task began in another process", optional=True),
            Column("lost_count", "whole", "tasks that never ended"),
            Column("repeated_count", "whole", "tasks that began more than once"),
            Column("seen", "text", "what the caller saw", optional=True),
        ),
        key=3,
    )
    summaries = (
        Table(
            "faults",
            "What became of a job when a process was killed: medians and quartiles of the repeats",
            (
                FRAMEWORK,
                *quartile_columns("undisturbed", "s", "the job with nothing killed", optional=True),
                *(column for killed in KILLED for column in _case_columns(killed)),
                Column("n_count", "whole", "number of repeats"),
            ),
        ),
    )

    def observe(self, subject: Any, context: Context) -> Iterator[Row]:
        """Yields one row for each case."""
        apart = multiprocessing.get_context("spawn")
        extent = QUICK_EXTENT if context.quick else EXTENT
        for killed in extent.cases:
            if killed == "coordinator" and not subject.coordinator:
                continue
            scratch = context.settings.scratch / killed
            scratch.mkdir()
            case = replace(context, settings=replace(context.settings, scratch=scratch, separate=True))
            ours, theirs = apart.Pipe(duplex=False)
            child = apart.Process(target=_case, args=(type(subject), case, killed, extent, theirs))
            child.start()
            theirs.close()
            if not ours.poll(START_S + QUARTER_S + extent.hung_s + extent.stop_s):
                raise TimeoutError(f"the case '{killed}' did not end")
            row = ours.recv()
            child.join(extent.stop_s)
            _clear()
            if isinstance(row, Exception):
                raise row
            yield row

    def summarise(self, rows: Sequence[Row]) -> dict[str, list[Row]]:
        """Outcomes, medians and quartiles by framework."""
        return {"faults": [_summary(name, group) for name, group in by(rows, "framework").items()]}


def _case(adapter: type[TaskAdapter], context: Context, killed: str, extent: _Extent, answer: Any) -> None:
    try:
        answer.send(_run(adapter(), context, killed, extent))
    except Exception as error:
        answer.send(RuntimeError(f"{type(error).__name__}: {error}"))
    answer.close()
    os._exit(0)


def _run(subject: TaskAdapter, context: Context, killed: str, extent: _Extent) -> Row:
    subject.start(context.settings)
    subject.map(kernels.nothing, range(4))
    folder = context.settings.scratch / "log"
    folder.mkdir()
    job = _Job(subject, folder, extent)
    kill_s = None
    if killed != "nothing":
        _await_tasks(folder, extent.tasks // 4)
        kill_s = time.monotonic()
        _kill(subject, killed, folder)
    job.join()
    row = {
        "killed": killed,
        "what": {"worker": "a worker process", "coordinator": subject.coordinator}.get(killed),
        "outcome": job.outcome,
        "elapsed_s": job.elapsed_s,
        "seen": job.seen,
        **_read_log(folder, extent.tasks, kill_s),
    }
    stop = threading.Thread(target=subject.stop, daemon=True)
    stop.start()
    stop.join(extent.stop_s)
    return row


class _Job:
    """The job, submitted and awaited in a thread, so that one that hangs does not hang us."""

    def __init__(self, subject: TaskAdapter, folder: Path, extent: _Extent) -> None:
        self.outcome, self.seen, self.elapsed_s = "hung", None, float(extent.hung_s)
        self._subject, self._folder, self._extent = subject, folder, extent
        self._begun = time.monotonic()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def join(self) -> None:
        """Waits for the end of the job, or of the time."""
        self._thread.join(max(0.0, self._begun + self._extent.hung_s - time.monotonic()))

    def _run(self) -> None:
        tasks = [(str(self._folder), index, self._extent.task_s) for index in range(self._extent.tasks)]
        try:
            self._subject.map(kernels.logged, tasks)
        except BaseException as error:
            # Before the error is let go, and with it what the caller held: to free that may take long.
            self._end("error", type(error).__name__)
        else:
            self._end("finished")

    def _end(self, outcome: str, seen: str | None = None) -> None:
        self.elapsed_s = time.monotonic() - self._begun
        self.outcome, self.seen = outcome, seen


def _await_tasks(folder: Path, count: int) -> None:
    deadline = time.monotonic() + QUARTER_S
    while sum(event == "end" for _, _, event, _ in _events(folder)) < count:
        if time.monotonic() > deadline:
            raise TimeoutError(f"{count} tasks did not end within {QUARTER_S} s")
        time.sleep(0.01)


def _kill(subject: TaskAdapter, killed: str, folder: Path) -> None:
    if killed == "coordinator":
        victims = subject.coordinator_processes()
    else:
        busy = {pid for _, pid, _, _ in _events(folder)}
        workers = subject.worker_processes()
        victims = [pid for pid in workers if pid in busy][:1] or workers[:1]
    if not victims:
        raise ProcessLookupError(f"no {killed} process was found")
    for pid in victims:
        os.kill(pid, signal.SIGKILL)


def _events(folder: Path) -> list[tuple[float, int, str, int]]:
    """Time, process, 'begin' or 'end', and task, in order of time."""
    found = []
    for log in folder.glob("*.log"):
        for line in log.read_text().splitlines():
            at, event, task = line.split()
            found.append((float(at), int(log.stem), event, int(task)))
    return sorted(found)


def _read_log(folder: Path, tasks: int, kill_s: float | None) -> Row:
    events = _events(folder)
    begun = [task for _, _, event, task in events if event == "begin"]
    ended = {task for _, _, event, task in events if event == "end"}
    row: dict[str, Any] = {
        "lost_count": tasks - len(ended),
        "repeated_count": len(begun) - len(set(begun)),
    }
    if kill_s is not None:
        before = {pid for at, pid, _, _ in events if at < kill_s}
        fresh = [at - kill_s for at, pid, event, _ in events if event == "begin" and pid not in before]
        row["recovery_s"] = min(fresh) if fresh else None
    return row


def _clear() -> None:
    """Ends what a case left behind: in a namespace of our own everything else, otherwise our descendants."""
    ours = {1, os.getpid()}
    left = processes.processes() if isolation.apart() else processes.descendants(os.getpid())
    for found in left:
        if found.pid not in ours:
            with contextlib.suppress(ProcessLookupError):
                os.kill(found.pid, signal.SIGKILL)


def _summary(framework: str, rows: Sequence[Row]) -> Row:
    cases = by(rows, "killed")
    summary: dict[str, Any] = {"framework": framework, "n_count": len(by(rows, "repeat"))}
    summary |= quartiles("undisturbed", "s", [row["elapsed_s"] for row in cases.get("nothing", [])])
    for killed in KILLED:
        if found := cases.get(killed):
            summary |= _case_summary(killed, found)
    return summary


def _case_summary(killed: str, rows: Sequence[Row]) -> Row:
    recovered = [row["recovery_s"] for row in rows if row["recovery_s"] is not None]
    return {
        f"{killed}_outcome": _words(rows, "outcome"),
        **quartiles(killed, "s", [row["elapsed_s"] for row in rows]),
        **quartiles(f"{killed}_recovery", "s", recovered),
        f"{killed}_recovery_n_count": len(recovered),
        f"{killed}_lost_count": median([row["lost_count"] for row in rows]),
        f"{killed}_repeated_count": median([row["repeated_count"] for row in rows]),
        f"{killed}_seen": _words(rows, "seen"),
    }


def _words(rows: Sequence[Row], column: str) -> str | None:
    """What the repeats say, each word once, in the order of first appearance."""
    said = dict.fromkeys(row[column] for row in rows if row[column])
    return " or ".join(said) or None


EXPERIMENT = Faults()
