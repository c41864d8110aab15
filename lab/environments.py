"""One isolated environment a framework, made from its lock file."""

from __future__ import annotations

import fcntl
import hashlib
import importlib.metadata
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from lab.isolation import Isolated, last_line

LAB = Path(__file__).resolve().parent
LOCKS = LAB / "locks"
ENVIRONMENTS = LAB / ".environments"
MADE = "lab-made"
"""Holds the hash of the lock file, once the environment is whole."""
DOWNLOADED = "lab-downloaded-bytes"
"""Holds how many bytes were downloaded for it."""
STEP_LIMIT_S = 1800
"""Seconds for each step of making an environment: the largest are a gigabyte, and networks may be slow."""
TOOLS = "tools"
"""The lock of the installer whose resolver is asked what lives together."""


class EnvironmentFailed(Exception):
    """An environment could not be made; the message holds the last line of the log."""


def all_environments() -> dict[str, type]:
    """Every lock file of a framework as a subject of its own."""
    return {path.stem: _subject(path.stem) for path in sorted(LOCKS.glob("*.txt")) if path.stem != TOOLS}


def _subject(name: str) -> type:
    return type("Environment", (Environment,), {"name": name, "title": name, "lock": name, "programs": ()})


class Environment:
    """An environment as a subject of the experiments that are put to environments."""

    name: str
    lock: str

    def version(self) -> str:
        """The hash of the lock file, shortened."""
        return _stamp(self.lock)[:12]


def module_of(lock: str) -> str:
    """The module that a program imports first: ``# module: NAME`` in the ``.in`` file, or the lock's own name."""
    return next(iter(_said(lock, "module")), lock)


def distribution_of(lock: str) -> str:
    """The distribution that a lock is about: ``# distribution: NAME`` in the ``.in`` file, or the lock's own name."""
    return next(iter(_said(lock, "distribution")), lock)


def needed_by(lock: str) -> list[str]:
    """The distributions a framework cannot run without and does not bring: ``# needs: NAME`` in the ``.in`` file."""
    return _said(lock, "needs")


def _said(lock: str, what: str) -> list[str]:
    lines = (LOCKS / f"{lock}.in").read_text().splitlines()
    return [line.removeprefix(f"# {what}: ") for line in lines if line.startswith(f"# {what}: ")]


def python_of(lock: str) -> Path:
    """The interpreter of an environment."""
    return ENVIRONMENTS / lock / "bin" / "python"


def ensure(lock: str) -> Path:
    """Makes an environment unless it is there and its lock file is the same; returns its interpreter.

    Raises :class:`EnvironmentFailed`. A half-made environment is never taken for a whole one: the stamp comes last.
    """
    ENVIRONMENTS.mkdir(exist_ok=True)
    with (ENVIRONMENTS / f"{lock}.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        stamp = ENVIRONMENTS / lock / MADE
        if not stamp.is_file() or stamp.read_text() != _stamp(lock):
            _make(lock)
            stamp.write_text(_stamp(lock))
    return python_of(lock)


def _make(lock: str) -> None:
    """Downloads what the lock names, weighs it, and installs it from there."""
    folder = ENVIRONMENTS / lock
    shutil.rmtree(folder, ignore_errors=True)
    _step(lock, Path(sys.executable), "venv", ["--symlinks", str(folder)])
    files, locked = folder / "downloads", ("--require-hashes", "--no-deps", "--requirement", str(LOCKS / f"{lock}.txt"))
    _pip(lock, "download", "--dest", str(files), *locked)
    (folder / DOWNLOADED).write_text(str(sum(path.stat().st_size for path in files.iterdir())))
    _pip(lock, "install", "--find-links", str(files), *locked)
    shutil.rmtree(files)


def _pip(lock: str, action: str, *arguments: str) -> None:
    options = ("--quiet", "--disable-pip-version-check", "--no-input")
    _step(lock, python_of(lock), "pip", [action, *options, *arguments])


def _step(lock: str, python: Path, module: str, arguments: Sequence[str]) -> None:
    """Runs a module that needs the network, such that it ends with the harness, and in time."""
    log = ENVIRONMENTS / f"{lock}.log"
    with tempfile.TemporaryDirectory(prefix="lab", ignore_cleanup_errors=True) as scratch:
        ended = Isolated(python, module, arguments, Path(scratch), log, alone=False).wait(STEP_LIMIT_S)
    if ended.code is None:
        raise EnvironmentFailed(f"environment {lock}: {module} took longer than {STEP_LIMIT_S} s (all of it in {log})")
    if ended.code:
        raise EnvironmentFailed(f"environment {lock}: {last_line(log) or 'no output'} (all of it in {log})")


def downloaded_bytes(lock: str) -> int:
    """The size of the files that were downloaded for an environment: its distributions for this platform."""
    return int((ENVIRONMENTS / lock / DOWNLOADED).read_text())


def site_packages(lock: str) -> Path:
    """The folder of an environment into which distributions are installed."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return ENVIRONMENTS / lock / "lib" / version / "site-packages"


def packages(lock: str) -> dict[str, str]:
    """The installed distributions of an environment and their versions, read without starting its interpreter."""
    found = importlib.metadata.distributions(path=[str(site_packages(lock))])
    return dict(sorted(((one.name, one.version) for one in found), key=lambda one: one[0].lower()))


def _stamp(lock: str) -> str:
    return hashlib.sha256((LOCKS / f"{lock}.txt").read_bytes() + sys.version.encode()).hexdigest()
