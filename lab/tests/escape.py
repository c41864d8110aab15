"""A block that does its best to leave processes behind, for the tests of isolation.

``python -m lab.tests.escape MARK READY stay`` makes two orphans, one of them in a session of its own and deaf
to SIGTERM, creates the file READY once they run, and stays; with ``leave`` it ends then. The orphans of ``leave``
have used a processor for :data:`WORK_S` each. With ``harness`` it runs a block that stays apart, as the harness
would, and waits for it; with ``harness-with-network`` that block keeps the network. MARK stands in the command of all
of them.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from lab.isolation import Isolated

LIMIT_S = 60
WORK_S = 0.3


def main(mark: str, ready: str, what: str) -> None:
    """Does what it is told."""
    if what.startswith("harness"):
        run_apart(mark, ready, alone=what == "harness")
        return
    reading, writing = os.pipe()
    for daemon in (True, False):
        make_orphan(daemon, WORK_S if what == "leave" else 0, writing)
    for _ in range(2):
        os.read(reading, 1)
    Path(ready).touch()
    if what == "stay":
        signal.pause()


def make_orphan(daemon: bool, work_s: float, writing: int) -> None:
    """Forks twice, so that the grandchild has lost its parent. It works for a while before it says that it runs."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    if daemon:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    if os.fork():
        os._exit(0)
    while time.process_time() < work_s:
        continue
    os.write(writing, b"x")
    signal.pause()


def run_apart(mark: str, ready: str, alone: bool) -> None:
    """Runs a block and waits for it."""
    folder = Path(ready).parent
    arguments = [mark, ready, "stay"]
    python, log = Path(sys.executable), folder / "log"
    Isolated(python, "lab.tests.escape", arguments, folder, log, alone).wait(LIMIT_S)


if __name__ == "__main__":
    main(*sys.argv[1:])
