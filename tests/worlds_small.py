"""The smallest worlds in which a single rule can act."""

from __future__ import annotations

from functools import cache
from types import SimpleNamespace
from typing import Any, get_type_hints

from sim.priors import clock_of
from sim.rules.entities import MANY, TERMS
from sim.rules.parameters import declared


@cache
def fields(kind: str) -> dict[str, Any]:
    """The fields of an entity and their types."""
    return get_type_hints(MANY[kind])


@cache
def defaults() -> dict[str, float]:
    """The default of every parameter."""
    return {name: parameter.default for name, parameter in declared().items()}


def thing(kind: str, /, **values: Any) -> Any:
    """An entity of `MANY` with zeros for all that is not said; -1 where that means none."""
    hints = fields(kind)
    unknown = values.keys() - hints.keys()
    assert not unknown, f"{kind} has no {unknown}"
    none = {"order_day", "first_departure", "due_day", "fresh_day", "place", "restored_day"}
    none |= {"mirror", "beneficiary", "consulted", "war_day", "gate", "basis", "cause"}
    none |= {"casus_day", "called_day", "relation", "other", "force_day", "ratified_day"}
    none |= {"joined", "neutral", "foe"}
    none |= {"exchange_given", "notice_day", "given_day", "done_day", "after", "first_day"}
    blank = {
        name: -1 if name in none else hint(0)
        for name, hint in hints.items()
        if hint in (int, float)
    }
    if kind == "clauses":
        blank["terms"] = [0.0] * TERMS
    return SimpleNamespace(**blank | values)


def little_world(day: int = 0, params: dict[str, float] | None = None, **lists: Any) -> Any:
    """A world with the lists given, default parameters and room for thirty lines of ledger."""
    clock = clock_of(1, 0)
    clock.day = day
    clock.events = clock.overflow = clock.escalation = 0
    clock.force_days = clock.disputes_home = 0
    world = SimpleNamespace(clock=clock, params=SimpleNamespace(**defaults() | (params or {})))
    for name in MANY:
        setattr(world, name, lists.get(name, []))
    world.ledger = [thing("ledger") for _ in range(30)]
    world.focus = SimpleNamespace(sender=-1, host=-1, adversary=-1, front=-1, treaty=-1)
    return world


def written(world: Any) -> list[int]:
    """Kinds of the ledger's lines so far."""
    return [line.kind for line in world.ledger[: world.clock.events]]
