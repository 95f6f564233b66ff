"""Troops sent abroad and what becomes of them."""

from __future__ import annotations

import math

from sim.rules.entities import World
from sim.rules.rule import rule

NEVER = math.nan


@rule
def has_sender(world: World) -> bool:
    """Whether the scenario names a state that sends troops; without one nothing is measured."""
    return world.focus.sender >= 0


@rule
def days_to_first_troops(world: World) -> float:
    if not has_sender(world) or world.focus.front < 0:
        return NEVER
    departed = world.states[world.focus.sender].first_departure
    return float(departed - world.fronts[world.focus.front].open_day) if departed >= 0 else NEVER


@rule
def peak_deployed(world: World) -> float:
    if not has_sender(world):
        return NEVER
    return float(world.states[world.focus.sender].abroad_peak)


@rule
def mean_deployed(world: World) -> float:
    if not has_sender(world):
        return NEVER
    sender = world.states[world.focus.sender]
    if sender.first_departure < 0:
        return 0.0
    return float(sender.abroad_days) / float(world.clock.day - sender.first_departure + 1)


@rule
def troops_deployed(world: World) -> float:
    if not has_sender(world):
        return NEVER
    return float(world.states[world.focus.sender].abroad)


@rule
def sender_casualties(world: World) -> float:
    if not has_sender(world):
        return NEVER
    return float(world.states[world.focus.sender].casualties_abroad)


@rule
def sender_killed(world: World) -> float:
    return world.params.killed_share * sender_casualties(world)


@rule
def sender_casualties_at_check(world: World) -> float:
    then = world.focus.casualties_then
    return float(then) if then >= 0 else NEVER


@rule
def technology_gain(world: World) -> float:
    if not has_sender(world):
        return NEVER
    return world.states[world.focus.sender].technology


@rule
def net_transfer(world: World) -> float:
    if not has_sender(world) or world.focus.host < 0:
        return NEVER
    sender, host = world.states[world.focus.sender], world.states[world.focus.host]
    return float(sender.received - host.received) / 1000.0
