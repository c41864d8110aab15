"""The business workload: folders of workbooks and of CSV files, as an engineering office collects them.

Each file is a list of work orders by asset, typed by many hands: blank rows, amounts as text with thousands
separators and currencies, dates in five notations, orders entered twice. A task reads one file, cleans its
rows and adds them up by month and category; the caller merges the tasks' answers and writes one report
workbook.

Amounts are added up in whole cents, so that the answer does not depend on the order in which tasks end. Tasks
take a path and return plain values, so that every framework can carry them. Generating and reading workbooks
needs openpyxl.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import json
import random
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

SEED = 2026
FILES = 24
SHEETS = ("Pumps and valves", "Structures", "Electrical")
SHEET_ROWS = 500
CSV_ROWS = 2500
QUICK_FILES = 2
QUICK_SHEET_ROWS = 20
QUICK_CSV_ROWS = 50
HEADER = ("Order", "Asset", "Category", "Date", "Hours", "Amount", "Contractor", "Remark")
CATEGORIES = ("inspection", "repair", "replacement", "coating", "survey")
CONTRACTORS = ("Harbour Works", "Nordic Marine", "Delta Services", "in-house")
FIRST_DAY = datetime.date(2024, 1, 1)
EXCEL_EPOCH = datetime.date(1899, 12, 30)
DATE_NOTATIONS = ("%Y-%m-%d", "%d/%m/%Y", "%d %b %Y")
JOBS = {"workbooks": "*.xlsx", "csv": "*.csv"}


def read_workbook(path: str) -> dict[str, Any]:
    """A task: all sheets of one workbook, cleaned and added up."""
    import openpyxl

    workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        rows = [row for sheet in workbook for row in sheet.iter_rows(min_row=2, values_only=True)]
    finally:
        workbook.close()
    return add_up(Path(path).name, rows)


def read_csv(path: str) -> dict[str, Any]:
    """A task: one CSV file, cleaned and added up."""
    with Path(path).open(newline="") as file:
        lines = csv.reader(file)
        next(lines)
        return add_up(Path(path).name, lines)


def add_up(name: str, rows: Iterable[Sequence[Any]]) -> dict[str, Any]:
    """Cleans rows and adds up orders, hours and cents by month and category."""
    seen: set[str] = set()
    sums: dict[str, list[Any]] = {}
    blank = repeated = 0
    for row in rows:
        if not any(cell not in (None, "") for cell in row):
            blank += 1
            continue
        order = str(row[0]).strip().upper()
        if order in seen:
            repeated += 1
            continue
        seen.add(order)
        key = f"{clean_date(row[3]):%Y-%m} {str(row[2]).strip().lower()}"
        entry = sums.setdefault(key, [0, 0, 0])
        entry[0] += 1
        entry[1] += clean_hundredths(row[4])
        entry[2] += clean_hundredths(row[5])
    return {"file": name, "orders": len(seen), "blank": blank, "repeated": repeated, "sums": sums}


def clean_hundredths(value: Any) -> int:
    """A number in hundredths, from a number or from text such as ``EUR 1,234.50``."""
    if isinstance(value, str):
        value = float("".join(letter for letter in value if letter.isdigit() or letter in ".-") or 0)
    return round((value or 0) * 100)


def clean_date(value: Any) -> datetime.date:
    """A date, from a date, from Excel's number of days, or from text in one of the usual notations."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, (int, float)):
        return EXCEL_EPOCH + datetime.timedelta(days=int(value))
    text = value.strip()
    if text.isdigit():
        return EXCEL_EPOCH + datetime.timedelta(days=int(text))
    for notation in DATE_NOTATIONS:
        try:
            return datetime.datetime.strptime(text, notation).date()
        except ValueError:
            continue
    raise ValueError(f"{text!r} is in none of the known notations of a date")


TASKS = {"workbooks": read_workbook, "csv": read_csv}


def merge(answers: Iterable[dict[str, Any]]) -> dict[str, list[int]]:
    """The sums of all files: orders, hundredths of hours and cents by month and category, in order."""
    merged: dict[str, list[int]] = {}
    for answer in answers:
        for key, values in answer["sums"].items():
            entry = merged.setdefault(key, [0, 0, 0])
            for at, value in enumerate(values):
                entry[at] += value
    return dict(sorted(merged.items()))


def checksum(answers: Iterable[dict[str, Any]]) -> str:
    """Equal for equal answers, in whatever order they came."""
    ordered = sorted((answer["file"], answer["orders"], answer["blank"], answer["repeated"]) for answer in answers)
    text = json.dumps([ordered, merge(answers)])
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def write_report(path: Path, answers: Sequence[dict[str, Any]]) -> None:
    """The report: the sums by month and category on one sheet, the files and their faults on another."""
    import openpyxl

    report = openpyxl.Workbook(write_only=True)
    sums = report.create_sheet("Sums")
    sums.append(("Month", "Category", "Orders", "Hours", "Amount"))
    for key, (count, hours, cents) in merge(answers).items():
        sums.append((*key.split(" ", 1), count, hours / 100, cents / 100))
    files = report.create_sheet("Files")
    files.append(("File", "Orders", "Blank rows", "Entered twice"))
    for answer in sorted(answers, key=lambda answer: answer["file"]):
        files.append((answer["file"], answer["orders"], answer["blank"], answer["repeated"]))
    report.save(path)


def paths(folder: Path, job: str) -> list[str]:
    """The files of a job, in order."""
    return [str(path) for path in sorted((folder / "business" / job).glob(JOBS[job]))]


def expected(folder: Path, job: str) -> str:
    """The checksum that one process got when the files were generated."""
    return json.loads((folder / "business" / "checksums.json").read_text())[job]


def generate(folder: Path, quick: bool) -> None:
    """Generates both folders, unless the same generator has done so already."""
    business = folder / "business"
    stamp = business / "stamp"
    wanted = hashlib.sha256(Path(__file__).read_bytes() + bytes([quick])).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    shutil.rmtree(business, ignore_errors=True)
    for job in JOBS:
        (business / job).mkdir(parents=True)
    files, sheet_rows, csv_rows = (
        (QUICK_FILES, QUICK_SHEET_ROWS, QUICK_CSV_ROWS) if quick else (FILES, SHEET_ROWS, CSV_ROWS)
    )
    for number in range(files):
        _write_workbook(business / "workbooks" / f"site-{number:02}.xlsx", number, sheet_rows)
        _write_csv(business / "csv" / f"site-{number:02}.csv", number, csv_rows)
    found = {job: checksum([task(path) for path in paths(folder, job)]) for job, task in TASKS.items()}
    (business / "checksums.json").write_text(json.dumps(found))
    stamp.write_text(wanted)


def _write_workbook(path: Path, number: int, rows: int) -> None:
    import openpyxl

    dice = random.Random(f"{SEED} workbook {number}")
    workbook = openpyxl.Workbook(write_only=True)
    for title in SHEETS:
        sheet = workbook.create_sheet(title)
        sheet.append(HEADER)
        for row in dirty_rows(dice, rows, f"{number:02}{title[0]}"):
            sheet.append(row)
    workbook.save(path)


def _write_csv(path: Path, number: int, rows: int) -> None:
    dice = random.Random(f"{SEED} csv {number}")
    with path.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for row in dirty_rows(dice, rows, f"{number:02}"):
            writer.writerow([f"{cell:%Y-%m-%d}" if isinstance(cell, datetime.date) else cell for cell in row])


def dirty_rows(dice: random.Random, count: int, prefix: str) -> Iterator[Sequence[Any]]:
    """Rows as people type them: one in thirty blank, one in twenty an order that was entered before."""
    before: list[Sequence[Any]] = []
    for number in range(count):
        chance = dice.random()
        if chance < 1 / 30:
            yield (None,) * len(HEADER)
        elif chance < 1 / 30 + 1 / 20 and before:
            order, *others = dice.choice(before)
            yield (f" {order.lower()}", *others)
        else:
            before.append(_row(dice, f"WO-{prefix}-{number:05}"))
            yield before[-1]


def _row(dice: random.Random, order: str) -> Sequence[Any]:
    cents = dice.randrange(5_000, 900_000)
    return (
        order,
        f"A-{dice.randrange(400):04}",
        dice.choice((str.lower, str.title, str.upper))(dice.choice(CATEGORIES)) + dice.choice(("", "", " ")),
        _typed_date(dice),
        dice.randrange(2, 80) / 2,
        dice.choice((cents / 100, cents / 100, f"{cents / 100:.2f}", f"{cents / 100:,.2f}", f"EUR {cents / 100:,.2f}")),
        dice.choice(CONTRACTORS),
        dice.choice((None, "see photographs", "to be checked again after the next storm season")),
    )


def _typed_date(dice: random.Random) -> Any:
    day = FIRST_DAY + datetime.timedelta(days=dice.randrange(730))
    as_cell = datetime.datetime(day.year, day.month, day.day)
    texts = [day.strftime(notation) for notation in DATE_NOTATIONS]
    return dice.choice((as_cell, as_cell, (day - EXCEL_EPOCH).days, *texts))
