"""The generated tables of the table experiments: orders and their customers, as folders of Parquet files.

Two sizes of the orders: *small* has 2 million rows and fits into memory everywhere; *large* has 15 million
rows, which take about 1.5 GB in memory and so exceed :data:`PROCESS_MEMORY_BYTES`, the memory that the
harness lets one process have. All numbers come from a fixed seed, and files and row groups are cut in the
same places every time. The right answers are worked out once, with NumPy alone, while the tables are
generated.

Generating needs NumPy and PyArrow; reading the answers and comparing them needs the standard library alone.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import math
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

PROCESS_MEMORY_BYTES = 1280 * 2**20
SEED = 20_26
SIZES = {"small": 4, "large": 30}
"""Number of files of each size."""
FILE_ROWS = 500_000
ROW_GROUP_ROWS = 125_000
CUSTOMERS = 100_000
QUICK_SIZES = {"small": 1}
QUICK_FILE_ROWS = 20_000
QUICK_CUSTOMERS = 1_000
REGIONS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
STEP = 1000
"""Of the sorted rows, the first and every so manyth after it belong to the answer."""
TOLERANCE = 1e-9
"""Relative difference up to which two sums of the same numbers are equal: their order of addition is free."""

Rows = Sequence[Sequence[Any]]


def sizes(quick: bool) -> dict[str, int]:
    """The sizes that are generated, with their number of files."""
    return QUICK_SIZES if quick else SIZES


def generate(folder: Path, quick: bool) -> None:
    """Generates the tables and the answers, unless the same generator has done so already."""
    stamp = folder / "orders-stamp"
    if stamp.is_file() and stamp.read_text() == _stamp(quick):
        return
    stamp.unlink(missing_ok=True)
    for name in ("customers", *(f"orders-{size}" for size in SIZES)):
        shutil.rmtree(folder / name, ignore_errors=True)
    rows, customers = (QUICK_FILE_ROWS, QUICK_CUSTOMERS) if quick else (FILE_ROWS, CUSTOMERS)
    regions = _write_customers(folder / "customers", customers)
    for size, files in sizes(quick).items():
        _write_orders(folder, size, files, rows, regions)
    stamp.write_text(_stamp(quick))


def _stamp(quick: bool) -> str:
    return hashlib.sha256(Path(__file__).read_bytes() + bytes([quick])).hexdigest()


def _write_customers(folder: Path, count: int) -> Any:
    """Writes so many customers and returns the number of every customer's region."""
    import numpy
    import pyarrow
    from pyarrow import parquet

    random = numpy.random.default_rng(SEED)
    regions = random.integers(0, len(REGIONS), count)
    table = pyarrow.table(
        {
            "customer": numpy.arange(count, dtype="int64"),
            "region": pyarrow.array(REGIONS).take(pyarrow.array(regions)),
            "credit": random.integers(0, 50_000, count).astype("float64"),
        }
    )
    folder.mkdir(parents=True)
    parquet.write_table(table, folder / "part-00.parquet")
    return regions


def _write_orders(folder: Path, size: str, files: int, rows: int, regions: Any) -> None:
    import numpy
    from pyarrow import parquet

    (folder / f"orders-{size}").mkdir()
    customers = len(regions)
    sums, largest = numpy.zeros(customers), numpy.zeros(customers, dtype="int64")
    amounts = []
    for number in range(files):
        table = _orders(number, rows, customers)
        parquet.write_table(
            table, folder / f"orders-{size}" / f"part-{number:02}.parquet",
            row_group_size=ROW_GROUP_ROWS, use_dictionary=["customer", "quantity", "date"],
        )  # fmt: skip
        customer, amount = table["customer"].to_numpy(), table["amount"].to_numpy()
        sums += numpy.bincount(customer, weights=amount, minlength=customers)
        numpy.maximum.at(largest, customer, table["quantity"].to_numpy())
        amounts.append(amount)
    answers = {
        "group_by": list(zip(range(customers), sums.tolist(), largest.tolist(), strict=True)),
        "join": _by_region(numpy.bincount(regions, weights=sums)),
        "sort": _sorted(numpy.concatenate(amounts)),
    }
    _answers_file(folder, size).write_text(json.dumps(answers))


def _orders(number: int, rows: int, customers: int) -> Any:
    """The orders of one file. A note is some 50 characters long and no two of them are equal."""
    import numpy
    import pyarrow
    from pyarrow import compute

    random = numpy.random.default_rng((SEED, number))
    ids = numpy.arange(number * rows, (number + 1) * rows, dtype="int64")
    first_day = datetime.datetime(2024, 1, 1)
    phrases = pyarrow.array([f"delivered to gate {gate:03} of the yard" for gate in range(500)])
    return pyarrow.table(
        {
            "order_id": ids,
            "customer": numpy.concatenate(
                [random.permutation(customers), random.integers(0, customers, rows - customers)]
            ),
            "amount": numpy.round(random.gamma(2.0, 60.0, rows), 2),
            "quantity": random.integers(1, 500, rows, dtype="int32"),
            "date": numpy.datetime64(first_day, "us") + random.integers(0, 1000, rows).astype("timedelta64[D]"),
            "note": compute.binary_join_element_wise(
                phrases.take(pyarrow.array(random.integers(0, len(phrases), rows))),
                pyarrow.array(ids).cast("string"),
                ", order ",
            ),
        }
    )


def _by_region(sums: Any) -> list[tuple[str, float]]:
    return sorted(zip(REGIONS, sums.tolist(), strict=True))


def _sorted(amounts: Any) -> list[Any]:
    """The number of rows, then every :data:`STEP`-th order. Orders are numbered in the order of the files."""
    import numpy

    order = numpy.argsort(amounts, kind="stable")[::STEP]
    return [(len(amounts), float(STEP)), *zip(order.tolist(), amounts[order].tolist(), strict=True)]


def _answers_file(folder: Path, size: str) -> Path:
    return folder / f"orders-{size}.json"


def answer(folder: Path, size: str, query: str) -> Rows:
    """The right answer to a query."""
    return json.loads(_answers_file(folder, size).read_text())[query]


def agree(found: Rows, right: Rows) -> bool:
    """Whether two answers are equal, numbers with decimals up to the tolerance."""
    return len(found) == len(right) and all(
        len(row) == len(other) and all(map(_equal, row, other)) for row, other in zip(found, right, strict=True)
    )


def _equal(one: Any, other: Any) -> bool:
    if isinstance(one, float) or isinstance(other, float):
        return isinstance(one, (int, float)) and math.isclose(one, other, rel_tol=TOLERANCE)
    return one == other


def thinned(files: Sequence[Path]) -> list[tuple[Any, ...]]:
    """The answer to the sort, read from the sorted table's files in their order. Needs PyArrow."""
    import pyarrow

    rows, picked = 0, []
    for batch in _batches(files):
        wanted = batch.take(pyarrow.array(range(-rows % STEP, len(batch), STEP), type=pyarrow.int64()))
        picked += zip(wanted["order_id"].to_pylist(), wanted["amount"].to_pylist(), strict=True)
        rows += len(batch)
    return [(rows, float(STEP)), *picked]


def _batches(files: Sequence[Path]) -> Iterator[Any]:
    from pyarrow import parquet

    for path in files:
        yield from parquet.ParquetFile(path).iter_batches(columns=["order_id", "amount"])
