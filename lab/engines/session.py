"""Answers queries for one engine: ``python -m lab.engines.session ENGINE WORKERS SCRATCH INPUTS ADDRESS``.

A process of its own for each, so that a query which dies takes no other with it. Reads a line for each query,
with its size and its name, and writes a line of JSON for each: how long it took and what came of it. The
first line says that the engine is ready.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from lab.adapters.base import Settings, Unsupported
from lab.engines import all_engines
from lab.workloads import orders

OUT_OF_MEMORY = "out of memory"
WRONG = "wrong answer"
SIGNS_OF_IT = (
    "memoryerror",
    "killedworker",
    "outofmemory",
    OUT_OF_MEMORY,
    "java heap space",
    "objectstorefull",
)


def main(engine: str, workers: str, scratch: str, inputs: str, address: str) -> int:
    """Serves until there are no more queries."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", buffering=1)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    subject = all_engines()[engine]()
    subject.start(Settings(workers=int(workers), scratch=Path(scratch), address=address))
    answers.write("ready\n")
    for line in sys.stdin:
        size, query = line.split()
        answers.write(json.dumps(ask(subject, Path(inputs), size, query)) + "\n")
    subject.stop()
    return 0


def ask(subject: Any, inputs: Path, size: str, query: str) -> dict[str, Any]:
    """How long a query took, and what came of it."""
    tables = [inputs / f"orders-{size}", *([inputs / "customers"] if query == "join" else [])]
    begun = time.perf_counter()
    try:
        found = getattr(subject, query)(*tables)
    except Exception as error:
        return {"elapsed_s": time.perf_counter() - begun, "outcome": outcome_of(error)}
    elapsed = time.perf_counter() - begun
    right = orders.agree(found, orders.answer(inputs, size, query))
    return {"elapsed_s": elapsed, "outcome": "ok" if right else WRONG}


def outcome_of(error: BaseException) -> str:
    """What came of a query that raised. Engines say in many ways that memory was short."""
    if isinstance(error, Unsupported):
        return f"not offered: {error}"
    text = f"{type(error).__name__}: {error}"
    if any(sign in text.lower() for sign in SIGNS_OF_IT):
        return OUT_OF_MEMORY
    return f"failed: {text}".splitlines()[0][:200]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
