"""Neutrality: stay out of the partner's wars."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.clauses.kind import ClauseType, Terms
from sim.rules.casus import at_war_with, attack_of, fought_by, signed
from sim.rules.entities import Clause, Duty, World
from sim.rules.rule import rule
from sim.rules.treaty import CLEAR, NO

ATTACKED_ONLY = 0


class NeutralityTerms(Terms):
    """Numbers of the article."""

    attacked_only: Annotated[int, Field(ge=0, le=1)]
    """1: holds only where the partner is attacked; 0: in any war."""


@rule
def triggered(world: World, clause: Clause, duty: Duty) -> int:
    """The partner is at war with another state than the obligor."""
    if not signed(world, clause):
        return NO
    since = world.treaties[clause.treaty].signed_day
    casus = attack_of(world, duty.beneficiary, since, duty.foe)
    if casus == NO and clause.terms[ATTACKED_ONLY] == 0.0:
        enemy = fought_by(world, duty.beneficiary, duty.foe)
        return CLEAR if enemy >= 0 and enemy != duty.obligor else NO
    return casus


@rule
def perform(world: World, clause: Clause, duty: Duty) -> None:
    """From tomorrow the obligor neither joins nor begins a war against the beneficiary."""
    if duty.relation >= 0:
        world.relations[duty.relation].neutral = world.clock.day


@rule
def delivered(world: World, clause: Clause, duty: Duty) -> float:
    """0 when the obligor is at war with the beneficiary; a pledge that is refused holds nobody."""
    return 0.0 if at_war_with(world, duty.obligor, duty.beneficiary) else 1.0


CLAUSE = ClauseType(
    name="neutrality",
    meaning="stay out of the partner's wars",
    terms=NeutralityTerms,
    triggered=triggered,
    perform=perform,
    delivered=delivered,
)
