"""No hostile agreements and no hostile acts against the other party (Art. 5)."""

from __future__ import annotations

from sim.clauses.kind import ClauseType
from sim.rules.casus import standing
from sim.rules.entities import Clause, Duty, World
from sim.rules.escalation import WORDS
from sim.rules.rule import rule
from sim.rules.treaty import NO


@rule
def triggered(world: World, clause: Clause, duty: Duty) -> int:
    """Called when the obligor goes beyond words against the beneficiary."""
    if duty.relation < 0 or world.relations[duty.relation].severity <= WORDS:
        return NO
    return standing(world, clause)


@rule
def chance(world: World, clause: Clause, duty: Duty) -> float:
    """The act that calls the duty is its breach."""
    return 0.0


@rule
def perform(world: World, clause: Clause, duty: Duty) -> None:
    """Nothing is to be done: the duty is to abstain."""


@rule
def delivered(world: World, clause: Clause, duty: Duty) -> float:
    """0: the duty was broken when it was called."""
    return 0.0


CLAUSE = ClauseType(
    name="non_hostility",
    meaning="no agreements or acts against the other party",
    triggered=triggered,
    chance=chance,
    perform=perform,
    delivered=delivered,
)
