"""Tension between states and their steps on ladders."""

from __future__ import annotations

from sim.decisions import willingness
from sim.rules.entities import World
from sim.rules.escalation import bear, climb, move, next_tension, unburden, widen
from sim.rules.rule import rule


@rule
def feel(world: World) -> None:
    """Tension of each state towards each other (C10)."""
    for relation in world.relations:
        other = 0.0
        if relation.mirror >= 0:
            other = world.relations[relation.mirror].tension
        relation.next_tension = next_tension(relation, world, other)
    for relation in world.relations:
        relation.tension = relation.next_tension
        relation.shock = 0


@rule
def ladder(world: World) -> None:
    """Steps up and down the ladders, and their effects on the states (C10)."""
    for relation in world.relations:
        if relation.first_rung >= 0:
            step = climb(relation, world, willingness(relation, world))
            if step != 0:
                move(relation, world, step)
            if step > 0:
                widen(relation, world)
    for state in world.states:
        unburden(state)
    for relation in world.relations:
        bear(relation, world)
