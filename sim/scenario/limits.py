"""How small and how large a number of a scenario may be, for whatever is to change it."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from sim import clauses
from sim.rules.parameters import declared
from sim.scenario.levers import Lever, Uncertainty
from sim.scenario.spec import (
    Article,
    Flow,
    Force,
    Front,
    Relation,
    Report,
    Scenario,
    State,
)

MODELS: dict[str, type[BaseModel]] = {
    "states": State,
    "forces": Force,
    "fronts": Front,
    "relations": Relation,
    "reports": Report,
    "flows": Flow,
}


def beyond(scenario: Scenario, one: Lever | Uncertainty) -> Iterator[tuple[str, str]]:
    """Field and fault of each number of a lever or an uncertainty that its place cannot hold."""
    low, high = limits(scenario, one.path)
    for field in ("default", "low", "median", "mode", "high"):
        value = getattr(one, field, None)
        if isinstance(value, int | float) and not low <= value <= high:
            yield field, f"{value:g} is more or less than '{one.path}' can be"


def limits(scenario: Scenario, path: str) -> tuple[float, float]:
    """The least and the greatest value of the number at a path; infinite where nothing is said."""
    group, *names = path.split(".")
    if group == "params":
        parameter = declared().get(names[0])
        return (parameter.low, parameter.high) if parameter else (-math.inf, math.inf)
    model = MODELS.get(group, Article)
    if group == "treaties" and names[3] == "terms":
        model = clauses.TYPES[scenario.treaties[names[0]].articles[names[2]].type].terms
    field = model.model_fields.get(names[-1])
    return _bounds(field.metadata if field else [])


def _bounds(metadata: list[Any]) -> tuple[float, float]:
    low, high = -math.inf, math.inf
    for one in metadata:
        low = getattr(one, "ge", low)
        high = getattr(one, "le", high)
        low = math.nextafter(one.gt, math.inf) if hasattr(one, "gt") else low
        high = math.nextafter(one.lt, -math.inf) if hasattr(one, "lt") else high
    return low, high
