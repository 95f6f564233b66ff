"""What the war did to the states themselves: capability, support, output."""

from __future__ import annotations

import math

from sim.rules.entities import World
from sim.rules.rule import rule

NEVER = math.nan


@rule
def home_capability(world: World) -> float:
    place = world.focus.sender
    return world.states[place].home if place >= 0 else NEVER


@rule
def seasoned_soldiers(world: World) -> float:
    place = world.focus.sender
    return float(world.states[place].seasoned) if place >= 0 else NEVER


@rule
def returned_to_duty(world: World) -> float:
    place = world.focus.sender
    return float(world.states[place].returned) if place >= 0 else NEVER


@rule
def sender_least_support(world: World) -> float:
    place = world.focus.sender
    return world.states[place].support_least if place >= 0 else NEVER


@rule
def host_least_support(world: World) -> float:
    place = world.focus.host
    return world.states[place].support_least if place >= 0 else NEVER


@rule
def adversary_least_support(world: World) -> float:
    place = world.focus.adversary
    return world.states[place].support_least if place >= 0 else NEVER


@rule
def host_economy(world: World) -> float:
    place = world.focus.host
    return world.states[place].economy if place >= 0 else NEVER


@rule
def sender_economy(world: World) -> float:
    place = world.focus.sender
    return world.states[place].economy if place >= 0 else NEVER
