"""A run: its blocks one after the other, each apart from all else, and what came of them, kept so that it can go on."""

from __future__ import annotations

import dataclasses
import functools
import json
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lab import calibration, environments, processes
from lab.isolation import Isolated, die_with_parent, unshare
from lab.plan import Block, lock_of, needs_index, programs_of

RUNS = Path(__file__).resolve().parent / ".runs"
SHARE_OF_OTHERS = 0.05
SLOWER = 1.10
QUIET_SHARE = 0.9
PATIENCE_S = 20
ATTEMPTS = 3
WORKERS = 2
QUICK_AT_ONCE = 3
"""So many blocks of a quick run at a time: while one waits, the others work."""
QUICK_LIMIT_S = 180


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt at a block. Shares are of all processors of the machine, 0 to 1."""

    block: str
    attempt: int
    framework: str
    experiments: str
    repeat: int
    started: str
    wall_s: float
    cpu_s: float
    others_share: float
    load: float
    probe_before_ms: float
    probe_after_ms: float
    outcome: str
    reason: str
    version: str


class Run:
    """A run in its folder: ``run.json``, one file of observations a block, and the outcomes so far."""

    def __init__(self, name: str, quick: bool) -> None:
        """Opens the run of a name, or begins it; raises ValueError when it is of the other kind."""
        self.folder = RUNS / name
        self.quick = quick
        (self.folder / "blocks").mkdir(parents=True, exist_ok=True)
        self.iterations_per_ms = self._pace()

    def _pace(self) -> float:
        file = self.folder / "run.json"
        if not file.is_file():
            pace = calibration.iterations_per_ms()
            file.write_text(json.dumps({"iterations_per_ms": pace, "begun": _now(), "quick": self.quick}))
        known = json.loads(file.read_text())
        if known.get("quick", False) != self.quick:
            raise ValueError(f"{self.folder} holds a run that is {'not ' if self.quick else ''}quick")
        return known["iterations_per_ms"]

    @classmethod
    def begin(cls, name: str, quick: bool) -> Run:
        """A run from nothing: what an earlier one of that name left is removed."""
        shutil.rmtree(RUNS / name, ignore_errors=True)
        return cls(name, quick)

    def outcomes(self) -> list[Outcome]:
        """What came of every attempt at a block that has ended."""
        file = self.folder / "outcomes.jsonl"
        lines = file.read_text().splitlines() if file.is_file() else []
        return [Outcome(**json.loads(line)) for line in lines if line.endswith("}")]

    def kept(self) -> list[Outcome]:
        """For every block the attempt that counts: the least disturbed of those that went well, else the last."""
        attempts: dict[str, list[Outcome]] = {}
        for outcome in self.outcomes():
            attempts.setdefault(outcome.block, []).append(outcome)
        return [_best(found) for found in attempts.values()]

    def lines(self, outcome: Outcome) -> Iterator[dict[str, Any]]:
        """What an attempt wrote: observations, its version, and its failure."""
        return _lines(self._output(outcome.block, outcome.attempt))

    def observations(self, experiment: str) -> list[dict[str, Any]]:
        """All observations of an experiment that count, with framework and repeat, in the order of the blocks."""
        return [
            {"framework": outcome.framework, "repeat": outcome.repeat, **line["row"]}
            for outcome in self.kept()
            for line in self.lines(outcome)
            if line.get("experiment") == experiment
        ]

    def go_on(self, blocks: list[Block], inputs: Path, tell: Callable[[str], None]) -> None:
        """Runs the blocks that have no outcome yet, then once more those that others disturbed."""
        for attempt in range(1, (1 if self.quick else ATTEMPTS) + 1):
            due = [block for block in blocks if self._is_due(block, attempt)]
            begun = time.monotonic()
            named = {block.id: block for block in due}
            for place, outcome in enumerate(self._run_all(due, attempt, inputs), 1):
                block = named[outcome.block]
                with (self.folder / "outcomes.jsonl").open("a") as file:
                    file.write(json.dumps(dataclasses.asdict(outcome)) + "\n")
                left_min = (time.monotonic() - begun) / place * (len(due) - place) / 60
                again = f", attempt {attempt}" if attempt > 1 else ""
                tell(
                    f"[{place}/{len(due)}] repeat {block.repeat}{again}, {block.name}, {block.framework}: "
                    f"{outcome.outcome} in {outcome.wall_s:.0f} s{_why(outcome)}; about {left_min:.0f} min left"
                )

    def _is_due(self, block: Block, attempt: int) -> bool:
        shares = [outcome.others_share for outcome in self.outcomes() if outcome.block == block.id]
        return len(shares) == attempt - 1 and all(share > SHARE_OF_OTHERS for share in shares)

    def _run_all(self, blocks: list[Block], attempt: int, inputs: Path) -> Iterator[Outcome]:
        """What comes of some blocks, in the order in which they end.

        A quick run measures nothing, so its blocks may disturb each other, where they share no ports.
        """
        run = functools.partial(self._run, attempt=attempt, inputs=inputs)
        if not (self.quick and unshare()):
            yield from map(run, blocks)
            return
        with multiprocessing.get_context("fork").Pool(QUICK_AT_ONCE, _begin_lane) as lanes:
            yield from lanes.imap_unordered(run, blocks)

    def _limit_s(self, block: Block) -> float:
        """Seconds for a block. A quick run has less patience, except with a network."""
        return min(block.limit_s, QUICK_LIMIT_S) if self.quick and not needs_index(block) else block.limit_s

    def _probe_ms(self) -> float:
        """The machine's speed, which nobody asks for where nothing is measured."""
        return 0.0 if self.quick else calibration.probe_ms()

    def _output(self, block: str, attempt: int) -> Path:
        return self.folder / "blocks" / f"{block}-{attempt}.jsonl"

    def _run(self, block: Block, attempt: int, inputs: Path) -> Outcome:
        missing = [program for program in programs_of(block) if not shutil.which(program)]
        if missing:
            return _not_run(block, attempt, f"{', '.join(missing)} is not installed")
        if not self.quick:
            _await_quiet()
        probe, load, started = self._probe_ms(), os.getloadavg()[0], _now()
        busy, begun = processes.machine_busy_s(), time.monotonic()
        with tempfile.TemporaryDirectory(prefix="lab", ignore_cleanup_errors=True) as scratch:
            output = self._output(block.id, attempt)
            output.unlink(missing_ok=True)
            order = self._order(block, inputs, output, Path(scratch))
            python = environments.python_of(lock_of(block))
            log = output.with_suffix(".log")
            arguments = [str(order)]
            running = Isolated(python, "lab.driver", arguments, Path(scratch), log, alone=not needs_index(block))
            limit_s = self._limit_s(block)
            ended = running.wait(limit_s)
        wall = time.monotonic() - begun
        busy = processes.machine_busy_s() - busy
        lines = list(_lines(output))
        failed = next((line["failed"] for line in lines if "failed" in line), None)
        if ended.code is None:
            outcome, reason = "time limit", f"stopped after {limit_s:.0f} s"
        elif ended.code or failed:
            outcome, reason = "failed", failed or f"the process ended with {ended.code}"
        else:
            outcome, reason = "ok", ""
        return _outcome(
            block,
            attempt,
            started=started,
            wall_s=wall,
            cpu_s=ended.cpu_s,
            others_share=max(0.0, busy - ended.cpu_s) / wall / (os.cpu_count() or 1),
            load=load,
            probe_before_ms=probe,
            probe_after_ms=self._probe_ms(),
            outcome=outcome,
            reason=reason,
            version=next((line["version"] for line in lines if "version" in line), ""),
        )

    def _order(self, block: Block, inputs: Path, output: Path, scratch: Path) -> Path:
        order = scratch / "block.json"
        order.write_text(
            json.dumps(
                {
                    "kind": block.kind,
                    "framework": block.framework,
                    "experiments": block.experiments,
                    "repeat": block.repeat,
                    "workers": WORKERS,
                    "scratch": str(scratch),
                    "inputs": str(inputs),
                    "output": str(output),
                    "iterations_per_ms": self.iterations_per_ms,
                    "launched_s": time.monotonic(),
                    "quick": self.quick,
                }
            )
        )
        return order


def _begin_lane() -> None:
    """A process that runs blocks ends with the harness; told to stop, it ends its block first, and says nothing."""
    die_with_parent()
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, lambda *_: sys.exit())


def _best(attempts: list[Outcome]) -> Outcome:
    well = [outcome for outcome in attempts if outcome.outcome == "ok"]
    return min(well, key=lambda outcome: outcome.others_share) if well else attempts[-1]


def _lines(file: Path) -> Iterator[dict[str, Any]]:
    for line in file.read_text().splitlines() if file.is_file() else ():
        if line.endswith("}"):
            yield json.loads(line)


def disturbed(outcome: Outcome, usual_probe_ms: float) -> bool:
    """Whether others took part of the machine during a block, or its processors were slower than usual."""
    slow = max(outcome.probe_before_ms, outcome.probe_after_ms) > SLOWER * usual_probe_ms
    return slow or outcome.others_share > SHARE_OF_OTHERS


def _await_quiet() -> None:
    deadline = time.monotonic() + PATIENCE_S
    while calibration.quiet_share() < QUIET_SHARE and time.monotonic() < deadline:
        continue


def _not_run(block: Block, attempt: int, reason: str) -> Outcome:
    nothing = dict.fromkeys(("wall_s", "cpu_s", "others_share", "load", "probe_before_ms", "probe_after_ms"), 0.0)
    return _outcome(block, attempt, started=_now(), outcome="not run", reason=reason, version="", **nothing)


def _outcome(block: Block, attempt: int, **rest: Any) -> Outcome:
    return Outcome(
        block=block.id,
        attempt=attempt,
        framework=block.framework,
        experiments=" ".join(block.experiments),
        repeat=block.repeat,
        **rest,
    )


def _why(outcome: Outcome) -> str:
    return f" ({outcome.reason})" if outcome.reason else ""


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
