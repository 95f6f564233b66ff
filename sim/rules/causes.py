"""What led to a line of the ledger: looked for in the ledger, backwards, when the line is written.

Nothing is remembered for it and no outcome reads it. A cause is what the line could not have been
without (a step onto a rung needs the rung below; a departure an order) or, for the first step of a
ladder, the latest event that alarmed the actor and so raised the hazard.
"""

from __future__ import annotations

from sim.rules import ledger
from sim.rules.entities import Flow, Front, Relation, Step, Treaty, World
from sim.rules.rule import rule

ANY = -1
NONE = ledger.NO_CAUSE


@rule
def latest_of(world: World, kind: int, actor: int, target: int, amount: int) -> int:
    """The latest line of a kind by `actor` to `target` of `amount` (each may be ANY), -1 none."""
    number = world.clock.events - 1
    while number >= 0:
        line = world.ledger[number]
        if line.kind == kind and (actor == ANY or line.actor == actor):
            if (target == ANY or line.target == target) and (
                amount == ANY or line.amount == float(amount)
            ):
                return number
        number -= 1
    return NONE


@rule
def latest(world: World, kind: int, actor: int, target: int) -> int:
    """The latest line of a kind by `actor` (ANY) to `target` (ANY), -1 none."""
    return latest_of(world, kind, actor, target, ANY)


@rule
def step_to(world: World, relation: Relation, severity: int) -> int:
    """The latest step up of a relation's actor to a severity, -1 none."""
    return latest_of(world, ledger.STEP_UP, relation.actor, relation.target, severity)


@rule
def of_treaty(world: World, kind: int, treaty: int) -> int:
    """The latest line of a kind about a treaty (signed, in force, notice given), -1 none."""
    return latest_of(world, kind, ANY, ANY, treaty)


@rule
def between(world: World, kind: int, one: int, other: int) -> int:
    """The latest line of a kind by either of two states to the other, -1 none."""
    return max(latest(world, kind, one, other), latest(world, kind, other, one))


@rule
def ratification(world: World, step: Step) -> int:
    """What a step of ratification rests on: the party's step before, or the signature."""
    if step.after >= 0:
        return latest(world, ledger.RATIFIED, step.party, ANY)
    return of_treaty(world, ledger.SIGNED, step.treaty)


@rule
def entry_into_force(world: World, treaty: Treaty, index: int) -> int:
    """The last ratification, or the signature where none is needed."""
    number = world.clock.events - 1
    while number >= 0:
        line = world.ledger[number]
        if line.kind == ledger.RATIFIED and line.day == treaty.ratified_day:
            return number
        number -= 1
    return of_treaty(world, ledger.SIGNED, index)


@rule
def wages(kind: int, amount: float, war: int) -> bool:
    """Whether a line of this kind and amount is a beginning of fighting, or of a part in it."""
    if kind == ledger.STEP_UP:
        return amount >= float(war)
    return (
        kind == ledger.OPENED
        or kind == ledger.WAR_BROKE_OUT
        or kind == ledger.ENTERED_WAR
        or kind == ledger.FURTHER_WAR
    )


@rule
def fight_of(world: World, one: int, other: int, war: int) -> int:
    """The latest line with which fighting between two states began, -1 none."""
    number = world.clock.events - 1
    while number >= 0:
        line = world.ledger[number]
        if wages(line.kind, line.amount, war):
            if line.actor == one and line.target == other:
                return number
            if line.actor == other and line.target == one:
                return number
        number -= 1
    return NONE


@rule
def attack_on(world: World, state: int, day: int, least: int) -> int:
    """The latest line to `day` of an attack on a state, or a step to `least` against it; -1 none.

    Where nobody attacked it: of a war that it began or joined.
    """
    own = NONE
    number = world.clock.events - 1
    while number >= 0:
        line = world.ledger[number]
        if line.day <= day and wages(line.kind, line.amount, least):
            if line.target == state:
                return number
            if line.actor == state and own == NONE:
                own = number
        number -= 1
    return own


@rule
def opening(world: World, front: Front) -> int:
    """The latest line with which fighting on a front began, -1 none."""
    return between(world, ledger.OPENED, front.holder, front.opponent)


@rule
def end_of(world: World, one: int, other: int) -> int:
    """The latest line with which a war between two states ended, -1 none."""
    settled = between(world, ledger.SETTLED, one, other)
    return max(settled, between(world, ledger.COLLAPSED, one, other))


@rule
def alarm_of(world: World, relation: Relation) -> int:
    """The latest line that alarmed a relation's actor towards its target, -1 none.

    An attack on the actor, a step of the target against it, a first report of troops, a treaty of
    the target's. None while alarms do not tell: without concern, or at intensity 0.
    """
    if relation.concern <= 0.0 or world.params.intensity <= 0.0:
        return NONE
    number = world.clock.events - 1
    while number >= 0:
        if alarms(world, number, relation):
            return number
        number -= 1
    return NONE


@rule
def alarms(world: World, number: int, relation: Relation) -> bool:
    """Whether a line of the ledger alarmed a relation."""
    line = world.ledger[number]
    if line.kind == ledger.STEP_UP:
        return line.actor == relation.target and line.target == relation.actor
    if line.kind == ledger.OPENED or line.kind == ledger.WAR_BROKE_OUT:
        return line.target == relation.actor and line.cause == NONE
    if line.kind == ledger.REPORTED:
        return line.actor == relation.actor and reports(world, line.target, relation)
    if line.kind == ledger.SIGNED or line.kind == ledger.IN_FORCE:
        return binds(world, int(line.amount), relation)
    return False


@rule
def reports(world: World, subject: int, relation: Relation) -> bool:
    """Whether the actor's reports on a state alarm it through this relation."""
    for report in world.reports:
        if report.observer == relation.actor and report.subject == subject:
            for place in (report.relation, report.other):
                if place >= 0 and world.relations[place].tag == relation.tag:
                    return True
    return False


@rule
def binds(world: World, treaty: int, relation: Relation) -> bool:
    """Whether the target is a party to a treaty, and the actor is not."""
    found = False
    for duty in world.duties:
        if world.clauses[duty.clause].treaty == treaty:
            if duty.obligor == relation.actor:
                return False
            if duty.obligor == relation.target:
                found = True
    return found


@rule
def delivery(world: World, flow: Flow) -> int:
    """What goods rest on: the step that opened their flow, or the duty they are sent under."""
    if flow.gate >= 0:
        gate = world.relations[flow.gate]
        return latest(world, ledger.STEP_UP, gate.actor, gate.target)
    number = world.clock.events - 1
    while number >= 0:
        line = world.ledger[number]
        if line.kind == ledger.DECIDED and line.article == flow.basis and flow.basis >= 0:
            return number
        number -= 1
    return NONE
