"""How a state's policy and deterrence bear on its next step."""

from __future__ import annotations

import math

from sim import policies
from sim.rules.entities import Relation, World
from sim.rules.escalation import THREAT
from sim.rules.rule import rule


@rule
def willingness(relation: Relation, world: World) -> float:
    """Factor on the way up: the actor's policy, and on a challenge deterrence and own strength.

    A challenge is multiplied by e^(δ_def P + β_h (C_home − 1)): P how surely an ally would come to
    the target's help (C10), C_home the actor's capability at home relative to the start (C9).
    """
    if relation.rung >= relation.top:
        return 0.0
    rung = world.rungs[relation.first_rung + relation.rung + 1]
    factor: float = policies.climbs(world.states[relation.actor].policy, world, relation, rung)
    if rung.severity == THREAT:
        protection = world.states[relation.target].protection
        gained = world.states[relation.actor].home - 1.0
        factor = factor * math.exp(world.params.deterrence * protection)
        factor = factor * math.exp(world.params.home_challenge * gained)
    return factor
