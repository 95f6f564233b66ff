"""Losses, ground, and who comes back to the line."""

from __future__ import annotations

from sim.rules import streams
from sim.rules.combat import burden, clear_day, expected_losses, mourn, muster, suffer
from sim.rules.deployment import rest
from sim.rules.draws import uniform
from sim.rules.entities import World
from sim.rules.front import advance, force_ratio, pass_initiative, restore, shift, success
from sim.rules.recovery import admit, daily, learn, recover
from sim.rules.rule import rule


@rule
def attrition(world: World) -> None:
    """Each side loses people by the ratio of powers; worn formations go off the line (C7)."""
    for front in world.fronts:
        clear_day(front)
    for force in world.forces:
        muster(force, world.states[force.supplier], world.fronts[force.front])
    for front in world.fronts:
        front.burden_holder = burden(front, world, 0)
        front.burden_opponent = burden(front, world, 1)
    for force in world.forces:
        front = world.fronts[force.front]
        expected = expected_losses(force, world, front)
        if expected > 0.0:
            losses = suffer(force, expected, uniform(world.clock, streams.LOSSES, force.tag, 0))
            mourn(force, world.states[force.owner], front, losses)
            admit(force, world)
        rest(force, world)


@rule
def front_line(world: World) -> None:
    """The contested areas move; the initiative may pass; a salient may close (C8)."""
    for front in world.fronts:
        if front.opened == 1 and world.clock.day >= front.free_day:
            ratio = force_ratio(front)
            shift(front, advance(front, world, success(world, ratio)))
            pass_initiative(front, world, ratio)
            restore(front, world)


@rule
def recovery(world: World) -> None:
    """Wounded return to their formations, and soldiers on the line learn (C9)."""
    chance, gain = daily(world.params.recovery_days), daily(world.params.learning_days)
    for force in world.forces:
        recover(force, world, world.states[force.owner], chance)
        learn(force, world.fronts[force.front], gain)
