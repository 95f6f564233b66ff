"""Read an exercise: form, names and arms checked, with all problems at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from sim.blueprint import Blueprint, draft
from sim.errors import Problem, UsageError, nearest
from sim.exercises.spec import Exercise, Setting, Value
from sim.outcomes import OUTCOMES
from sim.scenario.faults import translate
from sim.scenario.levers import Lever
from sim.scenario.load import load_scenario
from sim.scenario.places import known, named_file
from sim.scenario.safe_yaml import read_yaml
from sim.study.designs.grid import expand

Fault = tuple[str, str, str]


@dataclass(frozen=True)
class Ready:
    """An arm made ready to run: its first morning and its levers."""

    blueprint: Blueprint
    point: dict[str, Value]


def names() -> list[str]:
    """The exercises that come with the program, in their order."""
    return sorted(known("exercise"), key=lambda name: load_exercise(name).number)


def load_exercise(name: str) -> Exercise:
    """The checked exercise. Raises UsageError with every problem; runs nothing of the file."""
    file = named_file("exercise", name)
    tree = read_yaml(file)
    try:
        exercise = Exercise.model_validate(_frozen(tree), strict=True)
    except ValidationError as error:
        raise UsageError(translate(error, str(file), Exercise)) from None
    problems = [Problem(str(file), *fault) for fault in faults(exercise)]
    if problems:
        raise UsageError(problems)
    return exercise


def _frozen(value: object) -> object:
    """Lists as tuples, all the way down."""
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def faults(exercise: Exercise) -> Iterator[Fault]:
    """Names that nothing has: outcomes, measures, arms."""
    for name, measure in exercise.measures.items():
        for outcome in measure.outcomes:
            known_outcomes = [one.name for one in OUTCOMES]
            yield from _unknown(f"measures.{name}.outcomes", outcome, "outcome", known_outcomes)
    for name, guess in exercise.predict.items():
        yield from _unknown(f"predict.{name}.measure", guess.measure, "measure", exercise.measures)
        yield from _unknown(f"predict.{name}.arm", guess.arm, "arm", exercise.arms)
    for name, question in exercise.questions.items():
        path = f"questions.{name}"
        if question.measure is not None:
            yield from _unknown(f"{path}.measure", question.measure, "measure", exercise.measures)
        for arm in question.arms:
            yield from _unknown(f"{path}.arms", arm, "arm", exercise.arms)


def _unknown(path: str, name: str, what: str, options: Iterable[str]) -> Iterator[Fault]:
    listed = list(options)
    if name not in listed:
        near = nearest(name, listed)
        yield path, f"there is no {what} '{name}'", f"did you mean '{near}'?" if near else ""


def ready(
    exercise: Exercise,
    arm: str,
    settings: Mapping[str, Setting],
    scenario: str,
    levers: Mapping[str, Lever],
) -> Ready:
    """An arm of a scenario with further settings: a lever by name, else a path.

    The arm's own settings win over `settings`. Raises UsageError with every fault of a setting.
    """
    chosen = exercise.arms[arm]
    values: dict[str, list[object]] = {}
    changes: dict[str, object] = dict(exercise.given)
    for name, value in {**settings, **chosen.levers, **chosen.changes}.items():
        if name in levers:
            values[name] = [value]
        else:
            changes[name] = list(value) if isinstance(value, tuple) else value
    point = expand(levers, values)[0]
    return Ready(draft(load_scenario(scenario, changes)), point)
