"""Every number has its source, and every source its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sim.errors import nearest
from sim.scenario.spec import Scenario

Fault = tuple[str, str, str]
UNSOURCED = "a number without a source"


def missing(sources: Mapping[str, str], tree: Mapping[str, Any]) -> Iterator[Fault]:
    """Numbers without a source at their own path or at one above it."""
    for path in _numbers(tree):
        parts = path.split(".")
        above = (".".join(parts[: n + 1]) for n in range(len(parts)))
        if not any(sources.get(place, "").strip() for place in above):
            yield path, UNSOURCED, f"add sources: {{{path}: …}} or 'assumption'"


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
