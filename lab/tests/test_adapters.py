"""Every adapter against the same contract, in the environment of its framework.

Frameworks whose environment is not installed are skipped; ``LAB_FRAMEWORKS`` names the only ones to take.
"""

import json
import os
import shutil
import tempfile
import unittest
from pathlib import Path

from lab.adapters import all_adapters
from lab.environments import ENVIRONMENTS, MADE, python_of
from lab.isolation import Isolated
from lab.tests import contract

LIMIT_S = 240
ONLY = os.environ.get("LAB_FRAMEWORKS", "").split()


class Contract(unittest.TestCase):
    """One test for each adapter, added below."""


def _test_of(name, adapter):
    def test(self):
        if not (ENVIRONMENTS / adapter.lock / MADE).is_file():
            self.skipTest(f"the environment {adapter.lock} is not installed")
        for program in adapter.programs:
            if not shutil.which(program):
                self.skipTest(f"{program} is not installed")
        found, code, log = _run(name, adapter)
        for check in contract.NAMES:
            with self.subTest(check=check):
                self.assertIn(check, found, f"not reached; the log ends with\n{log[-2000:]}")
                self.assertEqual(found[check], "")
        if not any(found.values()):
            self.assertEqual(code, 0, f"the process ended otherwise; the log ends with\n{log[-2000:]}")

    return test


def _run(name, adapter):
    """What was wrong by check, how the process ended, and what the framework said."""
    with tempfile.TemporaryDirectory(prefix="lab-") as made:
        folder = Path(made)
        output, log, scratch = folder / "checks", folder / "log", folder / "s"
        scratch.mkdir()
        block = Isolated(python_of(adapter.lock), "lab.tests.contract", [name, str(output)], scratch, log)
        code = block.wait(LIMIT_S).code
        lines = [json.loads(line) for line in output.read_text().splitlines()] if output.exists() else []
        return {line["check"]: line["wrong"] for line in lines}, code, log.read_text(errors="replace")


for _name, _adapter in all_adapters().items():
    if ONLY and _name not in ONLY:
        continue
    setattr(Contract, f"test_{_name.replace('-', '_')}", _test_of(_name, _adapter))


if __name__ == "__main__":
    unittest.main()
