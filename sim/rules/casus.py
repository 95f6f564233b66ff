"""Casus foederis: which events can call a treaty (C2).

Left out: attacks by non-states and on ships, aircraft or networks; who judges a casus, other than
by chance where it is contested.
"""

from __future__ import annotations

from sim.rules import ledger
from sim.rules.entities import Clause, Duty, World
from sim.rules.escalation import DISPLAY, USE_OF_FORCE, WAR
from sim.rules.rule import rule
from sim.rules.treaty import CLEAR, CONTESTED, NO, enter_war, in_force

NOBODY = -1
ANYBODY = -1


@rule
def look_around(world: World) -> None:
    """Count for each state who is against it, before the day's duties are considered.

    Most states have nobody against them, and need not be asked who.
    """
    for state in world.states:
        state.assailants = 0
        state.menaces = 0
    for relation in world.relations:
        if relation.severity == WAR or relation.joined >= 0:
            world.states[relation.target].assailants += 1
        if relation.severity == DISPLAY or relation.severity == USE_OF_FORCE:
            world.states[relation.target].menaces += 1


@rule
def attacked(world: World, state: int, since: int) -> int:
    """Whether a state is under armed attack that began on day `since` or later."""
    return attack_of(world, state, since, ANYBODY)


@rule
def attack_of(world: World, state: int, since: int, foe: int) -> int:
    """Whether a state is under armed attack by `foe` that began on day `since` or later.

    CLEAR when its recognised territory is held by an opponent, a war against it broke out, or
    another joined a war against it; CONTESTED when the territory on which the fighting goes on is
    disputed, or when the state that others have joined against itself began the war, or stands on
    the side of one that did (legal readings differ: Italy and Germany in 1914).
    """
    casus = NO
    for front in world.fronts:
        if front.opened == 1 and front.opponent == state and front.open_day >= since:
            if foe == ANYBODY or front.holder == foe:
                casus = max(casus, CLEAR if front.recognised == 1 else CONTESTED)
    if world.states[state].assailants == 0:
        return casus
    for relation in world.relations:
        if relation.target == state and (foe == ANYBODY or relation.actor == foe):
            if relation.severity == WAR:
                casus = CLEAR
            elif relation.joined >= 0:
                casus = max(casus, CONTESTED if world.states[state].began_war == 1 else CLEAR)
    return casus


@rule
def attacker_of(world: World, state: int, since: int, foe: int) -> int:
    """The state that attacks, `foe` or any, -1 none.

    A holder of territory first, then who began a war, then the first to have joined one; of
    several the one with the lowest tag. Joiners count from the day after, so that the order in
    which states act cannot matter.
    """
    holder = holder_against(world, state, since, foe)
    if holder >= 0:
        return holder
    found, first, tag = NOBODY, 0, 0
    if world.states[state].assailants == 0:
        return found
    for relation in world.relations:
        if relation.target == state and (foe == ANYBODY or relation.actor == foe):
            day = NOBODY if relation.severity == WAR else relation.joined
            if relation.severity == WAR or 0 <= day < world.clock.day:
                earlier = day < first or (day == first and relation.tag < tag)
                if found < 0 or earlier:
                    found, first, tag = relation.actor, day, relation.tag
    return found


@rule
def holder_against(world: World, state: int, since: int, foe: int) -> int:
    """Who holds a state's territory since day `since` or later, `foe` or any, -1 nobody."""
    found, tag = NOBODY, 0
    for front in world.fronts:
        if front.opened == 1 and front.opponent == state and front.open_day >= since:
            if foe == ANYBODY or front.holder == foe:
                if found < 0 or front.tag < tag:
                    found, tag = front.holder, front.tag
    return found


@rule
def fought_by(world: World, state: int, foe: int) -> int:
    """The state that a state attacks or has joined a war against, `foe` or any, -1 none.

    Of several the one against which its relation has the lowest tag.
    """
    found, tag = NOBODY, 0
    for relation in world.relations:
        if relation.actor == state and (foe == ANYBODY or relation.target == foe):
            if relation.severity == WAR or 0 <= relation.joined < world.clock.day:
                if found < 0 or relation.tag < tag:
                    found, tag = relation.target, relation.tag
    return found


@rule
def enemy_of(world: World, state: int, since: int, foe: int) -> int:
    """The state that a state is at war with: its attacker, else one that it fights; -1 none."""
    attacker = attacker_of(world, state, since, foe)
    return attacker if attacker >= 0 else fought_by(world, state, foe)


@rule
def relation_of(world: World, actor: int, target: int) -> int:
    """The place of a state's relation to another, -1 none."""
    for place in range(len(world.relations)):
        relation = world.relations[place]
        if relation.actor == actor and relation.target == target:
            return place
    return NOBODY


@rule
def at_war_with(world: World, actor: int, target: int) -> bool:
    """Whether a state has begun a war against another, or joined one before today."""
    place = relation_of(world, actor, target)
    if place < 0:
        return False
    relation = world.relations[place]
    return relation.severity == WAR or 0 <= relation.joined < world.clock.day


@rule
def fights(world: World, state: int) -> bool:
    """Whether a state was at war when the day began."""
    one = world.states[state]
    return one.at_war == 1 and one.entered_day < world.clock.day


@rule
def join_war(duty: Duty, world: World, against: int) -> None:
    """Go to war at the beneficiary's side, unless the obligor keeps neutral towards its enemy.

    Who joins the side of a state that began the war counts as having begun it too.
    """
    today = world.clock.day
    obligor = world.states[duty.obligor]
    place = relation_of(world, duty.obligor, against)
    if against == duty.obligor:
        return
    if place >= 0 and 0 <= world.relations[place].neutral < today:
        return
    if fights(world, duty.beneficiary) and not fights(world, duty.obligor):
        obligor.began_war = max(obligor.began_war, world.states[duty.beneficiary].began_war)
    if place >= 0 and world.relations[place].joined < 0:
        world.relations[place].joined = today
        if obligor.at_war == 1:
            ledger.write(
                world, ledger.FURTHER_WAR, duty.obligor, against, duty.clause, 0.0, duty.cause
            )
    enter_war(obligor, world, duty.obligor, against, duty.cause)


@rule
def threatened(world: World, state: int, since: int) -> int:
    """Whether there is a direct threat of armed aggression: an attack, or a display of force."""
    casus = attacked(world, state, since)
    if world.states[state].menaces == 0:
        return casus
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
    since = world.treaties[clause.treaty].signed_day
    against = attacker_of(world, duty.beneficiary, since, duty.foe)
    if against < 0:
        return 0.5
    power = world.states[against].capability
    both = power + world.states[duty.obligor].capability
    return power / both if both > 0.0 else 0.5
