"""How a state's policy and deterrence bear on its next step."""

from __future__ import annotations

import math

from sim import policies
from sim.rules.entities import Relation, World
from sim.rules.escalation import THREAT, WAR
from sim.rules.rule import rule


@rule
def willingness(relation: Relation, world: World) -> float:
    """Factor on the way up: the actor's policy, deterrence of a challenge, and own strength.

    A challenge, the step to a threat, is multiplied by e^(δ_def P_def + δ_off P_off + δ_neut P_neut
    + β_h (C_home − 1)): P_def how surely the target's ally would help it, P_off that a partner
    would join the actor's attack, P_neut that one would stay neutral, each the largest of its kind
    and only of treaties in force (C10); C_home the actor's capability at home relative to the start
    (C9). Source: Leeds 2003, Benson 2011; β_h is an assumption. An actor that keeps neutral towards
    the target takes no step to war against it.
    """
    if relation.rung >= relation.top:
        return 0.0
    rung = world.rungs[relation.first_rung + relation.rung + 1]
    factor: float = policies.climbs(world.states[relation.actor].policy, world, relation, rung)
    if rung.severity == THREAT:
        actor = world.states[relation.actor]
        score = world.params.deterrence * world.states[relation.target].protection
        score += world.params.deterrence_offence * actor.backing
        score += world.params.deterrence_neutrality * actor.cover
        score += world.params.home_challenge * (actor.home - 1.0)
        factor = factor * math.exp(score)
    if rung.severity == WAR and relation.neutral >= 0:
        return 0.0
    return factor
