"""Blocks leave nothing behind, however they end."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import unittest
import uuid
from pathlib import Path
from unittest import mock

from lab import isolation, processes
from lab.isolation import Isolated
from lab.tests import escape
from lab.tests.test_processes import await_true

PERMITTED = unittest.skipUnless(isolation.unshare(), "namespaces are not permitted here")


class LeavesNothing(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="lab-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.ready = self.folder / "ready"
        self.mark = uuid.uuid4().hex
        self.addCleanup(self.kill_survivors)

    def marked(self):
        return [process for process in processes.processes() if self.mark in process.command]

    def kill_survivors(self):
        for process in self.marked():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)

    def run_apart(self, what):
        arguments = [self.mark, str(self.ready), what]
        return Isolated(Path(sys.executable), "lab.tests.escape", arguments, self.folder, self.folder / "log")

    def await_orphans(self):
        await_true(self.ready.exists, "the block's orphans")
        self.assertGreaterEqual(len(self.marked()), 3)

    def await_nothing(self):
        await_true(lambda: not self.marked(), "the end of every process")

    @PERMITTED
    def test_when_it_is_ended(self):
        block = self.run_apart("stay")
        self.await_orphans()
        block.end()
        self.await_nothing()

    @PERMITTED
    def test_when_its_time_is_over(self):
        block = self.run_apart("stay")
        self.await_orphans()
        self.assertIsNone(block.wait(0.1).code)
        self.await_nothing()

    @PERMITTED
    def test_when_it_ends_before_its_orphans(self):
        ended = self.run_apart("leave").wait(60)
        self.assertEqual(ended.code, 0)
        self.assertTrue(self.ready.exists())
        self.assertGreater(ended.cpu_s, 2 * escape.WORK_S, "the orphans' work is counted")
        self.await_nothing()

    @PERMITTED
    def test_when_the_harness_is_killed(self):
        self.assert_ends_with("harness")

    @PERMITTED
    def test_when_the_harness_is_killed_and_the_block_has_the_network(self):
        self.assert_ends_with("harness-with-network")

    def assert_ends_with(self, harness):
        command = [sys.executable, "-m", "lab.tests.escape", self.mark, str(self.ready), harness]
        started = subprocess.Popen(command, cwd=isolation.ROOT)
        self.addCleanup(started.wait)
        self.await_orphans()
        started.kill()
        self.await_nothing()

    def test_without_namespaces_when_its_time_is_over(self):
        with mock.patch.object(isolation, "unshare", return_value=None):
            block = self.run_apart("harness")
        await_true(self.ready.exists, "the block within the block")
        self.assertIsNone(block.wait(0.1).code)
        self.await_nothing()


class Outcome(unittest.TestCase):
    def run_apart(self, module, *arguments, alone=True):
        with tempfile.TemporaryDirectory(prefix="lab-") as made:
            folder = Path(made)
            ended = Isolated(Path(sys.executable), module, arguments, folder, folder / "log", alone).wait(60)
            return ended, (folder / "log").read_text()

    def test_the_exit_code_and_the_output_are_kept(self):
        ended, said = self.run_apart("lab.no_such_module")
        self.assertEqual(ended.code, 1)
        self.assertIn("No module named lab.no_such_module", said)

    def test_processor_time_is_counted(self):
        work = "while time.process_time() < 0.3: pass"
        ended, _ = self.run_apart("timeit", "-n", "1", "-r", "1", "-s", "import time", work)
        self.assertEqual(ended.code, 0)
        self.assertGreater(ended.cpu_s, 0.25)

    @PERMITTED
    def test_only_its_own_processes_are_seen(self):
        show = "print('SEEN', sorted(name for name in os.listdir('/proc') if name.isdigit()))"
        for alone in (True, False):
            with self.subTest(alone=alone):
                _, said = self.run_apart("timeit", "-n", "1", "-r", "1", "-s", "import os", show, alone=alone)
                self.assertRegex(said, r"SEEN \['1', '\d+'\]")

    @PERMITTED
    def test_the_network_is_kept_when_it_is_asked_for(self):
        show = "print('NET', os.readlink('/proc/self/ns/net'))"
        ours = str(Path("/proc/self/ns/net").readlink())
        for alone in (True, False):
            with self.subTest(alone=alone):
                _, said = self.run_apart("timeit", "-n", "1", "-r", "1", "-s", "import os", show, alone=alone)
                self.assertEqual(f"NET {ours}" in said, not alone)


if __name__ == "__main__":
    unittest.main()
