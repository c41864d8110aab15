"""Runs one block in the framework's environment: ``python -m lab.driver BLOCK``, BLOCK being a JSON file.

Writes one JSON line for each observation to the block's output as soon as it is made, so that what was measured
before a failure is kept.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from dataclasses import replace
from pathlib import Path
from typing import Any

from lab.adapters.base import Settings, Unsupported
from lab.experiments import all_experiments
from lab.experiments.base import Context
from lab.subjects import subjects

QUICK_JAVA = (
    "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:MetaspaceSize=256m "
    "-XX:+UnlockDiagnosticVMOptions -XX:-BytecodeVerificationRemote"
)
"""Java starts sooner without the compiler and the collector that are meant for programs that run long, without
collections while it loads classes, and without verifying their bytecode.
"""


def main(block_file: str) -> int:
    """Runs the block; 0 when everything was measured."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    block = json.loads(Path(block_file).read_text())
    with Path(block["output"]).open("a") as output:

        def write(**line: Any) -> None:
            output.write(json.dumps(line) + "\n")
            output.flush()

        try:
            _run(block, write)
        except Unsupported as reason:
            write(failed=str(reason))
            return 1
        except BaseException as error:
            write(failed=f"{type(error).__name__}: {error}".splitlines()[0], trace=traceback.format_exc())
            return 1
    return 0


def _run(block: dict[str, Any], write: Any) -> None:
    if block["quick"]:
        os.environ["JAVA_TOOL_OPTIONS"] = QUICK_JAVA
    subject = subjects(block["kind"])[block["framework"]]()
    context = Context(
        settings=Settings(workers=block["workers"], scratch=Path(block["scratch"])),
        repeat=block["repeat"],
        launched_s=block["launched_s"],
        iterations_per_ms=block["iterations_per_ms"],
        inputs=Path(block["inputs"]),
        quick=block["quick"],
    )
    write(version=subject.version())
    running = False
    for name in block["experiments"]:
        experiment = all_experiments()[name]
        if not running and not experiment.starts:
            subject.start(context.settings)
            running = True
        for row in experiment.observe(subject, replace(context, running=running)):
            write(experiment=name, row=row)
        running = running or (experiment.starts and not experiment.stops)
    if running:
        subject.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
