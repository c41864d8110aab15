"""What processes cost, read from /proc. Inside a block's namespace these are the framework's, and no others."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from lab import accounting

PROC = Path("/proc")
TICKS_PER_S = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Process:
    """One process: its parent, its command line, and the processor time it and its waited-for children took."""

    pid: int
    parent: int
    command: str
    cpu_s: float


def processes() -> list[Process]:
    """Every process that can be seen; those that end while they are read are left out."""
    return [found for entry in PROC.iterdir() if entry.name.isdigit() and (found := _read(entry))]


def _read(entry: Path) -> Process | None:
    try:
        stat = (entry / "stat").read_text()
        command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
    except OSError:
        return None
    fields = stat[stat.rindex(")") + 2 :].split()
    if fields[0] == "Z":
        return None
    ticks = sum(int(field) for field in fields[11:15])
    return Process(int(entry.name), int(fields[1]), command, ticks / TICKS_PER_S)


def cpu_s(pids: Iterable[int] | None = None) -> float:
    """Processor seconds of some processes with the children that they waited for, or of the whole block so far.

    Without an account of the block, its processes are added up, and those that nobody waited for are missing.
    """
    if pids is None and (account := accounting.ours()):
        return account.cpu_s()
    wanted = None if pids is None else set(pids)
    return sum(process.cpu_s for process in processes() if wanted is None or process.pid in wanted)


def pss_bytes(pids: Iterable[int] | None = None) -> int:
    """Memory of some processes, or of all: each shared page is split among those that share it."""
    ids = [process.pid for process in processes()] if pids is None else pids
    return sum(_pss(pid) for pid in ids)


def _pss(pid: int) -> int:
    try:
        rollup = (PROC / str(pid) / "smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in rollup.splitlines() if line.startswith("Pss:")), 0)


def descendants(pid: int) -> list[Process]:
    """The children of a process, their children, and so on."""
    children: dict[int, list[Process]] = {}
    for process in processes():
        children.setdefault(process.parent, []).append(process)
    found, next_up = [], [pid]
    while next_up:
        below = children.get(next_up.pop(), [])
        found += below
        next_up += [process.pid for process in below]
    return found


def machine_busy_s() -> float:
    """Processor seconds that the whole machine has been busy since it started, all cores together."""
    user, nice, system, _idle, _wait, irq, softirq, steal, *_ = map(int, _cpu_line())
    return (user + nice + system + irq + softirq + steal) / TICKS_PER_S


def _cpu_line() -> list[str]:
    return (PROC / "stat").read_text().splitlines()[0].split()[1:]
