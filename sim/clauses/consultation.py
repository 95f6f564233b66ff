"""Consultation on a threat of armed aggression (Art. 3 of the treaty of 2024)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.clauses.kind import ClauseType, Terms
from sim.rules import ledger, streams
from sim.rules.casus import signed, threatened
from sim.rules.draws import uniform_at
from sim.rules.entities import Clause, Duty, World
from sim.rules.rule import rule
from sim.rules.treaty import NO

PROBABILITY, WINDOW = range(2)


class ConsultationTerms(Terms):
    """Numbers of the article."""

    probability: Annotated[float, Field(ge=0, le=1)]
    """Probability that the parties talk when called (assumption)."""
    window: Annotated[int, Field(ge=0, le=60)]
    """Most days until they talk."""


@rule
def triggered(world: World, clause: Clause, duty: Duty) -> int:
    """A direct threat of armed aggression to the beneficiary since signature."""
    if not signed(world, clause):
        return NO
    return threatened(world, duty.beneficiary, world.treaties[clause.treaty].signed_day)


@rule
def chance(world: World, clause: Clause, duty: Duty) -> float:
    """Parties talk with the article's own probability."""
    return clause.terms[PROBABILITY]


@rule
def delay(world: World, clause: Clause, duty: Duty) -> int:
    """Uniform between 0 and `window` days."""
    u = uniform_at(world.clock, 0, streams.CONSULTATION, duty.tag, duty.calls)
    return int(u * clause.terms[WINDOW])


@rule
def perform(world: World, clause: Clause, duty: Duty) -> None:
    """Talk: the obligor's relation to the beneficiary remembers the day."""
    if duty.relation >= 0:
        world.relations[duty.relation].consulted = world.clock.day
    ledger.write(
        world, ledger.CONSULTED, duty.obligor, duty.beneficiary, duty.clause, 0.0, duty.cause
    )


@rule
def delivered(world: World, clause: Clause, duty: Duty) -> float:
    """Talking is all that is owed."""
    return 1.0


CLAUSE = ClauseType(
    name="consultation",
    meaning="talk and align positions when a party is threatened",
    terms=ConsultationTerms,
    triggered=triggered,
    chance=chance,
    delay=delay,
    perform=perform,
    delivered=delivered,
)
