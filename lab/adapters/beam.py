"""Apache Beam on its runner in Python, FnApiRunner, with worker processes (:mod:`lab.beam_pipeline`).

A pipeline is all that can be handed over: a task is an element of a collection, a list of tasks is a pipeline of its
own, and answers come back as lines of text files. Starting the workers, and the import of Beam in each, belongs to
every pipeline, and so to all times that include one. Elements and answers are pickled here; between the processes Beam
carries them as bytes.
Source: https://beam.apache.org/documentation/programming-guide/
"""

from __future__ import annotations

import base64
import operator
import pickle
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from lab import beam_pipeline
from lab.adapters.base import Settings, TaskAdapter, Unsupported


class Adapter(TaskAdapter):
    """One pipeline for every list of tasks."""

    name = "beam"
    title = "Apache Beam"
    distribution = "apache-beam"
    lock = "beam"
    without: ClassVar[Mapping[str, str]] = {
        "round-trip": "every pipeline starts its workers anew, and nothing else would be timed",
        "throughput": "elements go to the workers in bundles of the runner's choice, not one by one",
        "granularity": "elements of a bundle share their costs, and every pipeline starts its workers anew",
        "data-passing": "values do not come back to the program that builds a pipeline",
        "faults": "retries are the affair of the runners for clusters; the local one, made for tests, has none",
    }

    def start(self, settings: Settings) -> None:
        """Imports Beam; its workers belong to the pipelines."""
        import apache_beam

        self._beam: Any = apache_beam
        self._settings = settings
        self._pipelines = 0

    def stop(self) -> None:
        """Nothing runs between two pipelines."""

    def submit(self, function: Callable, *arguments: Any) -> Any:
        """Runs a pipeline of one element, and waits for it."""
        return self._run(function, [arguments])[0]

    def result(self, handle: Any, timeout_s: float = 120) -> Any:
        """The handle is the result."""
        return handle

    def map(self, function: Callable, items: Sequence[Any]) -> list[Any]:
        """Runs a pipeline with an element for each item."""
        return self._run(function, [(item,) for item in items])

    def share(self, value: Any) -> Any:
        """A side input belongs to one pipeline."""
        raise Unsupported("Apache Beam shares values within a pipeline only")

    def _run(self, function: Callable, calls: Sequence[tuple[Any, ...]]) -> list[Any]:
        self._pipelines += 1
        prefix = self._settings.scratch / f"answers{self._pipelines}"
        elements = [pickle.dumps(call) for call in enumerate(calls)]
        with beam_pipeline.begin(self._settings.workers) as pipeline:
            answers = pipeline | self._beam.Create(elements) | self._beam.Map(_call, function)
            _ = answers | self._beam.io.WriteToText(str(prefix))
        found = [pickle.loads(base64.b64decode(line)) for line in beam_pipeline.lines(prefix)]
        return [answer for _, answer in sorted(found, key=operator.itemgetter(0))]


def _call(element: bytes, function: Callable) -> str:
    """Runs a task on a worker; its number and its answer as a line of text."""
    number, arguments = pickle.loads(element)
    return base64.b64encode(pickle.dumps((number, function(*arguments)))).decode()
