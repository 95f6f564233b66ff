"""Hold back arms that kill."""

from __future__ import annotations

from sim.policies.evidence import honours
from sim.policies.kind import Policy
from sim.rules.entities import Relation, Rung, World
from sim.rules.escalation import LETHAL_AID, STRIKE_PERMISSION
from sim.rules.rule import rule

RESTRAINT = 0.25


@rule
def climbs(world: World, relation: Relation, rung: Rung) -> float:
    """A quarter of the ladder's hazard for lethal aid and permission to strike (assumption)."""
    if rung.severity == LETHAL_AID or rung.severity == STRIKE_PERMISSION:
        return RESTRAINT
    return 1.0


POLICY = Policy(
    name="restrained",
    meaning="answers in words, sanctions and defensive aid before lethal aid",
    honours=honours,
    climbs=climbs,
)
