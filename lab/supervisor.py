"""The first process of a block's namespaces: ``python -m lab.supervisor COMMAND...``.

It brings up the loopback interface, gives the block shared memory of its own, runs the command, and collects
processes whose parents have ended. When it ends, the kernel ends everything else in the namespace, so that no
framework can leave a process behind.
"""

from __future__ import annotations

import ctypes
import os
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
            code = os.waitstatus_to_exitcode(status)
            return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
