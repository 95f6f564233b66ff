"""Read a scenario: file, parts, changes, then every check, with all problems at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from copy import deepcopy
from datetime import date
from typing import Any, cast

from pydantic import BaseModel, ValidationError

from sim.errors import Problem, UsageError, nearest
from sim.scenario.check import problems_of
from sim.scenario.places import part_file, scenario_file
from sim.scenario.safe_yaml import read_yaml
from sim.scenario.spec import Scenario

Tree = dict[str, Any]


def load_scenario(name: str, changes: Mapping[str, object] | None = None) -> Scenario:
    """The checked scenario of that name or file, with `changes` by dotted path.

    Raises UsageError with every problem found, and runs nothing that the file holds.
    """
    file = scenario_file(name)
    tree = assemble(read_yaml(file), str(file))
    for path, value in (changes or {}).items():
        change(tree, path, value)
    stem = file.stem
    try:
        scenario = Scenario(**{**tree, "name": stem, "file": str(file)})
    except ValidationError as error:
        raise UsageError(_translate(error, str(file))) from None
    problems = problems_of(scenario, tree)
    if problems:
        raise UsageError(problems)
    return scenario


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
    own = whole.get("sources")
    if sources and isinstance(own, dict | None):
        whole["sources"] = sources | (own or {})
    return whole


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
    *parents, last = path.split(".")
    place = tree
    for name in parents:
        if not isinstance(place.get(name), dict):
            place[name] = {}
        place = place[name]
    if isinstance(value, str) and isinstance(place.get(last), date):
        with suppress(ValueError):
            value = date.fromisoformat(value)
    place[last] = value
    tree.setdefault("sources", {})[path] = "assumption: set on the command line"


def _translate(error: ValidationError, file: str) -> list[Problem]:
    """Pydantic's errors as problems with a dotted path and the nearest right name."""
    problems = []
    for fault in error.errors():
        path = ".".join(str(part) for part in fault["loc"])
        if fault["type"] == "extra_forbidden":
            key = str(fault["loc"][-1])
            near = nearest(key, _fields_beside(fault["loc"]))
            hint = f"did you mean '{near}'?" if near else ""
            problems.append(Problem(file, path, f"unknown key '{key}'", hint))
        elif fault["type"] == "missing":
            problems.append(Problem(file, path, "is missing"))
        else:
            said = fault["msg"][0].lower() + fault["msg"][1:]
            problems.append(Problem(file, path, f"{said}, not {_shown(fault['input'])}"))
    return problems


def _shown(value: object) -> str:
    text = repr(value) if isinstance(value, str | int | float) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _fields_beside(location: Iterable[int | str]) -> list[str]:
    """Names of the keys that the spec allows at a place, itself left out."""
    model: Any = Scenario
    for part in list(location)[:-1]:
        if isinstance(model, type) and issubclass(model, BaseModel):
            field = model.model_fields.get(str(part))
            model = None if field is None else field.annotation
        else:
            model = getattr(model, "__args__", (None, None))[-1]
        model = _inner(model)
    known = isinstance(model, type) and issubclass(model, BaseModel)
    return list(model.model_fields) if known else []


def _inner(kind: Any) -> Any:
    """The model in `Model | None` or `Annotated[...]`."""
    arguments = getattr(kind, "__args__", ())
    models = [a for a in arguments if isinstance(a, type) and issubclass(a, BaseModel)]
    return models[0] if len(models) == 1 and getattr(kind, "__origin__", None) is not dict else kind
