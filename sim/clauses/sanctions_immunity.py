"""Unilateral coercive measures are not applied to each other (Art. 16)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.clauses.kind import ClauseType, Terms
from sim.rules.casus import standing
from sim.rules.entities import Clause, Duty, World
from sim.rules.rule import rule

SHARE = 0


class SanctionsImmunityTerms(Terms):
    """Numbers of the article."""

    share: Annotated[float, Field(ge=0, le=1)]
    """Fraction of sanctions' drag that the partner's goods escape (assumption)."""


@rule
def triggered(world: World, clause: Clause, duty: Duty) -> int:
    """A standing duty while the treaty is in force."""
    return standing(world, clause)


@rule
def perform(world: World, clause: Clause, duty: Duty) -> None:
    """Goods from the obligor to the beneficiary escape part of the drag of sanctions."""
    if duty.relation >= 0:
        relation = world.relations[duty.relation]
        relation.immunity = max(relation.immunity, clause.terms[SHARE])


@rule
def delivered(world: World, clause: Clause, duty: Duty) -> float:
    """0 when the obligor itself sanctions the beneficiary."""
    if duty.relation < 0:
        return 1.0
    relation = world.relations[duty.relation]
    if relation.first_rung < 0:
        return 1.0
    return 0.0 if world.rungs[relation.first_rung + relation.rung].sanctions > 0.0 else 1.0


CLAUSE = ClauseType(
    name="sanctions_immunity",
    meaning="no sanctions against each other, and help against those of others",
    terms=SanctionsImmunityTerms,
    triggered=triggered,
    perform=perform,
    delivered=delivered,
)
