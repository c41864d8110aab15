"""What is read from /proc, on processes started here."""

import os
import subprocess
import sys
import time
import unittest

from lab import kernels, processes
from lab.accounting import VARIABLE, Account, name_for

WAITING = "import sys; sys.stdin.read()"
NESTED = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {WAITING!r}])"
LIMIT_S = 20


def await_true(test, what):
    """Asks again and again until it is true, or the time is over."""
    deadline = time.monotonic() + LIMIT_S
    while not test():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {LIMIT_S} s: {what}")
        time.sleep(0.01)


class Processes(unittest.TestCase):
    def start(self, code):
        child = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE)
        self.addCleanup(child.wait)
        self.addCleanup(child.stdin.close)
        return child

    def test_this_process_is_seen_with_its_parent_and_its_command(self):
        (found,) = [process for process in processes.processes() if process.pid == os.getpid()]
        self.assertEqual(found.parent, os.getppid())
        self.assertIn("python", found.command)

    def test_descendants_are_found_below_their_parents(self):
        child = self.start(NESTED)
        await_true(lambda: len(processes.descendants(child.pid)) == 1, "a child of the child")
        (nested,) = processes.descendants(child.pid)
        self.assertEqual(nested.parent, child.pid)
        ours = {process.pid for process in processes.descendants(os.getpid())}
        self.assertLessEqual({child.pid, nested.pid}, ours)
        self.assertNotIn(os.getpid(), ours)

    def test_what_has_ended_is_not_seen(self):
        child = self.start("pass")

        def seen():
            return {process.pid for process in processes.processes()}

        await_true(lambda: child.pid not in seen(), "the end of the child")

    def test_memory_is_counted_for_each_and_together(self):
        child = self.start(WAITING)
        await_true(lambda: processes.pss_bytes([child.pid]) > 0, "memory of the child")
        own = processes.pss_bytes([os.getpid()])
        self.assertGreater(own, 1_000_000)
        self.assertGreater(processes.pss_bytes([os.getpid(), child.pid]), own / 2)

    def test_a_process_that_is_not_there_costs_nothing(self):
        child = self.start("pass")
        child.wait()
        self.assertEqual(processes.pss_bytes([child.pid]), 0)
        self.assertEqual(processes.cpu_s([child.pid]), 0)

    def test_processor_time_grows_with_work(self):
        before = processes.cpu_s([os.getpid()])

        def grown():
            kernels.work(100_000)
            return processes.cpu_s([os.getpid()]) > before

        await_true(grown, "processor time")

    def test_processor_time_takes_in_children_that_were_waited_for(self):
        before = processes.cpu_s([os.getpid()])
        code = "import time\nwhile time.process_time() < 0.3: pass"
        subprocess.run([sys.executable, "-c", code], check=True)
        self.assertGreater(processes.cpu_s([os.getpid()]), before + 0.25)

    def test_the_machine_is_busy_for_longer_and_longer(self):
        before = processes.machine_busy_s()

        def grown():
            kernels.work(100_000)
            return processes.machine_busy_s() > before

        await_true(grown, "busy seconds")


if __name__ == "__main__":
    unittest.main()


# Burns time in a child that nobody waits for: while SIGCHLD is ignored, the kernel forgets what it used.
FORGOTTEN = """
import os, signal, sys, time
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
if os.fork() == 0:
    while time.process_time() < 0.3: pass
    os._exit(0)
try:
    os.wait()
except ChildProcessError:
    pass
"""


class Accounts(unittest.TestCase):
    def setUp(self):
        self.account = Account.open(name_for(os.getpid()))
        if self.account is None:
            self.skipTest("control groups cannot be made here")
        self.addCleanup(self.account.close)

    def test_processor_time_of_a_child_that_nobody_waited_for_is_counted(self):
        before = self.account.cpu_s()
        subprocess.run([sys.executable, "-c", FORGOTTEN], check=True, preexec_fn=self.account.enter)
        self.assertGreater(self.account.cpu_s(), before + 0.25)

    def test_an_account_inside_another_is_counted_in_both(self):
        inside = Account.open("inside", self.account)
        subprocess.run([sys.executable, "-c", FORGOTTEN], check=True, preexec_fn=inside.enter)
        self.assertGreater(inside.cpu_s(), 0.25)
        self.assertGreaterEqual(self.account.cpu_s(), inside.cpu_s())

    def test_a_block_reads_its_own_account(self):
        code = "import lab.processes as p; print(p.cpu_s())"
        told = os.environ | {VARIABLE: str(self.account.folder)}
        child = subprocess.run(
            [sys.executable, "-c", code], check=True, env=told, preexec_fn=self.account.enter, stdout=subprocess.PIPE
        )
        self.assertGreater(float(child.stdout), 0)
        self.assertLessEqual(float(child.stdout), self.account.cpu_s())

    def test_nothing_is_left_of_an_account_that_is_closed(self):
        Account.open("inside", self.account)
        self.account.close()
        self.assertFalse(self.account.folder.exists())

    def test_what_a_killed_harness_left_is_closed_by_the_next_account(self):
        gone = subprocess.Popen(["true"])
        gone.wait()
        left = self.account.folder.parent / name_for(gone.pid)
        left.mkdir()
        Account.open(name_for(os.getpid())).close()
        self.assertFalse(left.exists())
