"""Always honour."""

from __future__ import annotations

from sim.policies.kind import Policy
from sim.rules.entities import Clause, Duty, World
from sim.rules.rule import rule


@rule
def honours(world: World, clause: Clause, duty: Duty) -> float:
    """Certain."""
    return 1.0


POLICY = Policy(name="steadfast", meaning="honours every obligation", honours=honours)
