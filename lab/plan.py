"""What a run consists of: blocks, each a framework with the experiments that share its start, in interleaved order."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from lab.environments import TOOLS
from lab.experiments import all_experiments
from lab.experiments.base import Experiment
from lab.subjects import subjects

STRANGERS = {"adapters": "it queries tables, and runs no tasks", "engines": "it runs tasks, and queries no tables"}
"""Why a framework takes no part in an experiment that is put to subjects of this kind, when it is none of them."""
NEITHER = "a limit of the lab: it has neither an adapter that hands tasks to it nor an engine that asks it about tables"
"""Why the framework of an environment that belongs to no adapter and to no engine takes no part in any of these."""
QUICK_BLOCKS = {"adapters": "tasks", "engines": "tables"}
"""By kind of subjects, the block of a quick run that takes in all experiments that leave the framework running."""


@dataclass(frozen=True)
class Block:
    """One start of one framework: what is measured with it, and in which repeat."""

    name: str
    kind: str
    framework: str
    experiments: tuple[str, ...]
    repeat: int

    @property
    def id(self) -> str:
        """Tells this block from all others of a run."""
        return f"{self.repeat}-{self.name}-{self.framework}"

    @property
    def limit_s(self) -> float:
        """Seconds after which it is stopped."""
        return sum(all_experiments()[name].limit_s for name in self.experiments)


@dataclass(frozen=True)
class NotApplicable:
    """An experiment that a framework does not take part in, and why."""

    framework: str
    experiment: str
    reason: str


@dataclass(frozen=True)
class Choice:
    """What the caller wants of a run; an empty choice means all."""

    experiments: Collection[str] = ()
    frameworks: Collection[str] = ()
    repeats: int = 3
    quick: bool = False


def plan(choice: Choice) -> tuple[list[Block], list[NotApplicable]]:
    """The blocks in the order in which they run, never all repeats of one framework in a row; and what has none.

    A quick run, of which several blocks run at a time, begins with those that may take longest, and fills up its end
    with short ones.
    """
    groups: dict[tuple[str, str], list[Experiment]] = {}
    for experiment in all_experiments().values():
        if _wanted(experiment, choice):
            for kind in (experiment.subjects, *experiment.also):
                groups.setdefault((_block(experiment, kind, choice), kind), []).append(experiment)
    blocks, left_out = [], list(_strangers(choice))
    for repeat in range(1, choice.repeats + 1):
        for (name, kind), experiments in groups.items():
            due = [one for one in experiments if one.repeats is None or repeat <= one.repeats]
            for framework in _turned(_chosen(kind, choice), repeat):
                mine = [one for one in due if not (_twice(one, kind, framework) or _spared(one, framework, choice))]
                fit, unfit = _applicable(kind, framework, mine)
                left_out += unfit if repeat == 1 else []
                if fit:
                    blocks.append(Block(name, kind, framework, tuple(one.name for one in fit), repeat))
    if choice.quick:
        blocks.sort(key=lambda block: block.limit_s, reverse=True)
    return blocks, left_out


def _wanted(experiment: Experiment, choice: Choice) -> bool:
    return not choice.experiments or experiment.name in choice.experiments


def _twice(experiment: Experiment, kind: str, framework: str) -> bool:
    """Whether a framework takes part in an experiment already, as a subject of the kind that it is put to first."""
    return kind != experiment.subjects and framework in subjects(experiment.subjects)


def _strangers(choice: Choice) -> Iterator[NotApplicable]:
    """Frameworks of tasks in experiments with tables, the other way round, and those for which the lab has neither."""
    unused = _unused(choice)
    for experiment in all_experiments().values():
        if _wanted(experiment, choice) and experiment.subjects in STRANGERS:
            asked = {name for kind in (experiment.subjects, *experiment.also) for name in subjects(kind)}
            for kind in STRANGERS:
                for name in _chosen(kind, choice):
                    if name not in asked:
                        reason = _own_reason(subjects(kind)[name], experiment)
                        yield NotApplicable(name, experiment.name, reason or STRANGERS[experiment.subjects])
            yield from (NotApplicable(name, experiment.name, NEITHER) for name in unused)


def _unused(choice: Choice) -> list[str]:
    """Environments that belong to no adapter and to no engine."""
    used = {subject.lock for kind in STRANGERS for subject in subjects(kind).values()}
    return [name for name in _chosen("environments", choice) if name not in used]


def _own_reason(subject: Any, experiment: Experiment) -> str | None:
    """Why a subject, by its own word, takes no part in an experiment. Environments say nothing."""
    return getattr(subject, "without", {}).get(experiment.name)


def _spared(experiment: Experiment, framework: str, choice: Choice) -> bool:
    """Whether a quick run leaves an experiment out with a framework, as trying it with another one has to do."""
    return choice.quick and not choice.experiments and experiment.quick_with not in ("", framework)


def _block(experiment: Experiment, kind: str, choice: Choice) -> str:
    """The block's name. A quick run starts a framework once for all experiments that leave it running."""
    own = experiment.also.get(kind, experiment.block)
    return QUICK_BLOCKS.get(kind, own) if choice.quick and not experiment.stops else own


def _chosen(kind: str, choice: Choice) -> list[str]:
    return [name for name in subjects(kind) if not choice.frameworks or name in choice.frameworks]


def _turned(names: list[str], repeat: int) -> list[str]:
    """Another framework begins in each repeat, so that none always follows the same neighbour's mess."""
    if not names:
        return names
    by = (repeat - 1) * 2 % len(names)
    return names[by:] + names[:by]


def _applicable(
    kind: str, framework: str, experiments: list[Experiment]
) -> tuple[list[Experiment], list[NotApplicable]]:
    fit, unfit = [], []
    subject = subjects(kind)[framework]
    for experiment in experiments:
        reason = _own_reason(subject, experiment) or experiment.not_applicable(subject)
        if reason is None:
            fit.append(experiment)
        else:
            unfit.append(NotApplicable(framework, experiment.name, reason))
    return fit, unfit


def needs_index(block: Block) -> bool:
    """Whether a block installs packages."""
    return any(all_experiments()[name].needs_index for name in block.experiments)


def lock_of(block: Block) -> str:
    """The environment that a block runs in."""
    return subjects(block.kind)[block.framework].lock


def locks_of(blocks: Collection[Block]) -> Iterator[str]:
    """The environments that the blocks need, each once."""
    yield from dict.fromkeys(map(lock_of, blocks))
    if any(needs_index(block) for block in blocks):
        yield TOOLS


def programs_of(block: Block) -> tuple[str, ...]:
    """The executables that a block needs besides its environment."""
    return subjects(block.kind)[block.framework].programs
