"""Mutual military aid: help a party under armed attack (Art. 4 of the treaty of 2024)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.clauses.kind import ClauseType, Terms
from sim.rules import ledger, streams
from sim.rules.casus import (
    at_war_with,
    attack_of,
    attacker_of,
    fights,
    has_contingents,
    join_war,
    occupies,
    signed,
)
from sim.rules.draws import uniform_at
from sim.rules.entities import Clause, Duty, World
from sim.rules.rule import rule
from sim.rules.treaty import (
    CLEAR,
    CONTESTED,
    ECONOMIC,
    LIMITED_TROOPS,
    MODEL,
    NO,
    OPEN_TROOPS,
    STATEMENT,
    latency,
    mode_of,
    share_of_form,
)

WITHOUT_DELAY, RECOGNISED_ONLY, WAIT, P_STATEMENT, P_ECONOMIC, P_LIMITED = range(6)
CHARTER_51, DOMESTIC_DAYS = 6, 7


class MutualAidTerms(Terms):
    """Numbers of the article. What is left of the three probabilities is open troops."""

    without_delay: Annotated[float, Field(ge=1, le=20)]
    """Factor on the hazard of aid for the words "without delay" (assumption)."""
    recognised_only: Annotated[int, Field(ge=0, le=1)]
    """1: fighting on disputed territory, or in a war that the beneficiary began, does not count."""
    wait: Annotated[int, Field(ge=0, le=60)]
    """Days that the parties may consult before the decision."""
    statement: Annotated[float, Field(ge=0, le=1)]
    """Probability that aid is words only (assumption)."""
    economic: Annotated[float, Field(ge=0, le=1)]
    """Probability that aid is arms or goods (assumption)."""
    limited_troops: Annotated[float, Field(ge=0, le=1)]
    """Probability that aid is limited or deniable troops (assumption)."""
    charter_51: Annotated[int, Field(ge=0, le=1)] = 0
    """1: self-defence is contested while the beneficiary itself holds another's territory."""
    domestic_days: Annotated[int, Field(ge=0, le=3650)] = 0
    """Days that the laws of the obligor add before it may act."""


@rule
def triggered(world: World, clause: Clause, duty: Duty) -> int:
    """Armed attack on the beneficiary since signature, within the article's limits.

    Territory and provocation: fighting on disputed ground, or in a war that the beneficiary began,
    calls only where that was agreed. Foe: some treaties name the only attacker. Charter: where Art.
    51 is read strictly, the call of a state that itself holds another's territory is contested.
    """
    if not signed(world, clause):
        return NO
    since = world.treaties[clause.treaty].signed_day
    casus = attack_of(world, duty.beneficiary, since, duty.foe)
    if casus == CONTESTED and clause.terms[RECOGNISED_ONLY] > 0.0:
        return NO
    if casus == CLEAR and clause.terms[CHARTER_51] > 0.0 and occupies(world, duty.beneficiary):
        return CONTESTED
    return casus


@rule
def ready(world: World, clause: Clause, duty: Duty) -> bool:
    """Once the parties have talked, or `wait` days after the attack."""
    if world.clock.day >= duty.casus_day + int(clause.terms[WAIT]) or duty.relation < 0:
        return True
    return world.relations[duty.relation].consulted >= duty.casus_day


@rule
def delay(world: World, clause: Clause, duty: Duty) -> int:
    """Weibull latency, shortened by the words "without delay", after the domestic procedure."""
    return int(clause.terms[DOMESTIC_DAYS]) + latency(duty, world, clause.terms[WITHOUT_DELAY])


@rule
def form_of_aid(world: World, clause: Clause, duty: Duty) -> int:
    """Draw the form from the article's menu; outside the model mode it is open troops (C4)."""
    if mode_of(clause, world) != MODEL:
        return OPEN_TROOPS
    u = uniform_at(world.clock, 0, streams.FORM, duty.tag, duty.calls)
    bound = clause.terms[P_STATEMENT]
    if u < bound:
        return STATEMENT
    bound += clause.terms[P_ECONOMIC]
    if u < bound:
        return ECONOMIC
    if u < bound + clause.terms[P_LIMITED]:
        return LIMITED_TROOPS
    return OPEN_TROOPS


@rule
def perform(world: World, clause: Clause, duty: Duty) -> None:
    """Order the expedition, or take part in the war where no expedition is modelled."""
    duty.form = form_of_aid(world, clause, duty)
    share = share_of_form(world, duty.form)
    obligor = world.states[duty.obligor]
    if share <= 0.0:
        return
    if has_contingents(world, duty.obligor):
        if obligor.order_day < 0 or obligor.order_day == world.clock.day:
            obligor.order_day = world.clock.day
            obligor.order_share = max(obligor.order_share, share)
            amount = float(duty.form)
            ledger.write(
                world, ledger.ORDERED, duty.obligor, duty.beneficiary, -1, amount, duty.cause
            )
        return
    since = world.treaties[clause.treaty].signed_day
    join_war(duty, world, attacker_of(world, duty.beneficiary, since, duty.foe))


@rule
def delivered(world: World, clause: Clause, duty: Duty) -> float:
    """1 for troops in full, .75 limited troops, .5 arms or goods only, .25 words (assumption).

    0 for who is at war with the beneficiary itself, or keeps neutral towards its attacker.
    """
    if at_war_with(world, duty.obligor, duty.beneficiary):
        return 0.0
    if duty.form == STATEMENT:
        return 0.25
    if duty.form == ECONOMIC:
        return 0.5
    obligor = world.states[duty.obligor]
    if has_contingents(world, duty.obligor) and obligor.sent == 0:
        return 0.5
    if not has_contingents(world, duty.obligor) and not fights(world, duty.obligor):
        return 0.0
    if duty.form == LIMITED_TROOPS:
        return 0.75
    return 1.0


CLAUSE = ClauseType(
    name="mutual_aid",
    meaning="military and other help to a party under armed attack",
    terms=MutualAidTerms,
    triggered=triggered,
    ready=ready,
    delay=delay,
    perform=perform,
    delivered=delivered,
)
