"""The lab's commands: ``python -m lab run | report | verify | summarise | agree | examples``."""

from __future__ import annotations

import argparse
import os
import shlex
import shutil
import signal
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from lab import environments
from lab import examples as examples_of
from lab.agreement import AGREEMENT, Folder, agreement, in_words
from lab.experiments import all_experiments
from lab.inputs import InputsFailed, generate
from lab.isolation import unshare
from lab.plan import Block, Choice, NotApplicable, lock_of, locks_of, plan
from lab.publish import CONTENT, publish, summarise
from lab.report import report
from lab.run import RUNS, Run
from lab.subjects import KINDS, subjects
from lab.verify import verify

INPUTS = RUNS / "inputs"


def main(arguments: list[str]) -> int:
    """Runs a command; 0 fine, 1 something failed, 2 wrong usage."""
    options = _parser().parse_args(arguments)
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.default_int_handler)
    try:
        return options.command(options)
    except KeyboardInterrupt:
        print("\nInterrupted. Nothing is left running.", *_how_to_go_on(arguments), file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Who reads has enough; what is left in the buffer has to go somewhere at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _how_to_go_on(arguments: list[str]) -> Iterator[str]:
    """Only a run can be resumed."""
    if arguments[0] == "run":
        again = [word for word in arguments if word != "--resume"]
        yield "Go on with: " + shlex.join(["python3", "-m", "lab", *again, "--resume"])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m lab", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    run = commands.add_parser("run", help="measure, and write the data files")
    run.add_argument("--only", nargs="+", default=(), metavar="EXPERIMENT", choices=tuple(all_experiments()))
    frameworks = tuple(dict.fromkeys(name for kind in KINDS for name in subjects(kind)))
    run.add_argument("--frameworks", nargs="+", default=(), metavar="NAME", choices=frameworks)
    run.add_argument("--repeats", type=int, default=3)
    run.add_argument("--quick", action="store_true", help="as little as shows that everything works")
    run.add_argument("--resume", action="store_true", help="go on with a run that was interrupted")
    run.add_argument("--name", help="name of the run's folder, where its data stays then", default=None)
    run.set_defaults(command=_run)
    reading = (
        ("report", _report, "print the tables"),
        ("verify", _verify, "check the data files"),
        ("summarise", _summarise, "work out the summaries again from the observations"),
    )
    for name, command, says in reading:
        of_data = commands.add_parser(name, help=says)
        of_data.add_argument("--data", type=Path, default=CONTENT, help="folder of the data files")
        of_data.set_defaults(command=command)
    agree = commands.add_parser("agree", help="say whether a second run agrees with the published one")
    agree.add_argument("other", type=Path, metavar="OTHER", help="folder of the second run's data files")
    agree.add_argument("--data", type=Path, default=CONTENT, help="folder of the published data files")
    agree.add_argument("--write", action="store_true", help=f"write {AGREEMENT.name}.csv beside the published data")
    agree.set_defaults(command=_agree)
    examples = commands.add_parser("examples", help="run the examples of the content that are marked 'run'")
    examples.add_argument("--content", type=Path, default=examples_of.CONTENT, help="folder of the content")
    examples.set_defaults(command=_examples)
    return parser


def _run(options: argparse.Namespace) -> int:
    part = bool(options.only or options.frameworks or options.quick)
    name = options.name or ("quick" if options.quick else "part" if part else "complete")
    choice = Choice(options.only, options.frameworks, 1 if options.quick else options.repeats, options.quick)
    blocks, left_out = plan(choice)
    if options.quick and not options.only:
        for line in _spared():
            print(line)
    if not unshare():
        print("Namespaces are not permitted here: blocks run as process groups, and share the machine's ports.")
    inputs = INPUTS / ("quick" if options.quick else "full")
    try:
        failures = _prepare(blocks, inputs, options.quick)
    except (environments.EnvironmentFailed, InputsFailed) as failed:
        print(failed, file=sys.stderr)
        return 1
    try:
        run = Run(name, options.quick) if options.resume else Run.begin(name, options.quick)
    except ValueError as wrong:
        print(wrong, file=sys.stderr)
        return 2
    fit = [block for block in blocks if lock_of(block) not in failures]
    run.go_on(fit, inputs, _tell)
    folder = run.folder / "data" if part or options.name else CONTENT
    publish(run, [*left_out, *_without_environment(blocks, failures)], folder)
    bad = [outcome for outcome in run.kept() if outcome.outcome != "ok"]
    for outcome in bad:
        _tell(f"{outcome.block}: {outcome.outcome} ({outcome.reason})")
    print(f"\nData files are in {folder}")
    return 1 if bad else 0


def _spared() -> Iterator[str]:
    for name, experiment in all_experiments().items():
        if experiment.quick_with:
            yield f"A quick run tries {name} with {experiment.quick_with} only. Name it with --only to try it with all."


def _prepare(blocks: list[Block], inputs: Path, quick: bool) -> dict[str, str]:
    """Makes environments and inputs; says why those environments are missing that could not be made."""
    failures = {}
    for lock in locks_of(blocks):
        print(f"Environment {lock}", flush=True)
        try:
            environments.ensure(lock)
        except environments.EnvironmentFailed as failed:
            print(f"  left out: {failed}")
            failures[lock] = str(failed)
    generate(inputs, quick, dict.fromkeys(name for block in blocks for name in block.experiments))
    return failures


def _without_environment(blocks: list[Block], failures: Mapping[str, str]) -> Iterator[NotApplicable]:
    """What is not measured since its environment could not be made, and why not."""
    for block in blocks:
        if (lock := lock_of(block)) in failures:
            for experiment in block.experiments:
                yield NotApplicable(block.framework, experiment, failures[lock])


def _tell(line: str) -> None:
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else len(line)
    print(line[:width], flush=True)


def _report(options: argparse.Namespace) -> int:
    for line in report(options.data):
        print(line)
    return 0


def _verify(options: argparse.Namespace) -> int:
    problems = verify(options.data)
    for problem in problems:
        print(problem, file=sys.stderr)
    print(f"{len(problems)} problems" if problems else "Every data file is whole.")
    return 1 if problems else 0


def _summarise(options: argparse.Namespace) -> int:
    summarise(options.data)
    print(f"Summaries are in {options.data}")
    return 0


def _agree(options: argparse.Namespace) -> int:
    try:
        published, second = Folder(options.data), Folder(options.other)
    except (OSError, ValueError) as wrong:
        print(wrong, file=sys.stderr)
        return 2
    rows, disagreements = agreement(published, second)
    for said in (published, second, *map(in_words, rows), *disagreements):
        print(said)
    if options.write:
        AGREEMENT.write(AGREEMENT.file_in(options.data), rows)
    print(f"The runs disagree in {len(disagreements)} places." if disagreements else "The runs agree.")
    return 1 if disagreements else 0


def _examples(options: argparse.Namespace) -> int:
    failures = list(examples_of.run_all(options.content))
    for failure in failures:
        print(failure, file=sys.stderr)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
