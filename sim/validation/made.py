"""Single entities for calling one rule by itself, with the fields that a world's would have."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import Any

from sim.blueprint.rows import blank
from sim.priors import clock_of
from sim.rules.entities import ONE
from sim.rules.parameters import declared

SEED = 1


def made(kind: type, /, **values: Any) -> Any:
    """An entity with every state variable zero, or what is given."""
    thing = kind()
    thing.__dict__.update({**_blank(kind), **values})
    return thing


@cache
def _blank(kind: type) -> dict[str, Any]:
    return blank(kind)


@cache
def _defaults() -> dict[str, Any]:
    return {name: parameter.default for name, parameter in declared().items()}


def world(*, replicate: int = 0, params: dict[str, Any] | None = None, **lists: Any) -> Any:
    """What a rule needs of a world: a clock, parameters at their defaults, and lists given."""
    return SimpleNamespace(
        clock=clock_of(SEED, replicate),
        params=made(ONE["params"], **{**_defaults(), **(params or {})}),
        **lists,
    )
