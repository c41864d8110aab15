"""Writes what a run measured as data files: observations, their summaries, the blocks, and the environment."""

from __future__ import annotations

import json
import os
import platform
import shutil
import subprocess
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from lab import block_times, environments, scaling
from lab.experiments import all_experiments
from lab.experiments.base import FRAMEWORK, Experiment
from lab.plan import NotApplicable
from lab.run import Outcome, Run, disturbed
from lab.schema import Column, Table
from lab.stats import median

CONTENT = Path(__file__).resolve().parent.parent / "content" / "distributed-computing-frameworks" / "data"
VERSION_LIMIT_S = 60

BLOCKS = Table(
    "blocks",
    "Every attempt at every block of the run: one start of one framework",
    (
        Column("block", "text", "repeat, kind of block and framework"),
        Column("attempt", "whole", "number of the attempt: blocks that others disturbed are run again"),
        Column("counts", "text", "'yes' for the attempt whose observations are in the data"),
        FRAMEWORK,
        Column("experiments", "text", "what was measured"),
        Column("repeat", "whole", "number of the repeat"),
        Column("started", "text", "when it began"),
        Column("wall_s", "number", "how long it took"),
        Column("cpu_s", "number", "processor time of all its processes"),
        Column("others_percent", "number", "share of the processors that others used meanwhile"),
        Column("load", "number", "load average over a minute, before it began"),
        Column("probe_before_ms", "number", "a fixed piece of work before the block"),
        Column("probe_after_ms", "number", "the same afterwards"),
        Column("disturbed", "text", "'yes' when others used more than 5 % or the probe was 10 % slower than usual"),
        Column("outcome", "text", "'ok', 'failed', 'time limit' or 'not run'"),
        Column("reason", "text", "why it was not ok", optional=True),
        Column("version", "text", "version of the framework", optional=True),
    ),
    key=2,
)

NOT_RUN = Table(
    "not-run",
    "What was not measured, and why",
    (
        Column("row", "text", "framework and experiment"),
        FRAMEWORK,
        Column("experiment", "text", "name of the experiment"),
        Column("reason", "text", "why it was not measured"),
    ),
)

ACROSS: tuple[tuple[Table, Callable[[Path], Iterable[Mapping[str, Any]]]], ...] = (
    (block_times.TIMES, lambda folder: block_times.times(BLOCKS.read(BLOCKS.file_in(folder)))),
    (scaling.CURVE, scaling.curve),
)
"""Summaries of no single experiment, and how their rows follow from the other data files of a folder."""


def observations_in(folder: Path, experiment: Experiment) -> Path:
    """Where the observations of an experiment are in a folder of data files."""
    return experiment.observations.file_in(folder / "observations")


def publish(run: Run, left_out: Iterable[NotApplicable], folder: Path) -> None:
    """Writes all data files of a run into a folder. Raises ValueError when a value does not fit its column."""
    outcomes, kept = run.outcomes(), run.kept()
    usual = usual_probe_ms(outcomes)
    for experiment in all_experiments().values():
        if rows := run.observations(experiment.name):
            experiment.observations.write(observations_in(folder, experiment), rows)
    BLOCKS.write(BLOCKS.file_in(folder), (_block(outcome, usual, outcome in kept) for outcome in outcomes))
    NOT_RUN.write(NOT_RUN.file_in(folder), _not_run(kept, left_out))
    (folder / "environment.json").write_text(json.dumps(environment(outcomes), indent=2) + "\n")
    summarise(folder)


def summarise(folder: Path) -> None:
    """Writes all summaries from the observations and the blocks as they stand in a folder."""
    for experiment in all_experiments().values():
        file = observations_in(folder, experiment)
        if file.is_file():
            found = experiment.summarise(experiment.observations.read(file))
            for table in experiment.summaries:
                table.write(table.file_in(folder), found[table.name])
    for table, rows in ACROSS:
        table.write(table.file_in(folder), rows(folder))


def usual_probe_ms(outcomes: Iterable[Outcome]) -> float:
    """The probe's median over the blocks that ran."""
    probes = [outcome.probe_before_ms for outcome in outcomes if outcome.probe_before_ms]
    return median(probes) if probes else 0.0


def _block(outcome: Outcome, usual_ms: float, counts: bool) -> dict[str, Any]:
    return {
        **vars(outcome),
        "counts": "yes" if counts else "no",
        "others_percent": outcome.others_share * 100,
        "disturbed": "yes" if disturbed(outcome, usual_ms) else "no",
        "reason": outcome.reason or None,
        "version": outcome.version or None,
    }


def _not_run(outcomes: Iterable[Outcome], left_out: Iterable[NotApplicable]) -> list[dict[str, str]]:
    reasons = {(one.framework, one.experiment): one.reason for one in left_out}
    for outcome in outcomes:
        if outcome.outcome != "ok":
            for experiment in outcome.experiments.split():
                reasons.setdefault((outcome.framework, experiment), f"{outcome.outcome}: {outcome.reason}")
    return [
        {"row": f"{framework}-{experiment}", "framework": framework, "experiment": experiment, "reason": reason}
        for (framework, experiment), reason in reasons.items()
    ]


def environment(outcomes: list[Outcome]) -> dict[str, Any]:
    """The machine, how busy it was before the first block, and the versions of everything."""
    return {
        "date": outcomes[0].started[:10] if outcomes else "",
        "begun": outcomes[0].started if outcomes else "",
        "ended": outcomes[-1].started if outcomes else "",
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "load_at_start": round(outcomes[0].load, 2) if outcomes else 0.0,
        "kernel": platform.release(),
        "system": platform.freedesktop_os_release().get("PRETTY_NAME", ""),
        "python": platform.python_version(),
        "java": _first_line("java", "-version"),
        "redis": _first_line("redis-server", "--version"),
        "packages": {
            path.parent.name: environments.packages(path.parent.name)
            for path in sorted(environments.ENVIRONMENTS.glob(f"*/{environments.MADE}"))
        },
    }


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "")


def _first_line(program: str, option: str) -> str:
    if not shutil.which(program):
        return ""
    try:
        said = subprocess.run([program, option], capture_output=True, text=True, check=False, timeout=VERSION_LIMIT_S)
    except subprocess.TimeoutExpired:
        return ""
    return next(iter((said.stdout + said.stderr).splitlines()), "")
