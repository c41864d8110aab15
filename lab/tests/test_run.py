"""A run that is interrupted leaves nothing running, also before its first block, and goes on where it was.

A quick one stays a quick one.
"""

import json
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path
from unittest import mock

from lab import environments, inputs, isolation, processes, run, verify
from lab.plan import Block
from lab.run import RUNS
from lab.tests.test_isolation import PERMITTED

ROOT = Path(isolation.ROOT)
NAME = "interrupted"
COMMAND = (
    sys.executable, "-m", "lab", "run", "--quick", "--name", NAME, "--repeats", "1",
    "--frameworks", "serial", "concurrent-futures", "--only", "footprint", "start-up", "round-trip", "faults",
)  # fmt: skip
BLOCKS = 4
"""The footprint of their environment, the tasks of both, and the faults of the one that has workers."""
LIMIT_S = 120
INTERRUPTIBLE = """
import pathlib, signal, sys
from lab import environments, inputs
signal.signal(signal.SIGINT, signal.default_int_handler)
"""
MAKE_ENVIRONMENT = (
    INTERRUPTIBLE
    + """
environments.ENVIRONMENTS = pathlib.Path(sys.argv[1])
environments.ensure("serial")
"""
)
MAKE_INPUTS = (
    INTERRUPTIBLE
    + """
inputs.generate(pathlib.Path(sys.argv[1]), False, ["tables"])
"""
)


def _installed(lock):
    return (environments.ENVIRONMENTS / lock / environments.MADE).is_file()


@unittest.skipUnless(_installed("serial"), "the environment is not installed")
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
                self.assertIn(len(first), range(1, BLOCKS))
                subprocess.run([*COMMAND, "--resume"], cwd=ROOT, capture_output=True, text=True, check=True)
                self.assertEqual(_outcomes()[: len(first)], first)
                self.assertEqual(len({line["block"] for line in _outcomes()}), BLOCKS)
                self.assertEqual(len(_outcomes()), BLOCKS, "what had ended does not run again")
                self.assertEqual({line["outcome"] for line in _outcomes()}, {"ok"})
                problems = [line for line in verify.verify(RUNS / NAME / "data") if "No such file" not in line]
                self.assertEqual(problems, [])


@PERMITTED
class InterruptedBeforeTheFirstBlock(unittest.TestCase):
    def assert_nothing_is_left(self, script, known_by):
        for how in (signal.SIGINT, signal.SIGKILL):
            with self.subTest(signal=how.name), tempfile.TemporaryDirectory(prefix="lab-") as made:
                command = [sys.executable, "-c", script, str(Path(made) / "new")]
                started = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL)
                children = _until_running(started, known_by)
                started.send_signal(how)
                started.wait(LIMIT_S)
                self.assertEqual(_left(children), [])

    def test_nothing_is_left_while_an_environment_is_made(self):
        self.assert_nothing_is_left(MAKE_ENVIRONMENT, lambda command: "ensurepip" in command)

    @unittest.skipUnless(_installed(inputs.MAKER), "the environment is not installed")
    def test_nothing_is_left_while_inputs_are_generated(self):
        python = str(environments.python_of(inputs.MAKER))
        self.assert_nothing_is_left(MAKE_INPUTS, lambda command: command.startswith(python))


class Kinds(unittest.TestCase):
    def test_a_quick_run_and_a_complete_one_never_share_a_folder(self):
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(run, "RUNS", Path(folder)):
            for quick in (True, False):
                name = f"{quick}"
                run.Run.begin(name, quick)
                self.assertEqual(run.Run(name, quick).quick, quick)
                with self.assertRaisesRegex(ValueError, "quick"):
                    run.Run(name, not quick)

    def test_a_quick_run_has_less_patience(self):
        with tempfile.TemporaryDirectory() as folder, mock.patch.object(run, "RUNS", Path(folder)):
            quick, whole = run.Run("quick", True), run.Run("whole", False)
        block = Block("tables", "engines", "spark", ("tables",), 1)
        self.assertEqual(quick._limit_s(block), run.QUICK_LIMIT_S)
        self.assertEqual(whole._limit_s(block), block.limit_s)


def _until_first_block_ended(started):
    """Waits for the first block's line and another block's processes, and returns them."""
    for line in started.stdout:
        if line.startswith("[1/"):
            break
    return _until_running(started, lambda command: "lab.driver" in command)


def _until_running(started, wanted):
    """Waits for a process below the one that was started, known by its command, and returns all that are there then."""
    deadline = time.monotonic() + LIMIT_S
    while time.monotonic() < deadline:
        children = processes.descendants(started.pid)
        if any(wanted(child.command) for child in children):
            return children
        time.sleep(0.01)
    raise AssertionError("it never ran")


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
