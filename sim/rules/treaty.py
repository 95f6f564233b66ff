"""The treaty clock (C1), the trigger (C2), honour (C3), form and latency of aid (C4).

Left out: reservations, refusal by a chamber, interpretation in dispute, and renegotiation.
"""

from __future__ import annotations

import math

from sim.rules import causes, ledger, streams
from sim.rules.draws import uniform_at
from sim.rules.entities import Clause, Duty, State, Step, Treaty, World
from sim.rules.quantiles import lognormal, weibull, within_a_day
from sim.rules.rule import rule

UNSIGNED, SIGNED, IN_FORCE, NOTICE, ENDED = range(5)
HISTORICAL, MODEL, ALWAYS, NEVER = range(4)
STATEMENT, ECONOMIC, LIMITED_TROOPS, OPEN_TROOPS = range(4)
NO, CONTESTED, CLEAR = range(3)
IDLE, ACCEPTED, PERFORMING, PERFORMED, DECLINED = range(5)


@rule
def in_force(treaty: Treaty) -> bool:
    """Whether the treaty binds today; notice does not end it before its time (Art. 23)."""
    return treaty.status == IN_FORCE or treaty.status == NOTICE


@rule
def ratify(step: Step, world: World) -> bool:
    """Take one step of a party's own procedure when its day has come, one step a day (C1).

    The day is the record's in the historical mode, else LogNormal(median, spread) days after the
    step before (or after signature). Source: case dates of the treaty of 19 June 2024; the
    spread is an assumption. Left out: refusal by a chamber.
    """
    treaty = world.treaties[step.treaty]
    if step.done_day >= 0 or treaty.status != SIGNED:
        return False
    since = treaty.signed_day
    if step.after >= 0:
        since = world.ratifications[step.after].done_day
        if since < 0 or since >= world.clock.day:
            return False
    if step.due_day < 0:
        u = uniform_at(world.clock, 0, streams.RATIFICATION, step.tag, 0)
        step.due_day = since + int(lognormal(u, step.median, step.spread))
    given = world.params.honour_mode == HISTORICAL and step.given_day >= 0
    if world.clock.day < (step.given_day if given else step.due_day):
        return False
    step.done_day = world.clock.day
    treaty.ratified_day = world.clock.day
    cause = causes.ratification(world, step)
    ledger.write(world, ledger.RATIFIED, step.party, -1, -1, 0.0, cause)
    return True


@rule
def steps_left(world: World, treaty_index: int) -> int:
    """Steps of ratification that are not done."""
    left = 0
    for step in world.ratifications:
        if step.treaty == treaty_index and step.done_day < 0:
            left += 1
    return left


@rule
def advance(treaty: Treaty, world: World, index: int) -> None:
    """Signature, exchange of instruments, entry into force, notice and end (C1).

    In force `exchange` days after the last ratification (Art. 22); ended `notice` days after
    notice (Art. 23), which comes with a constant hazard. Sources: dates of the treaty. An informal
    alignment exists from its day on and never enters into force.
    """
    day = world.clock.day
    if treaty.informal == 1:
        treaty.status = SIGNED if day >= treaty.signed_day else UNSIGNED
        return
    if treaty.status == UNSIGNED and day >= treaty.signed_day:
        treaty.status = SIGNED
        ledger.write(world, ledger.SIGNED, -1, -1, -1, float(index), -1)
    elif treaty.status == SIGNED and steps_left(world, index) == 0:
        due = max(treaty.ratified_day, treaty.signed_day) + treaty.exchange
        if world.params.honour_mode == HISTORICAL and treaty.exchange_given >= 0:
            due = treaty.exchange_given
        if day >= due:
            treaty.status = IN_FORCE
            treaty.force_day = day
            cause = causes.entry_into_force(world, treaty, index)
            ledger.write(world, ledger.IN_FORCE, -1, -1, -1, float(index), cause)
    elif treaty.status == IN_FORCE and treaty.exit_hazard > 0.0:
        u = uniform_at(world.clock, day, streams.NOTICE, treaty.tag, 0)
        if within_a_day(u, treaty.exit_hazard):
            treaty.status = NOTICE
            treaty.notice_day = day
            cause = causes.of_treaty(world, ledger.IN_FORCE, index)
            ledger.write(world, ledger.NOTICE_GIVEN, -1, -1, -1, float(index), cause)
    elif treaty.status == NOTICE and day >= treaty.notice_day + treaty.notice:
        treaty.status = ENDED
        cause = causes.of_treaty(world, ledger.NOTICE_GIVEN, index)
        ledger.write(world, ledger.ENDED, -1, -1, -1, float(index), cause)


@rule
def honour_probability(
    state: State, world: World, partner: State, clause: Clause, cost: float
) -> float:
    """Probability that a called obligation is honoured (C3).

    logit P = β_type + β_cap ΔC + β_inst ΔI + β_tgt T + β_D (D − ½) − β_k ĉ: ΔC either party's
    capability changed by over 10 % since signature, ΔI the obligor's institutions changed, T the
    obligor is itself an original target of the war, D democracy, ĉ perceived cost of aiding, 0 to
    1 (`casus.cost_of_aid`). Source: Berkemeier & Fuhrmann 2018 for β_type, Leeds & Anac 2005
    replication data for the slopes. Left out: domestic parties, reputation for other pacts.
    """
    score = clause.intercept
    if state.capability_changed == 1 or partner.capability_changed == 1:
        score += world.params.honour_capability
    if state.institutions_changed == 1:
        score += world.params.honour_institutions
    if state.at_war == 1 and state.war_day == 0:
        score += world.params.honour_target
    score += world.params.honour_democracy * (state.democracy - 0.5)
    score -= world.params.honour_cost * cost
    return 1.0 / (1.0 + math.exp(-score))


@rule
def mode_of(clause: Clause, world: World) -> int:
    """The honour mode that holds for a clause: the lever's for the treaty it speaks of."""
    if world.treaties[clause.treaty].follows_mode == 1:
        return world.params.honour_mode
    return MODEL


@rule
def accepted(duty: Duty, world: World, clause: Clause, casus: int, probability: float) -> bool:
    """Whether a duty is accepted: one draw for each duty and trigger (C2, C3).

    Historical and always: yes; never: no. In the model mode a contested casus foederis counts
    as met with probability q_cf (assumption), and `probability` decides the rest.
    """
    mode = mode_of(clause, world)
    if mode != MODEL:
        return mode != NEVER
    if casus == CONTESTED:
        u = uniform_at(world.clock, 0, streams.CONTESTED, duty.tag, duty.calls)
        if u >= world.params.contested_accepted:
            return False
    return uniform_at(world.clock, 0, streams.HONOUR, duty.tag, duty.calls) < probability


@rule
def latency(duty: Duty, world: World, without_delay: float) -> int:
    """Days from trigger to aid (C4).

    Weibull(k, s) divided by m^(1/k), which multiplies the hazard by m for the words "without
    delay". Source: 240 joiners of wars (GML 2016); m is an assumption.
    """
    shape = world.params.latency_shape
    u = uniform_at(world.clock, 0, streams.LATENCY, duty.tag, duty.calls)
    days = weibull(u, shape, world.params.latency_scale)
    return int(days * math.exp(-math.log(without_delay) / shape))


@rule
def share_of_form(world: World, form: int) -> float:
    """Fraction of the pledged expedition that a form of aid sends (C4)."""
    if form == OPEN_TROOPS:
        return 1.0
    if form == LIMITED_TROOPS:
        return world.params.limited_share
    return 0.0


@rule
def enter_war(state: State, world: World, index: int, against: int, cause: int) -> None:
    """A state takes part in the fighting from today, if it did not."""
    if state.at_war == 1:
        return
    state.at_war = 1
    state.entered_day = world.clock.day
    if state.war_day < 0:
        state.war_day = world.clock.day
    ledger.write(world, ledger.ENTERED_WAR, index, against, -1, 0.0, cause)
