"""Casus foederis: which events can call a treaty (C2)."""

from __future__ import annotations

from sim.rules.entities import Clause, Duty, World
from sim.rules.escalation import DISPLAY, USE_OF_FORCE, WAR
from sim.rules.rule import rule
from sim.rules.treaty import CLEAR, CONTESTED, NO, in_force


@rule
def attacked(world: World, state: int, since: int) -> int:
    """Whether a state is under armed attack that began on day `since` or later.

    CLEAR when its recognised territory is held by an opponent, or a war against it broke out;
    CONTESTED when the territory on which the fighting goes on is disputed.
    """
    casus = NO
    for front in world.fronts:
        if front.opened == 1 and front.opponent == state and front.open_day >= since:
            casus = max(casus, CLEAR if front.recognised == 1 else CONTESTED)
    for relation in world.relations:
        if relation.target == state and relation.severity == WAR:
            casus = CLEAR
    return casus


@rule
def attacker_of(world: World, state: int, since: int) -> int:
    """The state that attacks, -1 none: a holder of territory first, then the highest-numbered."""
    attacker = -1
    for relation in world.relations:
        if relation.target == state and relation.severity == WAR:
            attacker = max(attacker, relation.actor)
    for front in world.fronts:
        if front.opened == 1 and front.opponent == state and front.open_day >= since:
            attacker = front.holder
    return attacker


@rule
def threatened(world: World, state: int, since: int) -> int:
    """Whether there is a direct threat of armed aggression: an attack, or a display of force."""
    casus = attacked(world, state, since)
    for relation in world.relations:
        if relation.target == state:
            if relation.severity == DISPLAY or relation.severity == USE_OF_FORCE:
                casus = max(casus, CONTESTED)
    return casus


@rule
def signed(world: World, clause: Clause) -> bool:
    """Whether the clause's treaty exists: signed, or in force (aid before force is voluntary)."""
    treaty = world.treaties[clause.treaty]
    return 1 <= treaty.status <= 3


@rule
def standing(world: World, clause: Clause) -> int:
    """Trigger of a standing duty: CLEAR while the treaty is in force."""
    return CLEAR if in_force(world.treaties[clause.treaty]) else NO


@rule
def occupies(world: World, state: int) -> bool:
    """Whether a state holds another's territory where there is fighting."""
    for front in world.fronts:
        if front.opened == 1 and front.holder == state:
            return True
    return False


@rule
def has_contingents(world: World, state: int) -> bool:
    """Whether a state has formations that it can send abroad."""
    for force in world.forces:
        if force.owner == state and force.place >= 0:
            return True
    return False


@rule
def cost_of_aid(world: World, clause: Clause, duty: Duty) -> float:
    """Perceived cost of aiding ĉ: the attacker's share of its own and the obligor's capability.

    0 to 1; ½ when nobody attacks, which is the cost of an equal opponent (assumption).
    """
    against = attacker_of(world, duty.beneficiary, world.treaties[clause.treaty].signed_day)
    if against < 0:
        return 0.5
    power = world.states[against].capability
    both = power + world.states[duty.obligor].capability
    return power / both if both > 0.0 else 0.5
