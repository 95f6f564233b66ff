"""The contested area of a front (C8).

Left out: where on a front it moves, encirclement, terrain but for φ, seasons, and depth of defence.
"""

from __future__ import annotations

import math

from sim.rules import causes, ledger, streams
from sim.rules.combat import HOLDER, OPPONENT
from sim.rules.draws import uniform
from sim.rules.entities import Front, World
from sim.rules.quantiles import gamma, poisson
from sim.rules.rule import rule


@rule
def force_ratio(front: Front) -> float:
    """Attacker's power over the defender's times φ; 0 without an attacker, large without one."""
    attack, defend = front.power_holder, front.power_opponent
    if front.attacker == OPPONENT:
        attack, defend = defend, attack
    if attack <= 0:
        return 0.0
    return float(attack) / (front.defence * float(max(defend, 1)))


@rule
def success(world: World, ratio: float) -> float:
    """Probability that an attack succeeds: logit P = b0 + b1 ln FR (C8; CDB90, see parameters)."""
    if ratio <= 0.0:
        return 0.0
    score = world.params.success_intercept + world.params.success_slope * math.log(ratio)
    return 1.0 / (1.0 + math.exp(-score))


@rule
def contact(front: Front) -> float:
    """Length of the contact line relative to its start: √(area/start) of a salient, else 1.

    An assumption that the record supports: gains slow down as the pocket and its line shrink.
    """
    if front.salient == 0 or front.area_start <= 0.0:
        return 1.0
    return math.sqrt(front.area / front.area_start)


@rule
def advance(front: Front, world: World, chance: float) -> float:
    """Net gain of the attacker today, km² (C8).

    N ~ Poisson(ε · contact) engagements, each a success with `chance`, which gains Exp(ḡ), or a
    failure, which costs Exp(ḡ_c). Drawn as two independent Poisson numbers and two gamma sums,
    the same law. ε, ḡ, ḡ_c are assumptions fitted to public km² a day.
    """
    engagements = front.engagements * contact(front)
    won = poisson(uniform(world.clock, streams.SUCCESSES, front.tag, 0), engagements * chance)
    lost = poisson(
        uniform(world.clock, streams.FAILURES, front.tag, 0), engagements * (1.0 - chance)
    )
    net = 0.0
    if won > 0:
        u = uniform(world.clock, streams.ADVANCE, front.tag, 0)
        net += front.gain * gamma(u, float(won))
    if lost > 0:
        u = uniform(world.clock, streams.COUNTER, front.tag, 0)
        net -= front.counter_gain * gamma(u, float(lost))
    return net


@rule
def shift(front: Front, net: float) -> None:
    """Move the line by the attacker's net gain, km²; the holder's area never falls below zero."""
    before = front.area
    front.area = max(0.0, before + (net if front.attacker == HOLDER else -net))
    front.moved = front.area - before
    front.area_peak = max(front.area_peak, front.area)


@rule
def pass_initiative(front: Front, world: World, ratio: float) -> None:
    """The initiative passes when FR stays under θ for `initiative_days` (C8, assumption)."""
    if ratio >= world.params.initiative_ratio:
        front.weak_days = 0
        return
    front.weak_days += 1
    if front.weak_days >= int(world.params.initiative_days):
        front.attacker = OPPONENT if front.attacker == HOLDER else HOLDER
        front.weak_days = 0
        state = front.holder if front.attacker == HOLDER else front.opponent
        cause = causes.opening(world, front)
        ledger.write(world, ledger.INITIATIVE, state, -1, -1, front.area, cause)


@rule
def restore(front: Front, world: World) -> None:
    """Close a salient whose area fell to `restored_fraction` of its peak (assumption)."""
    if front.salient == 0 or front.area > world.params.restored_fraction * front.area_peak:
        return
    front.restored_day = world.clock.day
    front.opened = 0
    front.area = 0.0
    cause = causes.opening(world, front)
    ledger.write(world, ledger.RESTORED, front.opponent, front.holder, -1, front.area_peak, cause)
