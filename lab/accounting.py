"""Processor time of groups of processes, by the kernel's own account (control groups of version 1 or 2).

What a process used that has ended is found nowhere else when its parent did not wait for it, as Ray's does not wait
for its workers. Where groups cannot be made there is no account; then :mod:`lab.processes` adds up what can be seen.

Sources: https://docs.kernel.org/admin-guide/cgroup-v1/cpuacct.html for ``cpuacct.usage`` (nanoseconds), and
https://docs.kernel.org/admin-guide/cgroup-v2.html for ``usage_usec`` in ``cpu.stat``.
"""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

VARIABLE = "LAB_ACCOUNT"
"""Environment variable that tells a block's processes the folder of their account."""
VERSION_1 = Path("/sys/fs/cgroup/cpuacct")
VERSION_2 = Path("/sys/fs/cgroup")


class Account:
    """A control group in its folder; the processes in it, and their children, are charged to it."""

    def __init__(self, folder: Path) -> None:
        """Names an account that is there."""
        self.folder = folder

    @classmethod
    def open(cls, name: str, within: Account | None = None) -> Account | None:
        """Begins an account, inside another or inside our own; ``None`` where that is not possible."""
        above = within.folder if within else _our_folder()
        if above is None:
            return None
        _sweep(above)
        account = cls(above / name)
        try:
            account.folder.mkdir()
            account.cpu_s()
        except OSError:
            account.close()
            return None
        return account

    def enter(self, pid: int = 0) -> None:
        """Charges a process, and all that it starts from now on, to this account; 0 stands for the caller."""
        (self.folder / "cgroup.procs").write_text(str(pid))

    def cpu_s(self) -> float:
        """Processor seconds charged so far."""
        version_1 = self.folder / "cpuacct.usage"
        if version_1.is_file():
            return int(version_1.read_text()) / 1e9
        lines = (self.folder / "cpu.stat").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("usage_usec ")) / 1e6

    def close(self) -> None:
        """Ends the account and those inside it; one that still has processes stays."""
        with contextlib.suppress(OSError):
            for inside in self.folder.iterdir():
                if inside.is_dir():
                    inside.rmdir()
            self.folder.rmdir()


def ours() -> Account | None:
    """The account of the block that this process belongs to."""
    folder = os.environ.get(VARIABLE)
    return Account(Path(folder)) if folder else None


def name_for(pid: int) -> str:
    """A name for an account that a process begins and has to close."""
    return f"lab-{pid}-{time.monotonic_ns()}"


def _sweep(folder: Path) -> None:
    """Closes the accounts of harnesses that were killed before they could."""
    for left in folder.glob("lab-*-*"):
        if not Path("/proc", left.name.split("-")[1]).exists():
            Account(left).close()


def _our_folder() -> Path | None:
    paths = {}
    for line in Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        paths |= dict.fromkeys(controllers.split(","), path.lstrip("/"))
    if "cpuacct" in paths:
        return VERSION_1 / paths["cpuacct"]
    return VERSION_2 / paths[""] if "" in paths else None
