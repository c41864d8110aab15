"""Runs a block apart from the rest of the machine, and ends all of it, whatever happens.

With the right to make namespaces (as root, or where user namespaces are allowed), a block gets its own process and
network namespaces: it sees only its own processes, reaches nothing but itself, cannot clash with anybody's ports, and
ends as a whole. When the harness itself is killed, the kernel ends the block. What needs a package index keeps
the machine's network, and has its own processes all the same. Without that right a block shares the machine's network
and processes, and only those still descended from it are ended.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import os
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from lab import processes
from lab.accounting import VARIABLE, Account, name_for

PR_SET_PDEATHSIG = 1
GRACE_S = 5
NETWORK = "--net"
ROOT = Path(__file__).resolve().parent.parent


@functools.cache
def unshare() -> tuple[str, ...] | None:
    """The words before a command that give it namespaces of its own; ``None`` where that is not permitted."""
    if not shutil.which("unshare"):
        return None
    words = ("unshare", NETWORK, "--pid", "--mount", "--fork", "--kill-child=KILL", "--mount-proc")
    for candidate in (words, (*words, "--map-root-user")):
        tried = subprocess.run(
            [*candidate, sys.executable, "-m", "lab.loopback"], cwd=ROOT, capture_output=True, check=False
        )
        if tried.returncode == 0:
            return candidate
    return None


def _namespaces(alone: bool) -> tuple[str, ...]:
    """The words before a command, none where namespaces are not permitted; ``alone`` also parts it from the network."""
    return tuple(word for word in (unshare() or ()) if alone or word != NETWORK)


def apart() -> bool:
    """Whether this process runs in the namespaces of a block."""
    return any(found.pid == 1 and "lab.supervisor" in found.command for found in processes.processes())


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit code, or ``None`` when the time ran out, and the processor time of all of it."""

    code: int | None
    cpu_s: float


class Isolated:
    """A Python module that runs apart, with its output in a file.

    With ``alone`` false it keeps the network, and the caller's environment variables, which may say how to reach it.
    """

    def __init__(
        self, python: Path, module: str, arguments: Sequence[str], scratch: Path, log: Path, alone: bool = True
    ) -> None:
        """Starts it."""
        namespaces = _namespaces(alone)
        command = [str(python), "-m", module, *arguments]
        if namespaces:
            command = [*namespaces, sys.executable, "-m", "lab.supervisor", *command]
        self._account = Account.open(name_for(os.getpid()))
        told = {VARIABLE: str(self._account.folder)} if self._account else {}
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=_environment(python, scratch) | told | ({} if alone else os.environ),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=self._begin,
            )
        self._pidfd = os.pidfd_open(self._process.pid)

    def wait(self, limit_s: float) -> Ended:
        """Waits until it ends or the time runs out. Nothing of it runs afterwards."""
        try:
            ended_in_time = bool(select.select([self._pidfd], [], [], limit_s)[0])
        finally:
            cpu_s = self.end()
        code = self._process.returncode if ended_in_time else None
        return Ended(code, cpu_s)

    def _begin(self) -> None:
        die_with_parent()
        if self._account:
            self._account.enter()

    def end(self) -> float:
        """Ends everything that belongs to it, and tells the processor seconds that it used."""
        for process in processes.descendants(self._process.pid):
            _kill(process.pid)
        if not select.select([self._pidfd], [], [], GRACE_S)[0]:
            _kill(self._process.pid)
        _, status, usage = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        os.close(self._pidfd)
        if not self._account:
            return usage.ru_utime + usage.ru_stime
        cpu_s = self._account.cpu_s()
        self._account.close()
        return cpu_s


def _kill(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def last_line(log: Path) -> str:
    """The last thing that was said in a log; empty when nothing was."""
    lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1] if lines else ""


def die_with_parent() -> None:
    """Asks the kernel to kill this process when the one that started it ends."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _environment(python: Path, scratch: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "JAVA_HOME") if name in os.environ}
    return kept | {
        "HOME": str(scratch),
        "PATH": f"{python.parent}:{kept.get('PATH', os.defpath)}",
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "TMPDIR": str(scratch),
        "DO_NOT_TRACK": "1",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
