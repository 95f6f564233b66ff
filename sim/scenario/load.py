"""Read a scenario: file, parts, changes, then every check, with all problems at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any, cast

from pydantic import ValidationError

from sim.errors import Problem, UsageError, usage_error
from sim.rules.parameters import declared
from sim.scenario.check import problems_of
from sim.scenario.faults import translate
from sim.scenario.places import named_file, part_file
from sim.scenario.safe_yaml import read_yaml
from sim.scenario.sources import UNSOURCED
from sim.scenario.spec import Scenario
from sim.scenario.yaml_dialect import SCALARS

Tree = dict[str, Any]
GIVEN = {
    "name": "a scenario is named by its file",
    "file": "a scenario is named by its file",
    "by_hand": "numbers are set by hand with scenario.PATH=VALUE",
}
"""What no scenario's file says itself, with why."""


def load_scenario(name: str, changes: Mapping[str, object] | None = None) -> Scenario:
    """The checked scenario of that name or file, with `changes` by dotted path.

    Raises UsageError with every problem found, and runs nothing that the file holds.
    """
    file = named_file("scenario", name)
    tree = assemble(read_yaml(file), str(file))
    by_hand: list[str] = []
    for path, value in (changes or {}).items():
        change(tree, path, value)
        by_hand += settle(tree, path)
    if "end" in (changes or {}):
        shorten(tree)
    problems = [
        Problem(str(file), key, f"unknown key '{key}'", hint)
        for key, hint in GIVEN.items()
        if tree.pop(key, None) is not None
    ]
    try:
        scenario = validated({**tree, "by_hand": by_hand}, file.stem, str(file))
        problems += problems_of(scenario, tree)
    except ValidationError as error:
        problems += translate(error, str(file), Scenario) + beyond(error, tree, str(file))
    if problems:
        raise UsageError(_typed(problem, changes or {}) for problem in problems)
    return scenario


def validated(tree: Tree, name: str, file: str) -> Scenario:
    """The scenario of a tree; nothing is taken for a number or a date that is not one."""
    return Scenario.model_validate({**_frozen(tree), "name": name, "file": file}, strict=True)


def _frozen(value: Any) -> Any:
    """Lists as tuples, all the way down."""
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def _typed(problem: Problem, changes: Mapping[str, object]) -> Problem:
    """A problem of a changed value is one of the command line."""
    for path in changes:
        if problem.path == path or problem.path.startswith(f"{path}."):
            return replace(problem, file="command line", path=f"scenario.{problem.path}")
    return problem


def assemble(tree: Tree, file: str) -> Tree:
    """Replace each `from: group/name` by that part, under what the scenario says itself."""
    whole = deepcopy(tree)
    sources: Tree = {}
    for group in ("states", "ladders", "treaties"):
        found = whole.get(group)
        items: Tree = found if isinstance(found, dict) else {}
        for name, item in items.items():
            if isinstance(item, dict) and isinstance(item.get("from"), str):
                path = f"{group}.{name}"
                part = read_yaml(part_file(item.pop("from"), file, path))
                for key, source in cast(Tree, part.pop("sources", {})).items():
                    sources[f"{path}.{key}"] = source
                items[name] = merged(part, item)
    declare(whole)
    own = whole.get("sources")
    if sources and isinstance(own, dict | None):
        whole["sources"] = sources | (own or {})
    return whole


def declare(tree: Tree) -> None:
    """Give each uncertainty of `type: declared` the law and range of its parameter."""
    priors = tree.get("uncertainties")
    for prior in priors.values() if isinstance(priors, dict) else ():
        if not isinstance(prior, dict) or prior.get("type") != "declared":
            continue
        group, _, name = str(prior.get("path")).partition(".")
        parameter = declared().get(name) if group == "params" else None
        if parameter is None or parameter.law == "none":
            continue
        prior |= {"type": parameter.law, "low": parameter.low, "high": parameter.high}
        if parameter.law == "triangular":
            prior["mode"] = parameter.default


def merged(below: Tree, above: Tree) -> Tree:
    """`above` over `below`, mapping by mapping."""
    whole = dict(below)
    for key, value in above.items():
        under = whole.get(key)
        both = isinstance(value, dict) and isinstance(under, dict)
        whole[key] = merged(cast(Tree, under), value) if both else value
    return whole


def change(tree: Tree, path: str, value: object) -> None:
    """Set the value at a dotted path; the source of a changed number is the command."""
    place = tree
    name, rest = _step(place, path.split("."))
    while rest:
        if not isinstance(place.get(name), dict):
            place[name] = {}
        place = place[name]
        name, rest = _step(place, rest)
    place[name] = _dated(path, value)
    sources = tree.setdefault("sources", {})
    if isinstance(sources, dict) and not path.startswith("sources"):
        sources[path] = "assumption: set on the command line"


def settle(tree: Tree, path: str) -> list[str]:
    """A number that is set by hand is no longer drawn: leave out the uncertainty about it.

    Returns the names of those left out.
    """
    priors, sources = tree.get("uncertainties"), tree.get("sources")
    settled: list[str] = []
    if not isinstance(priors, dict):
        return settled
    for name, prior in list(priors.items()):
        if isinstance(prior, dict) and prior.get("path") == path:
            del priors[name]
            settled.append(str(name))
            if isinstance(sources, dict):
                sources.pop(f"uncertainties.{name}", None)
    return settled


def shorten(tree: Tree) -> None:
    """Leave out the dated events of a scenario that a new end comes before."""
    end, calendar, sources = (tree.get(name) for name in ("end", "calendar", "sources"))
    if not (isinstance(end, date) and isinstance(calendar, dict) and isinstance(sources, dict)):
        return
    for name, entry in list(calendar.items()):
        day = entry.get("date") if isinstance(entry, dict) else None
        if isinstance(day, date) and day >= end:
            del calendar[name]
            for path in [path for path in sources if f"{path}.".startswith(f"calendar.{name}.")]:
                del sources[path]


def _step(place: Tree, parts: list[str]) -> tuple[str, list[str]]:
    """The next key of a path and what is left of it; a lever's name holds dots itself."""
    for end in range(len(parts), 0, -1):
        name = ".".join(parts[:end])
        if name in place:
            return name, parts[end:]
    return parts[0], parts[1:]


def _dated(path: str, value: object) -> object:
    """Text that looks like a date is one, as in a file."""
    form = SCALARS["date"]
    if not isinstance(value, str) or not re.fullmatch(form.pattern, value):
        return value
    try:
        return form.convert(value)
    except ValueError as error:
        fault = f"{value} {error}"
        raise usage_error(fault, file="command line", path=f"scenario.{path}") from None


def beyond(error: ValidationError, tree: Tree, file: str) -> list[Problem]:
    """Problems of what is left when all that has the wrong form is cut away."""
    rest, gone = deepcopy(tree), set[tuple[str, ...]]()
    while True:
        faulty = {_reach(rest, fault["loc"]) for fault in error.errors()}
        if () in faulty:
            return []
        for path in faulty:
            _cut(rest, path)
        gone |= faulty
        try:
            scenario = validated(rest, "rest", file)
        except ValidationError as again:
            error = again
        else:
            found = problems_of(scenario, rest)
            kept = [problem for problem in found if not _follows(problem, gone)]
            return [replace(p, hint="") if p.hint.startswith("known: ") else p for p in kept]


def _reach(tree: Tree, location: Iterable[int | str]) -> tuple[str, ...]:
    """How far a location leads into the tree."""
    place: Any = tree
    path: list[str] = []
    for part in location:
        if not isinstance(place, dict) or part not in place:
            break
        path.append(str(part))
        place = place[part]
    return tuple(path)


def _cut(tree: Tree, path: Iterable[str]) -> None:
    *parents, last = path
    for name in parents:
        tree = tree.get(name, {})
    tree.pop(last, None)


def _follows(problem: Problem, gone: set[tuple[str, ...]]) -> bool:
    """Whether a problem is there only because something was cut away."""
    if ("sources",) in gone and problem.fault == UNSOURCED:
        return True
    place = problem.path.removeprefix("sources.") + "."
    cut = ["".join(f"{name}." for name in path).removeprefix("sources.") for path in gone]
    near = any(path and (place.startswith(path) or path.startswith(place)) for path in cut)
    return near or any(f"'{path[-1]}'" in problem.fault for path in gone)
