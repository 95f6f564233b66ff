"""Economic and technical cooperation: goods that one party provides (Art. 9 and 10)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, field_validator

from sim.clauses.kind import ClauseType, Terms
from sim.rules.casus import standing
from sim.rules.entities import Clause, Duty, World
from sim.rules.rule import rule
from sim.rules.supply import GOODS

GOOD, REVIEW = range(2)


class ProvisionTerms(Terms):
    """Numbers of the article."""

    good: Annotated[int, Field(ge=0, lt=len(GOODS))]
    """Kind of good, by name in a scenario."""
    review: Annotated[int, Field(ge=0, le=3650)]
    """Days after entry into force at which delivery is looked at."""

    @field_validator("good", mode="before")
    @classmethod
    def _by_name(cls, value: object) -> object:
        if isinstance(value, str):
            if value not in GOODS:
                raise ValueError(f"good must be one of {', '.join(GOODS)}")
            return GOODS.index(value)
        return value


@rule
def triggered(world: World, clause: Clause, duty: Duty) -> int:
    """A standing duty while the treaty is in force."""
    return standing(world, clause)


@rule
def delay(world: World, clause: Clause, duty: Duty) -> int:
    """Days until delivery is looked at."""
    return int(clause.terms[REVIEW])


@rule
def perform(world: World, clause: Clause, duty: Duty) -> None:
    """Deliveries of the good are from now on made under the article, not freely."""
    for flow in world.flows:
        if flow.donor == duty.obligor and flow.recipient == duty.beneficiary:
            if flow.good == int(clause.terms[GOOD]):
                flow.basis = duty.clause


@rule
def delivered(world: World, clause: Clause, duty: Duty) -> float:
    """1 when anything of the good has arrived, else 0."""
    for flow in world.flows:
        if flow.donor == duty.obligor and flow.recipient == duty.beneficiary:
            if flow.good == int(clause.terms[GOOD]) and flow.units_delivered > 0:
                return 1.0
    return 0.0


CLAUSE = ClauseType(
    name="provision",
    meaning="provide a good: food, oil, technology …",
    terms=ProvisionTerms,
    triggered=triggered,
    delay=delay,
    perform=perform,
    delivered=delivered,
)
