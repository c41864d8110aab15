"""AssetUtilities: whether it lives in one environment with each framework, and how its own parallel code
fares.

For every framework, at the version that was locked, one environment is asked for that holds AssetUtilities 0.1.0 too:
does the installer find one (``resolve``), does it install, do the installed packages fit each other (``check``), how
many of AssetUtilities' modules can be imported there, and does its reader of workbooks run (``run``) after the
framework was imported. Resolving alone says little, since an installer moves versions silently; so the versions that
differ from those of AssetUtilities alone are written down. The bounds of its repository's head (``assetutilities-
head.in``), which are tighter, are resolved too, but not installed.

For the environment of AssetUtilities itself, the workbooks of the business workload are read through its own
``ParallelExecutor``: by its default (threads), by its processes, and in a plain loop, each three times in
turn.

This experiment needs a package index, so it cannot run in a block without a network.
"""

from __future__ import annotations

import json
import platform
import re
import shutil
import subprocess
import time
import venv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lab.environments import ENVIRONMENTS, LAB, LOCKS, TOOLS, distribution_of, module_of, needed_by, python_of
from lab.experiments.base import FRAMEWORK, REPEAT, Context, Experiment, Row, by, quartile_columns, quartiles
from lab.schema import Column, Table
from lab.workloads import business

ALONE = "assetutilities"
PUBLISHED = "assetutilities==0.1.0"
BOUNDS = {"published": (PUBLISHED,), "head": (PUBLISHED, f"-r {LAB / 'assetutilities-head.in'}")}
UV = python_of(TOOLS).parent / "uv"
UV_PIP = (str(UV), "pip")
RUNS = 3
WAYS = ("loop", "threads", "processes")
QUICK_WAYS = ("processes",)


class AssetUtilities(Experiment):
    """Tries every framework beside AssetUtilities."""

    name = "assetutilities"
    block = "assetutilities"
    subjects = "environments"
    starts = True
    stops = True
    repeats = 1
    needs_index = True
    limit_s = 600
    quick_with = ALONE
    observations = Table(
        "assetutilities",
        "AssetUtilities beside each framework, step by step, and its own parallel code",
        (
            FRAMEWORK,
            REPEAT,
            Column("bounds", "text", "'published' (0.1.0) or 'head' (the tighter ones of its repository)"),
            Column(
                "step",
                "text",
                "'resolve', 'install', 'check', 'import', 'run', or a way to read the workbooks",
            ),
            Column("run", "whole", "number of the run of a step, from 1"),
            Column("outcome", "text", "'ok', or what went wrong"),
            Column("elapsed_s", "number", "duration of the step"),
            Column("detail", "text", "versions that moved, modules that cannot be imported", optional=True),
        ),
        key=5,
    )
    summaries = (
        Table(
            "assetutilities",
            "AssetUtilities beside each framework",
            (
                FRAMEWORK,
                Column("published", "text", "outcome of resolving with 0.1.0 as published"),
                Column("published_moved", "text", "versions that differ from AssetUtilities alone", optional=True),
                Column("head", "text", "outcome of resolving with the bounds of its repository's head"),
                Column("head_moved", "text", "versions that differ from AssetUtilities alone", optional=True),
                Column("install", "text", "outcome of installing", optional=True),
                Column("check", "text", "outcome of the installer's check", optional=True),
                Column("import", "text", "outcome of importing all its modules", optional=True),
                Column("run", "text", "outcome of reading a workbook through it", optional=True),
            ),
        ),
        Table(
            "assetutilities-parallel",
            "The workbooks of the business workload through AssetUtilities' own parallel code",
            (
                Column("way", "text", "'loop', 'threads' (its default) or 'processes'"),
                *quartile_columns("elapsed", "s", "all workbooks read", optional=True),
                Column("n_count", "whole", "number of runs with the right sums"),
            ),
            framework=ALONE,
        ),
    )

    def inputs(self, folder: Path, quick: bool) -> None:
        """Generates the workbooks; needs openpyxl."""
        business.generate(folder, quick)

    def observe(self, subject: Any, context: Context) -> Iterator[Row]:
        """Yields one row a step; a step that fails ends the steps of its bounds."""
        for bounds in BOUNDS:
            row, versions = _resolve(subject.lock, bounds, context)
            yield row
            if versions and bounds == "published":
                yield from _live_together(subject.lock, versions, context)
        if subject.lock == ALONE:
            yield from _own_parallel_code(context)

    def summarise(self, rows: Sequence[Row]) -> dict[str, list[Row]]:
        """One row a framework, and the ways to read the workbooks."""
        own = by([row for row in rows if row["step"] in WAYS], "step")
        steps = [row for row in rows if row["step"] not in WAYS]
        return {
            "assetutilities": [_summary(name, group) for name, group in by(steps, "framework").items()],
            "assetutilities-parallel": [_way(name, group) for name, group in own.items()],
        }


def requirements(lock: str) -> list[str]:
    """The framework of a lock, with its extras and what it cannot run without, at the versions that were locked."""
    wanted = [distribution_of(lock), *needed_by(lock)]
    lines = (LOCKS / f"{lock}.in").read_text().splitlines()
    locked = dict(re.findall(r"^([\w.-]+)==(\S+)", (LOCKS / f"{lock}.txt").read_text(), re.MULTILINE))
    named = {re.split(r"[\[=]", line)[0]: line.split("==")[0] for line in lines}
    return [f"{named[name]}=={locked[name]}" for name in wanted if name in named]


def moved(versions: Mapping[str, str], alone: Mapping[str, str]) -> str:
    """The distributions of AssetUtilities alone that have another version, as ``name old -> new``."""
    changes = [(name, old, versions.get(name, "left out")) for name, old in sorted(alone.items())]
    return ", ".join(f"{name} {old} -> {new}" for name, old, new in changes if old != new)


def _resolve(lock: str, bounds: str, context: Context) -> tuple[Row, dict[str, str]]:
    begun = time.perf_counter()
    outcome, versions = _versions((*requirements(lock), *BOUNDS[bounds]))
    elapsed = time.perf_counter() - begun
    detail = moved(versions, _alone(bounds, context)) if versions else None
    return _row("resolve", outcome, elapsed, detail, bounds=bounds), versions


def _alone(bounds: str, context: Context) -> dict[str, str]:
    """What is installed with AssetUtilities and nothing else; asked for once in a run."""
    kept = context.inputs / f"assetutilities-{bounds}.json"
    if not kept.is_file():
        outcome, versions = _versions(BOUNDS[bounds])
        if not versions:
            raise RuntimeError(f"AssetUtilities alone does not resolve: {outcome}")
        kept.write_text(json.dumps(versions))
    return json.loads(kept.read_text())


def _versions(wanted: Sequence[str]) -> tuple[str, dict[str, str]]:
    """What the resolver would install for some requirements."""
    python = platform.python_version()
    done = _run([str(UV), "pip", "compile", "--quiet", "--no-header", "--no-annotate", "--python-version", python, "-"],
                "\n".join(wanted))  # fmt: skip
    if done.returncode:
        return _last_line(done.stderr), {}
    return "ok", dict(re.findall(r"^([\w.-]+)==(\S+)", done.stdout, re.MULTILINE))


def _live_together(lock: str, versions: Mapping[str, str], context: Context) -> Iterator[Row]:
    folder = ENVIRONMENTS / f"with-assetutilities-{lock}"
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, symlinks=True)
    python = python_of(folder.name)
    pinned = [f"{name}=={version}" for name, version in versions.items()]
    workbook = business.paths(context.inputs, "workbooks")[0]
    steps = {
        "install": [*UV_PIP, "install", "--quiet", "--no-deps", "--python", str(python), *pinned],
        "check": [*UV_PIP, "check", "--python", str(python)],
        "import": [str(python), "-c", IMPORT_ALL],
        "run": [str(python), "-c", READ_ONE, module_of(lock), workbook],
    }
    if context.quick:
        del steps["import"]  # longer than all the others together
    try:
        for step, command in steps.items():
            begun = time.perf_counter()
            done = _run(command, cwd=context.settings.scratch)
            outcome = "ok" if done.returncode == 0 else _last_line(done.stderr or done.stdout)
            detail = done.stdout.strip() if step in ("import", "run") else None
            yield _row(step, outcome, time.perf_counter() - begun, detail)
            if step == "install" and done.returncode:
                return
    finally:
        shutil.rmtree(folder, ignore_errors=True)


IMPORT_ALL = """
import importlib, pkgutil, sys, assetutilities
found = pkgutil.walk_packages(assetutilities.__path__, "assetutilities.", lambda _: None)
names = [module.name for module in found if not module.name.endswith("__main__")]
broken = {}
for name in names:
    try:
        importlib.import_module(name)
    except BaseException as error:
        broken[name] = type(error).__name__
faults = "; ".join(f"{name} ({error})" for name, error in broken.items())
print(f"{len(names) - len(broken)} of {len(names)} modules; {faults}", file=sys.__stdout__)
"""
READ_ONE = """
import importlib, sys
importlib.import_module(sys.argv[1])
from assetutilities.common.data import ReadFromExcel
sheets = ReadFromExcel().from_xlsx({"io": sys.argv[2]})
print(f"{sum(map(len, sheets.values()))} rows from {len(sheets)} sheets")
"""


def _own_parallel_code(context: Context) -> Iterator[Row]:
    """Every way in turn, in an interpreter of its own."""
    paths = business.paths(context.inputs, "workbooks")
    right = business.expected(context.inputs, "workbooks")
    runs, ways = (1, QUICK_WAYS) if context.quick else (RUNS, WAYS)
    for run in range(1, runs + 1):
        for way in ways:
            done = _run([str(python_of(ALONE)), "-m", "lab.workloads.parallel_executor", way, right, *paths])
            outcome = "ok" if done.returncode == 0 else _last_line(done.stderr)
            elapsed, detail = json.loads(done.stdout) if done.returncode == 0 else (0.0, None)
            yield _row(way, outcome, elapsed, detail, run=run)


def _row(step: str, outcome: str, elapsed_s: float, detail: str | None, bounds: str = "published", run: int = 1) -> Row:
    return {
        "bounds": bounds,
        "step": step,
        "run": run,
        "outcome": outcome,
        "elapsed_s": elapsed_s,
        "detail": detail or None,
    }


def _run(command: Sequence[str], said: str = "", cwd: Path = LAB.parent) -> subprocess.CompletedProcess:
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, input=said, check=False)


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return f"failed: {lines[-1].strip()}"[:200] if lines else "failed: no output"


def _summary(framework: str, rows: Sequence[Row]) -> Row:
    found = {row["bounds"] if row["step"] == "resolve" else row["step"]: row for row in rows}
    summary = {name: row["detail"] if name in ("import", "run") and row["outcome"] == "ok" else row["outcome"]
               for name, row in found.items()}  # fmt: skip
    changes = {f"{bounds}_moved": found[bounds]["detail"] for bounds in BOUNDS if bounds in found}
    return {"framework": framework, **summary, **changes}


def _way(way: str, rows: Sequence[Row]) -> Row:
    good = [row["elapsed_s"] for row in rows if row["outcome"] == "ok"]
    return {"way": way, **quartiles("elapsed", "s", good), "n_count": len(good)}


EXPERIMENT = AssetUtilities()
