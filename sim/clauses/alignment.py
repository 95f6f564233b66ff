"""Informal alignment: help that is expected of a partner without any text (Russia-Serbia 1914).

Nothing binds: an alignment stands in a treaty marked `informal`, which never enters into force, so
that the ledger counts whatever is done as voluntary. No data give the share of partners without a
treaty who came; the chance is a term of its own, an assumption that a scenario should draw.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.clauses.joining import delay, delivered, perform
from sim.clauses.kind import ClauseType, Terms
from sim.rules.casus import attack_of, enemy_of, signed
from sim.rules.entities import Clause, Duty, World
from sim.rules.rule import rule
from sim.rules.treaty import CONTESTED, NO

HONOUR, PATIENCE = 1, 2


class AlignmentTerms(Terms):
    """Numbers of the alignment."""

    without_delay: Annotated[float, Field(ge=1, le=20)]
    """Factor on the hazard of help; 1 where no words promise speed."""
    honour: Annotated[float, Field(ge=0, le=1)]
    """Probability that the state stands by its partner (assumption)."""
    patience: Annotated[int, Field(ge=0, le=60)]
    """Days from the event to the decision."""


@rule
def triggered(world: World, clause: Clause, duty: Duty) -> int:
    """An attack on the partner; CONTESTED where the partner joined a war that it did not begin."""
    if not signed(world, clause):
        return NO
    since = world.treaties[clause.treaty].signed_day
    casus = attack_of(world, duty.beneficiary, since, duty.foe)
    partner = world.states[duty.beneficiary]
    if casus == NO and partner.at_war == 1 and partner.began_war == 0:
        return CONTESTED if enemy_of(world, duty.beneficiary, since, duty.foe) >= 0 else NO
    return casus


@rule
def ready(world: World, clause: Clause, duty: Duty) -> bool:
    """`patience` days after the event."""
    return world.clock.day >= duty.casus_day + int(clause.terms[PATIENCE])


@rule
def chance(world: World, clause: Clause, duty: Duty) -> float:
    """The alignment's own probability, whatever has changed: there is no signature to date from."""
    return clause.terms[HONOUR]


CLAUSE = ClauseType(
    name="alignment",
    meaning="informal alignment: help without a treaty's text, always voluntary",
    terms=AlignmentTerms,
    triggered=triggered,
    ready=ready,
    chance=chance,
    delay=delay,
    perform=perform,
    delivered=delivered,
)
