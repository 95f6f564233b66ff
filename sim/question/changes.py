"""What is set on the day of a fork: levers by their name, numbers of the scenario by their path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import yaml

from sim.addresses import Address, resolve
from sim.blueprint import Blueprint
from sim.errors import nearest, usage_error
from sim.scenario.limits import MODELS, limits
from sim.scenario.spec import Scenario
from sim.study.declared import Value
from sim.study.designs.grid import expand


@dataclass(frozen=True)
class Change:
    """A number of the world that is set: what was typed, and where it stands."""

    name: str
    value: Value
    numbers: tuple[tuple[Address, float], ...]


def read_changes(blueprint: Blueprint, typed: Sequence[str]) -> list[Change]:
    """Changes from ``NAME=VALUE`` words. Raises UsageError, with the nearest name."""
    found: dict[str, Change] = {}
    for word in typed:
        name, mark, text = word.partition("=")
        if not mark or not name or not text:
            raise usage_error(f"'{word}' is not NAME=VALUE", path="set")
        if name in found:
            raise usage_error(f"'{name}' is set twice", path="set")
        found[name] = _change(blueprint, name.removeprefix("scenario."), _value(name, text))
    return list(found.values())


def _value(name: str, text: str) -> Value:
    try:
        value = yaml.safe_load(text)
    except yaml.YAMLError:
        value = None
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise usage_error(f"a number or a word is needed, not '{text[:40]}'", path=f"set {name}")
    return value


def _change(blueprint: Blueprint, name: str, value: Value) -> Change:
    levers = blueprint.scenario.levers
    if name in levers:
        point = expand({name: levers[name]}, {name: [value]})[0]
        return Change(name, point[name], tuple(blueprint.setting(point)))
    if "." not in name:
        near = nearest(name, levers)
        hint = f"did you mean '{near}'?" if near else f"levers: {', '.join(levers)}"
        raise usage_error(f"'{name}' is neither a lever nor a path", path="set", hint=hint)
    addresses = _addresses(blueprint, name)
    if not isinstance(value, int | float):
        raise usage_error(f"a number is needed, not '{value}'", path=f"set {name}")
    low, high = limits(blueprint.scenario, name)
    if not low <= value <= high:
        raise usage_error(f"{value} is outside {low:g} to {high:g}", path=f"set {name}")
    return Change(name, value, tuple((address, float(value)) for address in addresses))


def _addresses(blueprint: Blueprint, path: str) -> list[Address]:
    """Where a path stands; only what a scenario's file may say, so that the world stays whole."""
    levers = blueprint.scenario.levers
    near = nearest(path, levers)
    if near and path.split(".")[0] not in ("params", "treaties", *MODELS):
        fault = f"'{path}' is not a lever of this scenario"
        raise usage_error(fault, path="set", hint=f"did you mean '{near}'?")
    found = resolve(blueprint.names, path)
    group, field = path.split(".")[0], path.split(".")[-1]
    if group in MODELS:
        known = _numbers(blueprint.scenario, group)
        if field not in known:
            fault = f"'{field}' cannot be set on a day: it is no number of the scenario's {group}"
            raise usage_error(fault, path=f"set {path}", hint=_hint(field, known))
    return found


def _numbers(scenario: Scenario, group: str) -> list[str]:
    """Fields of a group that hold a number, not the name of another thing."""
    items: Mapping[str, object] = getattr(scenario, group)
    first = next(iter(items.values()))
    fields = MODELS[group].model_fields
    return [name for name in fields if isinstance(getattr(first, name), int | float)]


def _hint(field: str, known: Sequence[str]) -> str:
    near = nearest(field, known)
    return f"did you mean '{near}'?" if near else f"known: {', '.join(known)}"
