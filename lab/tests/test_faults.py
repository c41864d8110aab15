"""Faults: when a job has ended for its caller."""

import tempfile
import threading
import unittest
from pathlib import Path

from lab.adapters.base import TaskAdapter
from lab.experiments.faults import EXTENT, _Job

PATIENCE_S = 10


class Handles:
    """What a caller holds of its tasks; it is not freed before it may be."""

    def __init__(self):
        self.is_let_go, self.may_go = threading.Event(), threading.Event()

    def __del__(self):
        self.is_let_go.set()
        self.may_go.wait(PATIENCE_S)


class Lost(TaskAdapter):
    """A framework that loses its workers while its caller holds handles."""

    def __init__(self):
        handles = Handles()
        self.is_let_go, self.may_go = handles.is_let_go, handles.may_go
        self.held = [handles]

    def map(self, function, items):
        handles = self.held.pop()
        raise ConnectionError(f"{type(handles).__name__} of no worker")


class Ended(unittest.TestCase):
    def test_the_caller_knows_before_what_it_held_is_freed(self):
        subject = Lost()
        with tempfile.TemporaryDirectory() as folder:
            job = _Job(subject, Path(folder), EXTENT)
            try:
                self.assertTrue(subject.is_let_go.wait(PATIENCE_S))
                self.assertEqual((job.outcome, job.seen), ("error", "ConnectionError"))
                self.assertLess(job.elapsed_s, EXTENT.hung_s)
            finally:
                subject.may_go.set()
            job.join()


if __name__ == "__main__":
    unittest.main()
