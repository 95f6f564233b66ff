"""The life of a duty: called by an event, accepted or refused, performed, judged."""

from __future__ import annotations

from sim import clauses
from sim.rules import causes, ledger
from sim.rules.entities import Clause, Duty, State, World
from sim.rules.escalation import DISPLAY, WAR
from sim.rules.rule import rule
from sim.rules.treaty import (
    ACCEPTED,
    DECLINED,
    IDLE,
    NO,
    PERFORMED,
    PERFORMING,
    accepted,
    in_force,
)

MUTUAL_AID = clauses.CODES["mutual_aid"]
OFFENCE = clauses.CODES["offence"]
NEUTRALITY = clauses.CODES["neutrality"]
CONSULTATION = clauses.CODES["consultation"]
NON_HOSTILITY = clauses.CODES["non_hostility"]
PROVISION = clauses.CODES["provision"]
JOINT_MEASURES = clauses.CODES["joint_measures"]
SANCTIONS_IMMUNITY = clauses.CODES["sanctions_immunity"]


@rule
def consider(duty: Duty, world: World) -> None:
    """The first half of a duty's day: trigger, decision and call, on the world of this morning."""
    clause = world.clauses[duty.clause]
    casus = clauses.triggered(clause.kind, world, clause, duty)
    if casus == NO:
        forget(duty)
        return
    if duty.casus_day < 0:
        duty.casus_day = world.clock.day
    if duty.status == IDLE:
        if not clauses.ready(clause.kind, world, clause, duty):
            return
        decide(duty, world, clause, casus)
    if duty.binding == 0 and in_force(world.treaties[clause.treaty]):
        call(duty, world, clause)


@rule
def act(duty: Duty, world: World) -> None:
    """The second half, when all duties have been considered: performance, or its judgement."""
    if world.clock.day < duty.due_day:
        return
    clause = world.clauses[duty.clause]
    if duty.status == ACCEPTED:
        clauses.perform(clause.kind, world, clause, duty)
        duty.status = PERFORMING
        duty.due_day = world.clock.day + 1
    elif duty.status == PERFORMING:
        duty.fulfilment = clauses.delivered(clause.kind, world, clause, duty)
        duty.status = PERFORMED
        judge(duty, world, clause)


@rule
def forget(duty: Duty) -> None:
    """The event is over: the duty may be called again, with new luck."""
    duty.casus_day = -1
    if duty.status == IDLE:
        return
    duty.status = IDLE
    duty.calls += 1
    duty.binding = 0
    duty.called_day = -1


@rule
def note(duty: Duty, world: World, kind: int, amount: float) -> int:
    """Write a line of the ledger about a duty, caused by its trigger or the decision on it."""
    return ledger.write(
        world, kind, duty.obligor, duty.beneficiary, duty.clause, amount, duty.cause
    )


@rule
def decide(duty: Duty, world: World, clause: Clause, casus: int) -> None:
    """The obligor decides once for each trigger, whether the treaty is in force or not."""
    duty.cause = trigger(duty, world, clause)
    duty.cause = note(duty, world, ledger.CASUS, float(casus))
    probability = clauses.chance(clause.kind, world, clause, duty)
    duty.status = DECLINED
    if accepted(duty, world, clause, casus, probability):
        duty.status = ACCEPTED
        duty.due_day = world.clock.day + clauses.delay(clause.kind, world, clause, duty)
    duty.cause = note(duty, world, ledger.DECIDED, 1.0 if duty.status == ACCEPTED else 0.0)


@rule
def stands(clause: Clause) -> bool:
    """Whether a duty under an article stands from entry into force, and needs no event."""
    return (
        clause.kind == PROVISION
        or clause.kind == JOINT_MEASURES
        or clause.kind == SANCTIONS_IMMUNITY
    )


@rule
def trigger(duty: Duty, world: World, clause: Clause) -> int:
    """The line of the ledger that calls a duty: entry into force, a hostile step, or an attack."""
    if stands(clause):
        return causes.of_treaty(world, ledger.IN_FORCE, clause.treaty)
    if clause.kind == NON_HOSTILITY:
        return causes.latest(world, ledger.STEP_UP, duty.obligor, duty.beneficiary)
    least = DISPLAY if clause.kind == CONSULTATION else WAR
    return causes.attack_on(world, duty.beneficiary, duty.casus_day, least)


@rule
def call(duty: Duty, world: World, clause: Clause) -> None:
    """From now on the duty binds; what was done or refused before is judged at once."""
    duty.binding = 1
    duty.called_day = world.clock.day
    note(duty, world, ledger.CALLED, 0.0)
    if duty.status == DECLINED or duty.status == PERFORMED:
        judge(duty, world, clause)


@rule
def judge(duty: Duty, world: World, clause: Clause) -> None:
    """Enter the ledger: met, late, in part or refused; voluntary where nothing bound."""
    fulfilment = 0.0 if duty.status == DECLINED else duty.fulfilment
    kind = ledger.MET
    if duty.binding == 0:
        kind = ledger.VOLUNTARY
    elif fulfilment <= 0.0:
        kind = ledger.REFUSED
        world.states[duty.obligor].reneged = 1
    elif fulfilment < 1.0:
        kind = ledger.PARTIAL
    elif world.clock.day > duty.called_day + clause.deadline:
        kind = ledger.LATE
    if kind != ledger.VOLUNTARY or fulfilment > 0.0:
        note(duty, world, kind, fulfilment)


@rule
def is_party(world: World, treaty: int, state: int) -> bool:
    """Whether a state owes anything under a treaty."""
    for duty in world.duties:
        if duty.obligor == state and world.clauses[duty.clause].treaty == treaty:
            return True
    return False


@rule
def protect(world: World) -> None:
    """What each state may expect of partners bound by treaties in force, for deterrence (C10).

    The largest probability of honour among defence pacts, offence pacts and neutrality pledges.
    """
    for state in world.states:
        state.protection = 0.0
        state.backing = 0.0
        state.cover = 0.0
    for duty in world.duties:
        clause = world.clauses[duty.clause]
        if in_force(world.treaties[clause.treaty]):
            expect(world.states[duty.beneficiary], world, clause, duty)


@rule
def expect(state: State, world: World, clause: Clause, duty: Duty) -> None:
    """Count one duty owed to a state among what it may expect."""
    if clause.kind != MUTUAL_AID and clause.kind != OFFENCE and clause.kind != NEUTRALITY:
        return
    chance = clauses.chance(clause.kind, world, clause, duty)
    if clause.kind == MUTUAL_AID:
        state.protection = max(state.protection, chance)
    elif clause.kind == OFFENCE:
        state.backing = max(state.backing, chance)
    else:
        state.cover = max(state.cover, chance)
