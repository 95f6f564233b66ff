"""What the public record counts and follows from the state: goods, soldiers, people lost."""

from __future__ import annotations

import math

from sim.rules.entities import World
from sim.rules.rule import rule
from sim.rules.supply import OIL

NEVER = math.nan


@rule
def troops_sent(world: World) -> float:
    place = world.focus.sender
    return float(world.states[place].sent) if place >= 0 else NEVER


@rule
def containers_sent(world: World) -> float:
    place = world.focus.sender
    return float(world.states[place].containers_sent) if place >= 0 else NEVER


@rule
def oil_delivered(world: World) -> float:
    if world.focus.host < 0 or world.focus.sender < 0:
        return NEVER
    total = 0
    for flow in world.flows:
        if flow.donor == world.focus.host and flow.recipient == world.focus.sender:
            if flow.good == OIL:
                total += flow.units_delivered
    return float(total)


@rule
def _at_front(world: World, owner: int) -> float:
    if owner < 0 or world.focus.front < 0:
        return NEVER
    total = 0
    for force in world.forces:
        if force.owner == owner and force.front == world.focus.front:
            total += force.strength
    return float(total)


@rule
def sender_at_front(world: World) -> float:
    return _at_front(world, world.focus.sender)


@rule
def host_at_front(world: World) -> float:
    return _at_front(world, world.focus.host)


@rule
def adversary_at_front(world: World) -> float:
    return _at_front(world, world.focus.adversary)


@rule
def host_casualties_everywhere(world: World) -> float:
    place = world.focus.host
    return float(world.states[place].casualties) if place >= 0 else NEVER
