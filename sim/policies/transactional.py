"""Decide by what the partner has paid."""

from __future__ import annotations

from sim.policies.kind import Policy
from sim.rules.casus import cost_of_aid
from sim.rules.entities import Clause, Duty, World
from sim.rules.rule import rule
from sim.rules.treaty import honour_probability

MILLION = 1000000.0


@rule
def honours(world: World, clause: Clause, duty: Duty) -> float:
    """P' = P + (1 − P) r / (1 + r), r the goods received in billion USD (assumption)."""
    state, partner = world.states[duty.obligor], world.states[duty.beneficiary]
    base = honour_probability(state, world, partner, clause, cost_of_aid(world, clause, duty))
    returns = float(state.received) / MILLION
    return base + (1.0 - base) * returns / (1.0 + returns)


POLICY = Policy(
    name="transactional",
    meaning="honours the more, the more goods it has received",
    honours=honours,
)
