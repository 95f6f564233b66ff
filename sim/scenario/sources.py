"""Every number has its source, and every source its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Literal

from sim.errors import nearest
from sim.scenario.spec import Scenario

Fault = tuple[str, str, str]
Kind = Literal["source", "memory", "assumption"]
UNSOURCED = "a number without a source"


def missing(sources: Mapping[str, str], tree: Mapping[str, Any]) -> Iterator[Fault]:
    """Numbers without a source at their own path or at one above it."""
    for path in _numbers(tree):
        if not source_of(sources, path):
            yield path, UNSOURCED, f"add sources: {{{path}: …}} or 'assumption'"


def cited(sources: Mapping[str, str], tree: Mapping[str, Any]) -> dict[str, str]:
    """The source of each number by its path."""
    return {path: source_of(sources, path) for path in _numbers(tree)}


def source_of(sources: Mapping[str, str], path: str) -> str:
    """The source at a path, else at the nearest one above it; empty when there is none."""
    parts = path.split(".")
    above = (".".join(parts[:end]) for end in range(len(parts), 0, -1))
    return next((found for place in above if (found := sources.get(place, "").strip())), "")


def kind_of(source: str) -> Kind:
    """What a source is: an assumption, a source quoted from memory in part, or a source."""
    if source.startswith("assumption"):
        return "assumption"
    return "memory" if "quoted from memory" in source else "source"


def idle(scenario: Scenario) -> Iterator[Fault]:
    """Sources of places that the scenario does not have."""
    places = set(_places(scenario.model_dump(exclude={"sources"})))
    for path in scenario.sources:
        if path not in places:
            near = nearest(path, places)
            hint = f"did you mean '{near}'?" if near else ""
            yield f"sources.{path}", "nothing in the scenario has this place", hint


def _numbers(tree: Mapping[str, Any], path: str = "") -> Iterator[str]:
    for key, value in tree.items():
        here = f"{path}.{key}" if path else key
        if isinstance(value, Mapping):
            yield from _numbers(value, here)
        elif isinstance(value, int | float) and not isinstance(value, bool | date):
            yield here


def _places(tree: Mapping[str, Any], path: str = "") -> Iterator[str]:
    for key, value in tree.items():
        here = f"{path}.{key}" if path else key
        yield here
        if isinstance(value, Mapping):
            yield from _places(value, here)
