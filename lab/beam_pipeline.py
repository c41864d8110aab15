"""A pipeline of Apache Beam for whoever needs one: the adapter and the engine over Beam.

The runner is Beam's FnApiRunner, by name, since the default would first look for Prism, whose workers are threads of
the caller. Every pipeline starts its worker processes, and ends them. Beam's documentation means this runner for
development and tests; its runners for clusters need Flink, Spark or Dataflow.
Source: https://beam.apache.org/documentation/runners/direct/
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any


def begin(workers: int) -> Any:
    """An empty pipeline with so many worker processes; leaving its ``with`` block runs it and waits for its end."""
    import apache_beam
    from apache_beam.options.pipeline_options import PipelineOptions

    options = PipelineOptions(
        [], runner="FnApiRunner", direct_num_workers=workers, direct_running_mode="multi_processing"
    )
    return apache_beam.Pipeline(options=options)


def lines(prefix: Path) -> Iterator[str]:
    """The lines that a pipeline wrote to text files of a prefix: values come back to the caller in no other way."""
    for file in sorted(prefix.parent.glob(f"{prefix.name}-*-of-*")):
        yield from file.read_text().splitlines()
