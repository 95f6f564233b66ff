"""What the day did to the states themselves."""

from __future__ import annotations

from sim.rules.entities import World
from sim.rules.recovery import seasoned
from sim.rules.rule import rule
from sim.rules.support import ground_won, grow, support
from sim.rules.technology import absorb, strengthen


@rule
def technology(world: World) -> None:
    """Transferred technology is absorbed; it and experience tell at home (C9)."""
    for state in world.states:
        state.seasoned = 0
    for force in world.forces:
        world.states[force.owner].seasoned += seasoned(force)
    for state in world.states:
        absorb(state, world)
        strengthen(state, world)


@rule
def opinion(world: World) -> None:
    """Support for each government, and its economy (C11)."""
    for state in world.states:
        state.engaged = 0
        state.ground = 0
    for front in world.fronts:
        won = ground_won(front)
        world.states[front.holder].ground += won
        world.states[front.opponent].ground -= won
    for force in world.forces:
        world.states[force.owner].engaged += force.strength
    for state in world.states:
        support(state, world)
        grow(state, world)
