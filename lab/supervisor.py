"""The first process of a block's namespaces: ``python -m lab.supervisor COMMAND...``.

It brings up the loopback interface, gives the block shared memory of its own, runs the command, and collects
processes whose parents have ended. When the command has ended, it ends what that left behind and waits for it, so that
its processor time is counted too. Were it killed before that, the kernel would end everything in the namespace.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys

from lab.loopback import bring_up


def main(command: list[str]) -> int:
    """Runs the command and returns its exit code (128 + the signal's number when a signal ended it)."""
    bring_up()
    subprocess.run(["mount", "-t", "tmpfs", "tmpfs", "/dev/shm"], check=True)
    ctypes.CDLL(None).prctl(15, b"lab-supervisor", 0, 0, 0)
    child = subprocess.Popen(command)
    while True:
        pid, status = os.wait()
        if pid == child.pid:
            _end_the_rest()
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code


def _end_the_rest() -> None:
    """Kills every other process of the namespace and waits for all of them; does nothing outside of one."""
    if os.getpid() != 1:
        return
    with contextlib.suppress(ProcessLookupError):
        os.kill(-1, signal.SIGKILL)
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
