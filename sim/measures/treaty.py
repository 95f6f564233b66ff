"""Entry into force and the compliance ledger of the treaty in focus, of all where none is."""

from __future__ import annotations

import math

from sim.rules.entities import World
from sim.rules.ledger import CALLED, LATE, MET, PARTIAL, REFUSED, VOLUNTARY
from sim.rules.rule import rule

NEVER = math.nan


@rule
def treaty_in_force_days(world: World) -> float:
    if world.focus.treaty < 0:
        return NEVER
    treaty = world.treaties[world.focus.treaty]
    return float(treaty.force_day - treaty.signed_day) if treaty.force_day >= 0 else NEVER


@rule
def _lines(world: World, kind: int) -> float:
    total = 0
    for number in range(world.clock.events):
        line = world.ledger[number]
        if line.kind == kind and line.article >= 0:
            treaty = world.clauses[line.article].treaty
            if world.focus.treaty < 0 or treaty == world.focus.treaty:
                total += 1
    return float(total)


@rule
def obligations_called(world: World) -> float:
    return _lines(world, CALLED)


@rule
def obligations_met(world: World) -> float:
    return _lines(world, MET)


@rule
def obligations_late(world: World) -> float:
    return _lines(world, LATE)


@rule
def obligations_partial(world: World) -> float:
    return _lines(world, PARTIAL)


@rule
def obligations_refused(world: World) -> float:
    return _lines(world, REFUSED)


@rule
def voluntary_aid(world: World) -> float:
    return _lines(world, VOLUNTARY)
