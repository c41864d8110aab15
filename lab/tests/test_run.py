"""A run that is interrupted: nothing is left running, and it can go on where it was."""

import json
import shutil
import signal
import subprocess
import sys
import time
import unittest
from pathlib import Path

from lab import environments, isolation, processes, verify
from lab.run import RUNS

ROOT = Path(isolation.ROOT)
NAME = "interrupted"
COMMAND = (
    sys.executable, "-m", "lab", "run", "--quick", "--name", NAME, "--repeats", "1",
    "--frameworks", "serial", "concurrent-futures", "--only", "start-up", "round-trip",
)  # fmt: skip
LIMIT_S = 120


@unittest.skipUnless((environments.ENVIRONMENTS / "serial" / environments.MADE).is_file(), "the environment is not installed")
class Interrupted(unittest.TestCase):
    def tearDown(self):
        shutil.rmtree(RUNS / NAME, ignore_errors=True)

    def test_nothing_is_left_and_the_run_goes_on(self):
        for how in (signal.SIGINT, signal.SIGKILL):
            with self.subTest(signal=how.name):
                started = subprocess.Popen(COMMAND, cwd=ROOT, stdout=subprocess.PIPE, text=True)
                children = _until_first_block_ended(started)
                started.send_signal(how)
                code = started.wait(LIMIT_S)
                started.stdout.close()
                self.assertEqual(code, 130 if how is signal.SIGINT else -how)
                self.assertEqual(_left(children), [])
                first = _outcomes()
                self.assertEqual(len(first), 1)
                again = subprocess.run([*COMMAND, "--resume"], cwd=ROOT, capture_output=True, text=True, check=True)
                self.assertEqual([line["block"] for line in _outcomes()][:1], [first[0]["block"]])
                self.assertEqual({line["outcome"] for line in _outcomes()}, {"ok"})
                self.assertNotIn(f"{first[0]['framework']}: ok", again.stdout)
                problems = [line for line in verify.verify(RUNS / NAME / "data") if "No such file" not in line]
                self.assertEqual(problems, [])


def _until_first_block_ended(started):
    """Waits for the first block's line and the second block's processes, and returns them."""
    for line in started.stdout:
        if line.startswith("[1/"):
            break
    deadline = time.monotonic() + LIMIT_S
    while time.monotonic() < deadline:
        children = processes.descendants(started.pid)
        if any("lab.driver" in child.command for child in children):
            return children
        time.sleep(0.01)
    raise AssertionError("the second block did not begin")


def _left(children):
    deadline = time.monotonic() + 10
    while True:
        alive = {process.pid: process.command for process in processes.processes()}
        left = [child for child in children if alive.get(child.pid) == child.command]
        if not left or time.monotonic() > deadline:
            return left
        time.sleep(0.02)


def _outcomes():
    file = RUNS / NAME / "outcomes.jsonl"
    return [json.loads(line) for line in file.read_text().splitlines()]


if __name__ == "__main__":
    unittest.main()
