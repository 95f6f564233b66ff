"""How wars end, and what is kept of a day."""

from __future__ import annotations

from sim.rules.belief import judge
from sim.rules.entities import Relation, World
from sim.rules.escalation import QUIET, USE_OF_FORCE
from sim.rules.rule import rule
from sim.rules.settlement import COLLAPSED, SETTLED, collapses, end_war, hold, leave_war, settles


@rule
def bargaining(world: World) -> None:
    """States at war revise their beliefs; a war may end by settlement or collapse (C12)."""
    for relation in world.relations:
        judge(relation, world)
    for relation in world.relations:
        if relation.fighting == 1 and relation.mirror >= 0:
            other = world.relations[relation.mirror]
            if relation.tag < other.tag:
                end(relation, world, other)
    hold(world)
    for index in range(len(world.states)):
        leave_war(world.states[index], world, index)


@rule
def end(relation: Relation, world: World, other: Relation) -> None:
    """End the war of a pair today, if one of the two gives up or both settle."""
    if collapses(relation, world):
        end_war(relation, world, COLLAPSED)
    elif collapses(other, world):
        end_war(other, world, COLLAPSED)
    elif settles(relation, world, other):
        end_war(relation, world, SETTLED)


@rule
def record(world: World) -> None:
    """Keep what the outcomes need of the day."""
    for state in world.states:
        state.abroad_peak = max(state.abroad_peak, state.abroad)
        state.abroad_days += state.abroad
    highest = QUIET
    for relation in world.relations:
        highest = max(highest, relation.severity)
        if relation.severity >= USE_OF_FORCE:
            relation.force_days += 1
    if highest >= USE_OF_FORCE:
        world.clock.force_days += 1
    focus = world.focus
    if world.clock.day == focus.casualty_day:
        focus.casualties_then = world.states[focus.sender].casualties_abroad
    if world.clock.day == focus.area_day:
        focus.area_then = world.fronts[focus.front].area
