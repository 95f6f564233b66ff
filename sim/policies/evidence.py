"""Decide as states did in the measured past."""

from __future__ import annotations

from sim.policies.kind import Policy
from sim.rules.casus import cost_of_aid
from sim.rules.entities import Clause, Duty, World
from sim.rules.rule import rule
from sim.rules.treaty import honour_probability


@rule
def honours(world: World, clause: Clause, duty: Duty) -> float:
    """The logit of the honour rule (C3)."""
    state, partner = world.states[duty.obligor], world.states[duty.beneficiary]
    return honour_probability(state, world, partner, clause, cost_of_aid(world, clause, duty))


POLICY = Policy(
    name="evidence",
    meaning="honours as often as states with the same features did",
    honours=honours,
)
