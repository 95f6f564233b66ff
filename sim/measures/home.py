"""What the war did to the states themselves: capability, support, output."""

from __future__ import annotations

from sim.rules.entities import World
from sim.rules.rule import rule


@rule
def home_capability(world: World) -> float:
    return world.states[world.focus.sender].home


@rule
def seasoned_soldiers(world: World) -> float:
    return float(world.states[world.focus.sender].seasoned)


@rule
def returned_to_duty(world: World) -> float:
    return float(world.states[world.focus.sender].returned)


@rule
def sender_least_support(world: World) -> float:
    return world.states[world.focus.sender].support_least


@rule
def host_least_support(world: World) -> float:
    return world.states[world.focus.host].support_least


@rule
def adversary_least_support(world: World) -> float:
    return world.states[world.focus.adversary].support_least


@rule
def host_economy(world: World) -> float:
    return world.states[world.focus.host].economy


@rule
def sender_economy(world: World) -> float:
    return world.states[world.focus.sender].economy
