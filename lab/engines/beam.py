"""Apache Beam on its runner in Python, FnApiRunner, with worker processes (:mod:`lab.beam_pipeline`).

Plain transforms on row groups, which Beam reads as Arrow tables by a transform that it calls experimental; with a
collection of single rows, which is Beam's own way, every row would be encoded by itself. Its interface of data frames
needs pandas below 2.4 besides, which is an extra of its own. A pipeline's answer is a text file.
Source: https://beam.apache.org/releases/pydoc/2.77.0/apache_beam.io.parquetio.html
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from lab import beam_pipeline
from lab.adapters.base import Settings, Unsupported
from lab.engines.base import Answer, TableEngine


class Engine(TableEngine):
    """Adds up on the workers before anything is shuffled. Every query is a pipeline, which starts its workers."""

    name = "beam"
    title = "Apache Beam"
    distribution = "apache-beam"
    lock = "beam"

    def start(self, settings: Settings) -> None:
        """Imports Beam; its workers belong to the pipelines."""
        import apache_beam

        self._beam: Any = apache_beam
        self._settings = settings
        self._pipelines = 0

    def group_by(self, orders: Path) -> Answer:
        """By ``GroupByKey`` on the sums of the row groups, cut by customer into as many parts as there are workers."""
        workers = self._settings.workers
        with beam_pipeline.begin(workers) as pipeline:
            read = self._read(pipeline, orders, "customer", "amount", "quantity")
            parts = read | self._beam.FlatMap(_by_customer, workers).with_output_types(tuple[int, Any])
            prefix = self._write(parts | self._beam.GroupByKey() | self._beam.FlatMap(_together))
        return _rows(prefix)

    def join(self, orders: Path, customers: Path) -> Answer:
        """By the customers as a side input of every row group, then ``CombinePerKey``."""
        with beam_pipeline.begin(self._settings.workers) as pipeline:
            regions = self._beam.pvalue.AsList(self._read(pipeline, customers, "customer", "region"))
            read = self._read(pipeline, orders, "customer", "amount")
            sums = read | self._beam.FlatMap(_by_region, regions).with_output_types(tuple[str, float])
            prefix = self._write(sums | self._beam.CombinePerKey(sum))
        return _rows(prefix)

    def sort(self, orders: Path) -> Answer:
        """Beam has no such thing."""
        raise Unsupported("a collection has no order, and no transform sorts one")

    def _read(self, pipeline: Any, folder: Path, *columns: str) -> Any:
        reading = self._beam.io.ReadFromParquetBatched(f"{folder}/*.parquet", columns=list(columns))
        return pipeline | f"Read {folder.name}" >> reading

    def _write(self, rows: Any) -> Path:
        self._pipelines += 1
        prefix = self._settings.scratch / f"answer{self._pipelines}"
        _ = rows | self._beam.Map(_line) | self._beam.io.WriteToText(str(prefix))
        return prefix


def _by_customer(orders: Any, parts: int) -> Iterator[tuple[int, Any]]:
    import pyarrow

    sums = _summed(orders, "customer", ("amount", "sum"), ("quantity", "max"))
    part_of = sums["customer"].to_numpy() % parts
    for part in range(parts):
        yield part, sums.filter(pyarrow.array(part_of == part))


def _together(group: tuple[int, Iterable[Any]]) -> Iterator[tuple[Any, ...]]:
    import pyarrow

    _, tables = group
    sums = _summed(pyarrow.concat_tables(list(tables)), "customer", ("amount", "sum"), ("quantity", "max"))
    return _tuples(sums, "customer", "amount", "quantity")


def _by_region(orders: Any, customers: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    import pyarrow

    joined = orders.join(pyarrow.concat_tables(customers), "customer", join_type="inner", use_threads=False)
    return _tuples(_summed(joined, "region", ("amount", "sum")), "region", "amount")


def _summed(table: Any, key: str, *aggregations: tuple[str, str]) -> Any:
    """A table with one row for each value of a column, whose other columns keep their names; on one thread."""
    import pyarrow

    grouped = table.group_by(key, use_threads=False).aggregate(list(aggregations))
    columns = {key: grouped[key]} | {name: grouped[f"{name}_{how}"] for name, how in aggregations}
    return pyarrow.table(columns)


def _tuples(table: Any, *columns: str) -> Iterator[tuple[Any, ...]]:
    return zip(*(table[column].to_pylist() for column in columns), strict=True)


def _line(row: tuple[Any, ...]) -> str:
    return json.dumps(row)


def _rows(prefix: Path) -> Answer:
    """The rows that a pipeline wrote, in order."""
    return sorted(tuple(json.loads(line)) for line in beam_pipeline.lines(prefix))
