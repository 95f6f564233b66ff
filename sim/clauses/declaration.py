"""Words of policy that call for no act (Art. 6: a just and multipolar order)."""

from __future__ import annotations

from sim.clauses.kind import ClauseType
from sim.rules.entities import Clause, Duty, World
from sim.rules.rule import rule
from sim.rules.treaty import NO


@rule
def triggered(world: World, clause: Clause, duty: Duty) -> int:
    """Never called: a declaration stands in the scenario so that the treaty is whole."""
    return NO


@rule
def perform(world: World, clause: Clause, duty: Duty) -> None:
    """Nothing is owed."""


@rule
def delivered(world: World, clause: Clause, duty: Duty) -> float:
    """Nothing is owed."""
    return 1.0


CLAUSE = ClauseType(
    name="declaration",
    meaning="words of policy; nothing that can be called",
    triggered=triggered,
    perform=perform,
    delivered=delivered,
)
