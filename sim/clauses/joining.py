"""What articles have in common whose duty is to join the partner's war."""

from __future__ import annotations

from sim.rules.casus import enemy_of, fights, join_war
from sim.rules.entities import Clause, Duty, World
from sim.rules.rule import rule
from sim.rules.treaty import latency

WITHOUT_DELAY = 0
"""The first term of each such article: factor on the hazard of joining."""


@rule
def delay(world: World, clause: Clause, duty: Duty) -> int:
    """Weibull latency of joiners of wars (C4), shortened by the words "without delay"."""
    return latency(duty, world, clause.terms[WITHOUT_DELAY])


@rule
def perform(world: World, clause: Clause, duty: Duty) -> None:
    """Join the partner's war."""
    since = world.treaties[clause.treaty].signed_day
    join_war(duty, world, enemy_of(world, duty.beneficiary, since, duty.foe))


@rule
def delivered(world: World, clause: Clause, duty: Duty) -> float:
    """1 when the obligor is at war."""
    return 1.0 if fights(world, duty.obligor) else 0.0
