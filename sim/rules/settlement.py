"""How wars end: by settlement when both would accept one, or by collapse of a side (C12).

Left out: the terms of a settlement, mediators, cease-fires that break, and a change of government.
"""

from __future__ import annotations

from sim.rules import causes, ledger, streams
from sim.rules.belief import between
from sim.rules.casus import has_contingents
from sim.rules.deployment import LINE
from sim.rules.draws import uniform
from sim.rules.entities import Relation, State, World
from sim.rules.escalation import WAR
from sim.rules.quantiles import within_a_day
from sim.rules.rule import rule
from sim.rules.treaty import LIMITED_TROOPS, PERFORMED, PERFORMING

STILL, SETTLED, COLLAPSED = range(3)


@rule
def cost(state: State, world: World) -> float:
    """c = c0 + c1 · C / M0: costs of war grow with all casualties so far (C12; Weisiger 2016).

    M0 soldiers at the start. In units of the chance to win, so that beliefs and costs compare.
    """
    total = float(state.casualties_before + state.casualties)
    return world.params.cost_start + world.params.cost_slope * total / float(max(state.manpower, 1))


@rule
def acceptable(relation: Relation, world: World, other: Relation) -> bool:
    """Whether a settlement exists that both prefer: p̂_A + p̂_B − 1 ≤ c_A + c_B (Fearon 1995)."""
    optimism = relation.belief + other.belief - 1.0
    costs = cost(world.states[relation.actor], world) + cost(world.states[other.actor], world)
    return optimism <= costs


@rule
def settles(relation: Relation, world: World, other: Relation) -> bool:
    """Whether the two settle today: hazard h_s while a settlement is acceptable (C12).

    Not before `talks_day`: where the record shows that the war went on, that is given.
    """
    day = world.clock.day
    if day < relation.talks_day or day < other.talks_day:
        return False
    if not acceptable(relation, world, other):
        return False
    u = uniform(world.clock, streams.SETTLEMENT, relation.tag, 0)
    return within_a_day(u, world.params.settlement)


@rule
def collapses(relation: Relation, world: World) -> bool:
    """Whether the actor gives up today: hazard h_c while support or soldiers are short (C12).

    Support under S_min, or soldiers of its side on the line under x_min of their most. A hazard,
    not a threshold. Not before `talks_day`, as in `settles`.
    """
    if world.clock.day < relation.talks_day:
        return False
    there = present(relation, world)
    floor = world.params.collapse_strength * float(relation.present_most)
    short = relation.present_most > 0 and float(there) < floor
    if world.states[relation.actor].support >= world.params.support_floor and not short:
        return False
    u = uniform(world.clock, streams.COLLAPSE, relation.tag, 0)
    return within_a_day(u, world.params.collapse)


@rule
def present(relation: Relation, world: World) -> int:
    """Soldiers of the actor's side on the line, on fronts between the two."""
    total = 0
    for front in world.fronts:
        if front.opened == 1 and between(front, relation.actor, relation.target):
            if front.holder == relation.actor:
                total += front.present_holder
            else:
                total += front.present_opponent
    return total


@rule
def end_war(relation: Relation, world: World, mode: int) -> None:
    """End the war of a pair: its fronts close and its disputes fall to the bottom."""
    day = world.clock.day
    kind = ledger.SETTLED if mode == SETTLED else ledger.COLLAPSED
    actor, target = relation.actor, relation.target
    cause = causes.fight_of(world, actor, target, WAR)
    ledger.write(world, kind, actor, target, -1, float(relation.evidence), cause)
    calm(relation, world, mode)
    calm(world.relations[relation.mirror], world, mode)
    for front in world.fronts:
        if between(front, actor, target):
            front.opened = 0
            front.peace_day = day


@rule
def calm(relation: Relation, world: World, mode: int) -> None:
    """The relation after a war: no fighting, and a dispute at the bottom of its ladder."""
    relation.fighting = 0
    relation.end_day = world.clock.day
    relation.end_mode = mode
    if relation.first_rung >= 0 and world.rungs[relation.first_rung + relation.rung].ends == 1:
        relation.rung = 0
        relation.severity = world.rungs[relation.first_rung].severity


@rule
def mark(world: World) -> None:
    """Mark the states that a war of their own holds in the fighting.

    An open front, a war by its ladder or by the calendar, its contingents on an open front, or an
    expedition that it was called to send and that is still called for.
    """
    for front in world.fronts:
        if front.opened == 1:
            world.states[front.holder].held = 1
            world.states[front.opponent].held = 1
    for relation in world.relations:
        if relation.severity == WAR:
            world.states[relation.actor].held = 1
            world.states[relation.target].held = 1
    for force in world.forces:
        if force.status == LINE and world.fronts[force.front].opened == 1:
            world.states[force.owner].held = 1
    for duty in world.duties:
        if duty.form >= LIMITED_TROOPS and has_contingents(world, duty.obligor):
            if duty.status == PERFORMING or duty.status == PERFORMED:
                world.states[duty.obligor].held = 1


@rule
def pull(world: World) -> bool:
    """Hold whoever is linked by a joined war to a state that is held; whether any was added."""
    added = False
    for relation in world.relations:
        if relation.joined >= 0:
            one, other = world.states[relation.actor], world.states[relation.target]
            if one.held != other.held:
                one.held = 1
                other.held = 1
                added = True
    return added


@rule
def hold(world: World) -> None:
    """Mark the states that a war still holds: by a war of their own, or linked to one by joining.

    The same whatever the order of states and relations: the closure of a set under links.
    """
    for state in world.states:
        state.was_held = state.held
        state.held = 0
    mark(world)
    while pull(world):
        pass


@rule
def leave_war(state: State, world: World, index: int) -> None:
    """A state takes part no more once nothing holds it in the fighting; it sends nobody more."""
    if state.was_held == 0 or state.held == 1:
        return
    state.at_war = 0
    state.began_war = 0
    state.order_day = -1
    for relation in world.relations:
        if relation.actor == index:
            relation.joined = -1
        if relation.target == index:
            relation.neutral = -1
