"""Attrition on a front (C7).

Left out: terrain and depth, arms of service, air and missiles, prisoners, morale, and any unit
below a brigade: the exponent w and one multiplier a run stand for what no data identify.
"""

from __future__ import annotations

import math

from sim.rules import streams
from sim.rules.deployment import LINE, PREPARING
from sim.rules.draws import uniform
from sim.rules.entities import Force, Front, State, World
from sim.rules.quantiles import gamma, poisson
from sim.rules.rule import rule

HOLDER, OPPONENT = range(2)
WEAR_DAYS = 30.0


@rule
def quality(force: Force) -> float:
    """Effect of a soldier: q = q0 + (q1 − q0) e, e experience; q1 at least q0 (C9).

    Of an expedition q0 .7 and q1 1, parity with the host (assumptions).
    """
    return force.quality + max(0.0, force.seasoned_quality - force.quality) * force.experience


@rule
def power(force: Force, supplier: State) -> int:
    """Effective strength x q ι σ^η of a formation on the line, in thousandths of a soldier (C7).

    A whole number, so that a side's sum does not depend on the order of its formations.
    """
    if force.status != LINE:
        return 0
    effect = quality(force) * force.interoperability * supplier.fire
    return int(1000.0 * float(force.strength) * effect)


@rule
def clear_day(front: Front) -> None:
    """Forget what the front counted yesterday."""
    front.power_holder = 0
    front.power_opponent = 0
    front.present_holder = 0
    front.present_opponent = 0
    front.today_holder = 0
    front.today_opponent = 0
    front.moved = 0.0


@rule
def muster(force: Force, supplier: State, front: Front) -> None:
    """Count a formation on the line for its side: soldiers and power."""
    if front.opened == 0 or force.status != LINE:
        return
    effective = power(force, supplier)
    if force.side == HOLDER:
        front.power_holder += effective
        front.present_holder += force.strength
    else:
        front.power_opponent += effective
        front.present_opponent += force.strength


@rule
def burden(front: Front, world: World, side: int) -> float:
    """The day's loss rate of a side: α a0 m μ (G_opp / G)^w · γ, a day (C7).

    Helmbold's family (1965) with w in [0, 1]; μ for the side with the initiative; γ a gamma
    factor of mean 1 and shape k, one for a side and day. Formations then lose Poisson numbers,
    which is the same law as a gamma-Poisson total split multinomially. 0 when either side has
    no power.
    """
    own, other = front.power_holder, front.power_opponent
    if side == OPPONENT:
        own, other = other, own
    if own <= 0 or other <= 0:
        return 0.0
    ratio = float(other) / float(own)
    rate = front.activity * world.params.loss_rate * world.params.attrition
    if side == front.attacker:
        rate = rate * world.params.attacker_losses
    shape = world.params.overdispersion
    fortune = gamma(uniform(world.clock, streams.DAY_OF_BATTLE, front.tag, side), shape) / shape
    return rate * math.exp(world.params.helmbold * math.log(ratio)) * fortune


@rule
def expected_losses(force: Force, world: World, front: Front) -> float:
    """Mean of today's losses: strength · exposure · the side's burden (soldiers)."""
    rate = front.burden_holder if force.side == HOLDER else front.burden_opponent
    exposure = force.exposure
    if force.status == PREPARING:
        exposure = world.params.guard_exposure
    elif force.status != LINE:
        exposure = 0.0
    return float(force.strength) * exposure * rate


@rule
def suffer(force: Force, expected: float, u: float) -> int:
    """Lose a Poisson number of soldiers with mean `expected`, at most all; return the number.

    `wear` is the fraction lost, forgotten over about a month.
    """
    losses = min(poisson(u, expected), force.strength)
    before = max(force.strength, 1)
    force.strength -= losses
    force.losses += losses
    force.wear = force.wear * (1.0 - 1.0 / WEAR_DAYS) + float(losses) / float(before)
    return losses


@rule
def mourn(force: Force, owner: State, front: Front, losses: int) -> None:
    """Count the killed and wounded for the owner and the side of the front."""
    owner.casualties += losses
    if force.place >= 0:
        owner.casualties_abroad += losses
        owner.abroad -= losses
    if force.side == HOLDER:
        front.losses_holder += losses
        front.today_holder += losses
    else:
        front.losses_opponent += losses
        front.today_opponent += losses
