"""Generates what experiments read: ``python -m lab.inputs FOLDER QUICK EXPERIMENT...``, QUICK being 0 or 1."""

import sys
from pathlib import Path

from lab.experiments import all_experiments

if __name__ == "__main__":
    folder, quick, *names = sys.argv[1:]
    for name in names:
        all_experiments()[name].inputs(Path(folder), quick == "1")
