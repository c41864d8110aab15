"""Footprint: what a framework takes to download and on disk, how much comes with it, and how long its import
takes.

Measured for every lock file, since that is what is installed. The download is the files of the distributions for this
platform, as they came when the environment was made. Installed sizes are the apparent sizes of all files below
``site-packages``, without pip and setuptools, which every environment starts with. The import is timed in
fresh interpreters, from before the import statement until after it, so the start of Python itself is not in
it. Before the first of them the files are dropped from the page cache, as far as the kernel follows the
request, and compiled code stays where it is: cold is cold for the disk, not for the compiler.
"""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from lab.environments import downloaded_bytes, module_of, packages, python_of, site_packages
from lab.experiments.base import FRAMEWORK, REPEAT, Context, Experiment, Row, by, quartile_columns, quartiles
from lab.schema import Column, Table

IMPORTS = 5
INSTALLERS = ("pip", "setuptools", "pkg_resources", "_distutils_hack", "distutils-precedence.pth")
TIMED_IMPORT = "import time; b = time.perf_counter(); import {module}; print(time.perf_counter() - b)"


class Footprint(Experiment):
    """Weighs environments and times imports."""

    name = "footprint"
    block = "footprint"
    subjects = "environments"
    starts = True
    stops = True
    limit_s = 120
    observations = Table(
        "footprint",
        "What an environment takes on disk, and how long its main module takes to import",
        (
            FRAMEWORK,
            REPEAT,
            Column(
                "import",
                "whole",
                "number of the import in the repeat, from 1; the first is cold for the disk",
            ),
            Column("module", "text", "what was imported"),
            Column("import_s", "number", "from before the import until after it"),
            Column("download_mib", "number", "size of the distributions' files"),
            Column("installed_mib", "number", "apparent size of all installed files"),
            Column("distributions", "whole", "number of installed distributions"),
            Column("python", "text", "version of Python"),
            Column("pandas", "text", "version of pandas", optional=True),
            Column("numpy", "text", "version of NumPy", optional=True),
        ),
        key=3,
    )
    summaries = (
        Table(
            "footprint",
            "What an environment takes on disk, and how long its main module takes to import",
            (
                FRAMEWORK,
                Column("download_mib", "number", "size of the distributions' files"),
                Column("installed_mib", "number", "apparent size of all installed files"),
                Column("distributions_count", "whole", "number of installed distributions"),
                *quartile_columns("import_cold", "s", "first import of a repeat"),
                Column("import_cold_n_count", "whole", "number of first imports"),
                *quartile_columns("import_warm", "s", "later imports", optional=True),
                Column("module", "text", "what was imported"),
                Column("python", "text", "version of Python"),
                Column("pandas", "text", "version of pandas", optional=True),
                Column("numpy", "text", "version of NumPy", optional=True),
                Column("n_count", "whole", "number of warm imports"),
            ),
        ),
    )

    def observe(self, subject: Any, context: Context) -> Iterator[Row]:
        """Yields one row an import."""
        python = python_of(subject.lock)
        installed = site_packages(subject.lock)
        versions = packages(subject.lock)
        known = {
            "module": module_of(subject.lock),
            "download_mib": downloaded_bytes(subject.lock) / 2**20,
            "installed_mib": _bytes(installed) / 2**20,
            "distributions": len([name for name in versions if name not in INSTALLERS]),
            "python": platform.python_version(),
            "pandas": versions.get("pandas"),
            "numpy": versions.get("numpy"),
        }
        if not context.quick:
            drop_from_cache(installed)
        for number in range(1, (1 if context.quick else IMPORTS) + 1):
            seconds = float(_output(python, TIMED_IMPORT.format(module=known["module"])))
            yield {"import": number, "import_s": seconds, **known}

    def summarise(self, rows: Sequence[Row]) -> dict[str, list[Row]]:
        """Medians by environment."""
        return {"footprint": [_summary(name, group) for name, group in by(rows, "framework").items()]}


def _files(folder: Path) -> Iterator[Path]:
    for entry in folder.iterdir():
        if not any(entry.name == name or entry.name.startswith(f"{name}-") for name in INSTALLERS):
            yield from (path for path in (entry.rglob("*") if entry.is_dir() else (entry,)) if path.is_file())


def _bytes(folder: Path) -> int:
    return sum(path.lstat().st_size for path in _files(folder))


def drop_from_cache(folder: Path) -> None:
    """Asks the kernel to forget what it holds of the files."""
    for path in _files(folder):
        file = os.open(path, os.O_RDONLY)
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
        os.close(file)


def _output(python: Path, code: str) -> str:
    return subprocess.run([str(python), "-c", code], check=True, stdout=subprocess.PIPE, text=True).stdout


def _summary(framework: str, rows: Sequence[Row]) -> Row:
    cold = [row["import_s"] for row in rows if row["import"] == 1]
    warm = [row["import_s"] for row in rows if row["import"] > 1]
    first = rows[0]
    return {
        "framework": framework,
        **{name: first[name] for name in ("download_mib", "installed_mib")},
        "distributions_count": first["distributions"],
        **quartiles("import_cold", "s", cold),
        "import_cold_n_count": len(cold),
        **quartiles("import_warm", "s", warm),
        **{name: first[name] for name in ("module", "python", "pandas", "numpy")},
        "n_count": len(warm),
    }


EXPERIMENT = Footprint()
