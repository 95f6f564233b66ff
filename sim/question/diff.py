"""Where two runs part: the first day, phase, entity and field in which their worlds differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, get_type_hints

import pandas as pd

from sim.agents import World
from sim.blueprint.rows import fields_of
from sim.phases import PHASES
from sim.question.history import history
from sim.question.opened import Opened
from sim.question.story import Line, lines
from sim.rules.entities import MANY, ONE

KINDS = {**MANY, **ONE}
LUCK = ("seed_low", "seed_high", "replicate", "tag")
"""Fields that name a run's luck or its things: they are what is given, not what happened."""
GIVEN = ("params", "rungs", "clauses", "calendar", "focus")
"""Entities that no phase writes to, or that only keep what is measured."""


@dataclass(frozen=True)
class Difference:
    """A field that differs: of which entity, its name in the scenario, and both values."""

    entity: str
    name: str
    field: str
    ours: Any
    theirs: Any
    meaning: str


@dataclass(frozen=True)
class Parting:
    """How two runs part. ``given``: what differs on the first morning.

    day, phase and first: the first differences that the days brought; day -1 where none came.
    events: from each run, the ledger's lines from the first that differs.
    """

    given: list[Difference]
    day: int
    phase: str
    first: list[Difference]
    events: tuple[list[Line], list[Line]]


def diff(ours: Opened, one: int, theirs: Opened, other: int) -> Parting:
    """Step two runs side by side as Mesa agents, phase by phase, until their worlds differ."""
    worlds = _world(ours, one), _world(theirs, other)
    given = list(_differences(ours, *worlds, ()))
    day, phase, first = _parting(ours, worlds, given)
    events = _events(ours, one), _events(theirs, other)
    return Parting(given, day, phase, first, _from_first(*events))


def _world(opened: Opened, number: int) -> World:
    run = opened.run(number)
    return World(opened.blueprint, run.levers, run.replicate, opened.seed)


def _parting(
    opened: Opened, worlds: tuple[World, World], given: Sequence[Difference]
) -> tuple[int, str, list[Difference]]:
    """The first day and phase after which more differs than on the first morning."""
    known = {(one.entity, one.name, one.field) for one in given}
    for day in range(min(world.blueprint.horizon for world in worlds)):
        for world in worlds:
            world.clock.day += 1
        for phase in PHASES:
            for world in worlds:
                phase(world)
            found = [
                one
                for one in _differences(opened, *worlds, GIVEN)
                if (one.entity, one.name, one.field) not in known
            ]
            if found:
                return day, phase.__name__, found
    return -1, "", []


def _differences(
    opened: Opened, ours: World, theirs: World, left_out: Sequence[str]
) -> Iterator[Difference]:
    """Every field in which two worlds differ, entity by entity."""
    for entity in KINDS:
        if entity not in left_out:
            pairs = zip(_things(ours, entity), _things(theirs, entity))
            for place, (mine, yours) in enumerate(pairs):
                if READ[entity](mine) != READ[entity](yours):
                    yield from _fields(opened, entity, place, mine, yours)


def _things(world: World, entity: str) -> list[Any]:
    """The things of an entity; of the ledger the lines that are written."""
    found = getattr(world, entity)
    if entity in ONE:
        return [found]
    return list(found[: world.clock.events] if entity == "ledger" else found)


def _fields(
    opened: Opened, entity: str, place: int, ours: Any, theirs: Any
) -> Iterator[Difference]:
    meanings = get_type_hints(KINDS[entity], include_extras=True)
    for field in FIELDS[entity]:
        mine, yours = getattr(ours, field), getattr(theirs, field)
        if mine != yours:
            meaning = getattr(meanings[field], "__metadata__", ("",))[0]
            words = meaning if isinstance(meaning, str) else f"{meaning.unit}: {meaning.meaning}"
            yield Difference(entity, name_of(opened, entity, place), field, mine, yours, words)


def name_of(opened: Opened, entity: str, place: int) -> str:
    """A thing's name in the scenario, or its number where it has none."""
    if entity in ONE:
        return ""
    names = opened.blueprint.names.get({"clauses": "articles"}.get(entity, entity), [])
    return names[place] if place < len(names) else str(place)


def _events(opened: Opened, number: int) -> list[Line]:
    events: pd.DataFrame = history(opened, number).events
    return lines(opened.blueprint.scenario, events)


def _from_first(ours: list[Line], theirs: list[Line]) -> tuple[list[Line], list[Line]]:
    """Both ledgers from the first line that is not the same in both."""
    pairs = enumerate(zip(ours, theirs))
    same = min(len(ours), len(theirs))
    first = next((n for n, (mine, yours) in pairs if mine != yours), same)
    return ours[first:], theirs[first:]


FIELDS = {
    name: tuple(field for field in fields_of(kind) if field not in LUCK)
    for name, kind in KINDS.items()
}
READ = {name: attrgetter(*fields) for name, fields in FIELDS.items()}
