"""Why a framework takes no part in a kind of experiment at all: the one place that says so.

A framework is in the lab through its lock file. Which experiments lack it follows from the plan, so that a new adapter
or engine ends its lines in ``not-run.csv`` by itself.
"""

from __future__ import annotations

from lab.environments import all_environments

NO_FRAMEWORK = ("assetutilities", "serial")
"""Locks that hold no framework: a library that is tried beside them, and what the plain loop needs."""
NOT_MADE_FOR = {
    "adapters": ("daft", "duckdb", "modin", "pandas", "polars"),
    "engines": ("celery", "dramatiq", "huey", "joblib", "mpi4py", "parsl", "rq"),
}
"""Frameworks that cannot do what the subjects of a kind are asked for."""
SINCE = {
    "adapters": "it works on tables: no tasks of one's own are submitted to it",
    "engines": "it runs tasks: it has no tables to ask",
}
LIMIT = {
    "adapters": "a limit of the lab: there is no adapter that submits tasks to it",
    "engines": "a limit of the lab: there is no engine that asks it about tables",
}


def frameworks() -> list[str]:
    """Every framework of the lab, by its lock."""
    return [lock for lock in all_environments() if lock not in NO_FRAMEWORK]


def reason(kind: str, framework: str) -> str:
    """Why a framework is no subject of a kind."""
    return (SINCE if framework in NOT_MADE_FOR[kind] else LIMIT)[kind]
