"""Joint measures to strengthen defence capability (Art. 8)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.clauses.kind import ClauseType, Terms
from sim.rules.casus import standing
from sim.rules.entities import Clause, Duty, World
from sim.rules.rule import rule

GAIN, AFTER = range(2)


class JointMeasuresTerms(Terms):
    """Numbers of the article."""

    gain: Annotated[float, Field(ge=0, le=1)]
    """Part of the missing interoperability that joint work removes (assumption)."""
    after: Annotated[int, Field(ge=0, le=3650)]
    """Days after entry into force at which it is removed (assumption)."""


@rule
def triggered(world: World, clause: Clause, duty: Duty) -> int:
    """A standing duty while the treaty is in force."""
    return standing(world, clause)


@rule
def delay(world: World, clause: Clause, duty: Duty) -> int:
    """Days of joint work until it shows."""
    return int(clause.terms[AFTER])


@rule
def perform(world: World, clause: Clause, duty: Duty) -> None:
    """ι' = ι + gain · (1 − ι) for the contingents that the obligor sends abroad."""
    for force in world.forces:
        if force.owner == duty.obligor and force.place >= 0:
            missing = 1.0 - force.interoperability
            force.interoperability += clause.terms[GAIN] * missing


@rule
def delivered(world: World, clause: Clause, duty: Duty) -> float:
    """The mechanism is all that is owed."""
    return 1.0


CLAUSE = ClauseType(
    name="joint_measures",
    meaning="work together on defence capability",
    terms=JointMeasuresTerms,
    triggered=triggered,
    delay=delay,
    perform=perform,
    delivered=delivered,
)
