"""Generates what an experiment reads: ``python -m lab.inputs EXPERIMENT FOLDER QUICK``, QUICK being 0 or 1."""

import sys
from pathlib import Path

from lab.experiments import all_experiments

if __name__ == "__main__":
    name, folder, quick = sys.argv[1:]
    all_experiments()[name].inputs(Path(folder), quick == "1")
