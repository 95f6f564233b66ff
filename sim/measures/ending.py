"""When and how the war of host and adversary ended."""

from __future__ import annotations

import math

from sim.rules.entities import World
from sim.rules.rule import rule
from sim.rules.settlement import COLLAPSED, SETTLED

NEVER = math.nan


@rule
def _between(world: World) -> int:
    """The host's relation to the adversary, -1 none."""
    for place in range(len(world.relations)):
        relation = world.relations[place]
        if relation.actor == world.focus.host and relation.target == world.focus.adversary:
            return place
    return -1


@rule
def _ended(world: World, mode: int) -> float:
    if world.focus.host < 0 or world.focus.adversary < 0:
        return NEVER
    place = _between(world)
    return 1.0 if place >= 0 and world.relations[place].end_mode == mode else 0.0


@rule
def days_to_peace(world: World) -> float:
    place = _between(world)
    if place < 0 or world.focus.front < 0 or world.relations[place].end_day < 0:
        return NEVER
    return float(world.relations[place].end_day - world.fronts[world.focus.front].open_day)


@rule
def ended_by_settlement(world: World) -> float:
    return _ended(world, SETTLED)


@rule
def ended_by_collapse(world: World) -> float:
    return _ended(world, COLLAPSED)
