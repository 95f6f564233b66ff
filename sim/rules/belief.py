"""What a state believes of its chance to win, and what a day of fighting tells (C12).

Left out: beliefs about others' beliefs, offers, the aims at stake, private information beyond the
first estimate, and whatever is learned off the field.
"""

from __future__ import annotations

import math

from sim.rules import streams
from sim.rules.draws import uniform, uniform_at
from sim.rules.entities import Front, Relation, World
from sim.rules.quantiles import normal
from sim.rules.rule import rule

NOTHING = -1.0
"""A day that tells nothing: no chance to win is negative."""


@rule
def between(front: Front, actor: int, target: int) -> bool:
    """Whether a front stands between two states."""
    if front.holder == actor and front.opponent == target:
        return True
    return front.holder == target and front.opponent == actor


@rule
def meet(relation: Relation, world: World) -> bool:
    """Whether the two states of a relation fight on a front today.

    A war without a front ends by its ladder's hazard: nothing is seen of it to learn from.
    """
    for front in world.fronts:
        if front.opened == 1 and between(front, relation.actor, relation.target):
            return True
    return False


@rule
def first_estimate(relation: Relation, world: World) -> float:
    """p̂ at the beginning: own share of both capabilities, with an error of sd σ0 (C12).

    The error is drawn once a war: private information, so that both may be optimists (Fearon
    1995). Capability CINC; σ0 .25 is an assumption.
    """
    own = world.states[relation.actor].capability
    both = own + world.states[relation.target].capability
    share = own / both if both > 0.0 else 0.5
    u = uniform_at(world.clock, 0, streams.BELIEF, relation.tag, relation.wars)
    return share + world.params.belief_sd * normal(u)


@rule
def precision(evidence: int, first_sd: float, day_sd: float) -> float:
    """1 / sd² after `evidence` days: 1/σ0² + n/σo² (normal-normal)."""
    return 1.0 / (first_sd * first_sd) + float(evidence) / (day_sd * day_sd)


@rule
def updated(belief: float, evidence: int, seen: float, first_sd: float, day_sd: float) -> float:
    """p̂ after one more day that showed `seen`, when it rested on `evidence` days before."""
    weight = 1.0 / (day_sd * day_sd * precision(evidence + 1, first_sd, day_sd))
    return belief + weight * (seen - belief)


@rule
def lesson(relation: Relation, world: World) -> float:
    """What today's fighting shows of the actor's chance to win, 0 to 1; NOTHING without fighting.

    (1 − v) · exchange + v · ground: exchange is the other side's loss rate over both; ground is
    1 won, 0 lost, ½ unmoved. Allies on a side count with it. v is an assumption.
    """
    lost, lost_other, there, there_other, won = 0, 0, 0, 0, 0
    for front in world.fronts:
        if front.opened == 1 and between(front, relation.actor, relation.target):
            moved = int(1000.0 * front.moved)
            if front.holder == relation.actor:
                lost += front.today_holder
                there += front.present_holder
                lost_other += front.today_opponent
                there_other += front.present_opponent
                won += moved
            else:
                lost += front.today_opponent
                there += front.present_opponent
                lost_other += front.today_holder
                there_other += front.present_holder
                won -= moved
    relation.present_most = max(relation.present_most, there)
    if there <= 0 or there_other <= 0 or lost + lost_other <= 0:
        return NOTHING
    rate = float(lost) / float(there)
    rate_other = float(lost_other) / float(there_other)
    ground = 0.5
    if won > 0:
        ground = 1.0
    elif won < 0:
        ground = 0.0
    weight = world.params.ground_weight
    return (1.0 - weight) * rate_other / (rate + rate_other) + weight * ground


@rule
def error_of_judgement(relation: Relation, world: World) -> float:
    """σo of one day, pooled with partners who have consulted the actor: σo / √(1 + partners).

    The pooled error of equal services, (Σ σ⁻²)^(−½).
    """
    partners = 0
    for other in world.relations:
        if other.actor == relation.actor and other.consulted >= 0:
            partners += 1
    return world.params.signal_sd / math.sqrt(float(1 + partners))


@rule
def judge(relation: Relation, world: World) -> None:
    """Form, revise or drop the actor's estimate of its chance to win (C12)."""
    if not meet(relation, world):
        relation.fighting = 0
        return
    if relation.fighting == 0:
        relation.fighting = 1
        relation.belief = first_estimate(relation, world)
        relation.evidence = 0
        relation.present_most = 0
        relation.wars += 1
    shown = lesson(relation, world)
    if shown < 0.0:
        return
    spread = error_of_judgement(relation, world)
    seen = shown + spread * normal(uniform(world.clock, streams.SIGNAL, relation.tag, 0))
    relation.belief = updated(
        relation.belief, relation.evidence, seen, world.params.belief_sd, spread
    )
    relation.evidence += 1
