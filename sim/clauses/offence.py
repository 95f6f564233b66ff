"""Offence pact: join the partner's war even when it attacks."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.clauses.joining import delay, delivered, perform
from sim.clauses.kind import ClauseType, Terms
from sim.rules.casus import enemy_of, signed
from sim.rules.entities import Clause, Duty, World
from sim.rules.rule import rule
from sim.rules.treaty import CLEAR, NO


class OffenceTerms(Terms):
    """Numbers of the article."""

    without_delay: Annotated[float, Field(ge=1, le=20)]
    """Factor on the hazard of joining for the words "without delay" (assumption)."""


@rule
def triggered(world: World, clause: Clause, duty: Duty) -> int:
    """The partner is at war, whoever began it, with the article's foe or with anybody."""
    if not signed(world, clause) or world.states[duty.beneficiary].at_war == 0:
        return NO
    since = world.treaties[clause.treaty].signed_day
    enemy = enemy_of(world, duty.beneficiary, since, duty.foe)
    return CLEAR if enemy >= 0 and enemy != duty.obligor else NO


CLAUSE = ClauseType(
    name="offence",
    meaning="join the partner's war, even one that it began",
    terms=OffenceTerms,
    triggered=triggered,
    delay=delay,
    perform=perform,
    delivered=delivered,
)
