"""What every adapter must do, tried in its framework's environment.

``python -m lab.tests.contract NAME OUTPUT`` writes one JSON line for each check as soon as it is done: its
name, and what was wrong (nothing, when it holds).
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lab import kernels, processes
from lab.adapters.base import Settings, TaskAdapter, Unsupported
from lab.subjects import subjects

WORKERS = 2
END_LIMIT_S = 15
ARRAY_BYTES = 1_000_000
# Python's resource trackers, and the launcher that MPICH starts for a program that has none.
END_WITH_CALLER = ("resource_tracker", "mpiexec -pmi_args", "hydra_pmi_proxy")


def a_task_gives_its_result(adapter: TaskAdapter) -> None:
    assert adapter.result(adapter.submit(kernels.echo, 7)) == 7
    assert adapter.result(adapter.submit(kernels.nothing)) is None


def map_keeps_the_order(adapter: TaskAdapter) -> None:
    assert adapter.map(kernels.echo, range(30)) == list(range(30))


def batches_equal_single_tasks(adapter: TaskAdapter) -> None:
    if adapter.batching:
        assert adapter.map_batched(kernels.echo, range(30)) == list(range(30))
        return
    try:
        adapter.map_batched(kernels.echo, range(30))
    except Unsupported:
        return
    raise AssertionError("batches are not named, but taken")


def an_array_returns_whole(adapter: TaskAdapter) -> None:
    array = _array()
    back = adapter.result(adapter.submit(kernels.echo, array))
    assert back.dtype == array.dtype
    assert (back == array).all()


def a_shared_value_equals_a_passed_one(adapter: TaskAdapter) -> None:
    array = _array()
    shared = adapter.share(array)
    handles = [adapter.submit(kernels.weigh, shared, task) for task in range(5)]
    answers = [adapter.result(handle) for handle in handles]
    assert answers == [adapter.result(adapter.submit(kernels.weigh, array, 0))] * 5


def steps_complete(adapter: TaskAdapter) -> None:
    adapter.steps(kernels.work, 4, 3, 10)


def an_exchange_moves_every_part(adapter: TaskAdapter) -> None:
    size, blocks = 24_000, 2
    last_of_parts = [(part + 1) * size // 8 // blocks - 1 for part in range(blocks)]
    assert adapter.exchange(size, blocks) == blocks * sum(last_of_parts)


def workers_are_other_processes(adapter: TaskAdapter) -> None:
    workers = set(adapter.worker_processes())
    assert workers, "no workers"
    assert os.getpid() not in workers, "the caller is among the workers"
    assert workers <= {process.pid for process in processes.processes()}, "a worker is not alive"


def the_coordinator_is_another_process(adapter: TaskAdapter) -> None:
    coordinators = set(adapter.coordinator_processes())
    assert os.getpid() not in coordinators, "the caller is the coordinator"
    assert coordinators <= {process.pid for process in processes.processes()}, "a coordinator is not alive"


def an_exception_reaches_the_caller(adapter: TaskAdapter) -> None:
    try:
        adapter.result(adapter.submit(kernels.weigh, []))
    except Exception as error:
        assert not isinstance(error, TimeoutError), "only the time ran out"
        return
    raise AssertionError("nothing was raised")


def tasks_run_after_an_exception(adapter: TaskAdapter) -> None:
    assert adapter.result(adapter.submit(kernels.echo, 8)) == 8


CHECKS: tuple[Callable[[TaskAdapter], None], ...] = (
    a_task_gives_its_result,
    map_keeps_the_order,
    batches_equal_single_tasks,
    an_array_returns_whole,
    a_shared_value_equals_a_passed_one,
    steps_complete,
    an_exchange_moves_every_part,
    workers_are_other_processes,
    the_coordinator_is_another_process,
    an_exception_reaches_the_caller,
    tasks_run_after_an_exception,
)
NAMES = ("start", *(check.__name__ for check in CHECKS), "stop", "nothing_is_left")


def main(name: str, output: str) -> int:
    """Tries everything; later checks are left out when the start fails."""
    adapter = subjects("adapters")[name]()
    with Path(output).open("a") as file, tempfile.TemporaryDirectory() as scratch:
        done: list[bool] = []

        @contextmanager
        def check(name: str) -> Iterator[None]:
            wrong = ""
            try:
                yield
            except Unsupported:
                pass
            except Exception:
                wrong = traceback.format_exc()
            file.write(json.dumps({"check": name, "wrong": wrong}) + "\n")
            file.flush()
            done.append(not wrong)

        with check("start"):
            adapter.start(Settings(WORKERS, Path(scratch)))
        if not all(done):
            return 1
        for function in CHECKS:
            with check(function.__name__):
                function(adapter)
        with check("stop"):
            adapter.stop()
        with check("nothing_is_left"):
            _await_end()
    return 0 if all(done) else 1


def _array() -> object:
    import numpy

    return numpy.random.default_rng(1).random(ARRAY_BYTES // 8)


def _await_end() -> None:
    deadline = time.monotonic() + END_LIMIT_S
    while left := _left():
        assert time.monotonic() < deadline, f"left: {left}"
        time.sleep(0.05)


def _left() -> list[str]:
    below = [found for found in processes.descendants(os.getppid()) if found.pid != os.getpid()]
    return [found.command for found in below if not any(word in found.command for word in END_WITH_CALLER)]


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
