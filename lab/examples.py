"""Runs the Python examples of the content that are marked ``run``, each in its framework's environment.

What each printed is written to ``data/examples.json`` of its category, with the line, the hash of the code and the
date, so that the page can show it and anybody can see that it was this code. An example that fails, or that does not
end in time, fails the command, and its old record is dropped.
"""

from __future__ import annotations

import hashlib
import json
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from lab import environments
from lab.adapters import all_adapters
from lab.engines import all_engines
from lab.isolation import Isolated, last_line

CONTENT = Path(__file__).resolve().parent.parent / "content"
LIMIT_S = 180
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})(.*)")
PLAIN = "pandas"


@dataclass(frozen=True)
class Example:
    """One fenced block: where it stands, and its code with the line break at its end."""

    path: Path
    line: int
    code: str

    @property
    def lock(self) -> str:
        """The environment of the framework that its page is about, or one with pandas."""
        known = {**all_engines(), **all_adapters()}
        subject = known.get(self.path.stem)
        return subject.lock if subject else self.path.stem if self._has_lock() else PLAIN

    def _has_lock(self) -> bool:
        return (environments.LOCKS / f"{self.path.stem}.txt").is_file()


def find(content: Path) -> list[Example]:
    """Every Python block marked ``run`` in a folder of Markdown, in the order of files and lines."""
    return [example for path in sorted(content.rglob("*.md")) for example in _in_file(path)]


def _in_file(path: Path) -> Iterator[Example]:
    fence, info, begun, code = "", "", 0, []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        found = FENCE.fullmatch(line)
        if not fence and found and not ("`" in found[2] and found[1][0] == "`"):
            fence, info, begun, code = found[1], found[2].strip(), number, []
        elif fence and found and found[1].startswith(fence) and not found[2].strip():
            if is_run(info):
                yield Example(path, begun, "".join(f"{text}\n" for text in code))
            fence = ""
        elif fence:
            code.append(line)


def is_run(info: str) -> bool:
    """Whether a fence's words say that it is Python to be run; words in quotes do not count."""
    words = re.sub(r'"[^"]*"', "", info).split()
    return bool(words) and words[0] in ("python", "py") and "run" in words[1:]


def run_all(content: Path) -> Iterator[str]:
    """Runs every example, writes the records, and yields a line for each failure."""
    records: dict[Path, dict[str, list[dict[str, str | int]]]] = {}
    for example in find(content):
        printed, failure = _run(example)
        where = example.path.relative_to(content)
        print(f"{where}:{example.line}: {'failed' if failure else 'ok'}", flush=True)
        category = records.setdefault(content / where.parts[0], {})
        if failure:
            yield f"{where}:{example.line}: {failure}"
            continue
        category.setdefault(str(where), []).append(
            {
                "line": example.line,
                "sha256": hashlib.sha256(example.code.encode()).hexdigest(),
                "stdout": printed,
                "date": datetime.now(UTC).strftime("%Y-%m-%d"),
            }
        )
    for category, runs in records.items():
        if category.is_dir():
            (category / "data").mkdir(exist_ok=True)
            (category / "data" / "examples.json").write_text(json.dumps(runs, indent=2, ensure_ascii=False) + "\n")


def _run(example: Example) -> tuple[str, str]:
    """What it printed, and what went wrong."""
    with tempfile.TemporaryDirectory(prefix="lab", ignore_cleanup_errors=True) as made:
        scratch = Path(made)
        script, printed, log = scratch / "example.py", scratch / "printed", scratch / "log"
        script.write_text(example.code)
        python = environments.ensure(example.lock)
        ended = Isolated(python, "lab.example", [str(script), str(printed)], scratch, log).wait(LIMIT_S)
        if ended.code is None:
            return "", f"did not end within {LIMIT_S} s"
        if ended.code:
            return "", last_line(log) or f"ended with {ended.code}"
        return printed.read_text(), ""
