"""The front in focus: people lost, ground held, goods that reached it."""

from __future__ import annotations

import math

from sim.measures.expedition import sender_casualties
from sim.rules.entities import World
from sim.rules.rule import rule
from sim.rules.supply import MISSILES, SHELLS

NEVER = math.nan


@rule
def has_front(world: World) -> bool:
    """Whether the scenario names a front; without one nothing on it is measured."""
    return world.focus.front >= 0


@rule
def host_casualties(world: World) -> float:
    if not has_front(world):
        return NEVER
    total = 0
    for force in world.forces:
        if force.owner == world.focus.host and force.front == world.focus.front:
            total += force.losses
    return float(total)


@rule
def adversary_casualties(world: World) -> float:
    if not has_front(world):
        return NEVER
    total = 0
    for force in world.forces:
        if force.owner == world.focus.adversary and force.front == world.focus.front:
            total += force.losses
    return float(total)


@rule
def exchange_ratio(world: World) -> float:
    adversary = adversary_casualties(world)
    if not has_front(world) or adversary <= 0.0:
        return NEVER
    return (host_casualties(world) + sender_casualties(world)) / adversary


@rule
def area_end(world: World) -> float:
    if not has_front(world):
        return NEVER
    return world.fronts[world.focus.front].area


@rule
def area_at_check(world: World) -> float:
    return world.focus.area_then if world.focus.area_then >= 0.0 else NEVER


@rule
def days_to_restore(world: World) -> float:
    if not has_front(world):
        return NEVER
    front = world.fronts[world.focus.front]
    return float(front.restored_day - front.open_day) if front.restored_day >= 0 else NEVER


@rule
def area_change_per_day(world: World) -> float:
    if not has_front(world):
        return NEVER
    front = world.fronts[world.focus.front]
    last = front.restored_day if front.restored_day >= 0 else world.clock.day
    first = max(front.free_day, 0)
    if last < first:
        return 0.0
    return (front.area - front.area_start) / float(last - first + 1)


@rule
def partner_shell_share(world: World) -> float:
    if world.focus.host < 0:
        return NEVER
    host = world.states[world.focus.host]
    total = host.imported + host.produced
    return float(host.imported) / float(total) if total > 0 else 0.0


@rule
def days_supply_short(world: World) -> float:
    if world.focus.host < 0:
        return NEVER
    return float(world.states[world.focus.host].short_days)


@rule
def shells_delivered(world: World) -> float:
    if world.focus.sender < 0:
        return NEVER
    total = 0
    for flow in world.flows:
        if flow.donor == world.focus.sender and flow.good == SHELLS:
            total += flow.units_delivered
    return float(total)


@rule
def missiles_delivered(world: World) -> float:
    if world.focus.sender < 0:
        return NEVER
    total = 0
    for flow in world.flows:
        if flow.donor == world.focus.sender and flow.good == MISSILES:
            total += flow.units_delivered
    return float(total)
