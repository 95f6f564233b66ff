"""Wounded who return to duty, and soldiers who learn on the line (C9).

Left out: the severity of wounds, the care for them, illness, and loss of experience over time.
"""

from __future__ import annotations

import math

from sim.rules import streams
from sim.rules.deployment import HOME, LINE
from sim.rules.draws import uniform
from sim.rules.entities import Force, Front, State, World
from sim.rules.quantiles import poisson
from sim.rules.rule import rule


@rule
def admit(force: Force, world: World) -> None:
    """Count among the wounded who will return the part r_d of all losses so far (C9).

    At most those who were not killed. Whole soldiers, without drift from rounding. r_d .45 is an
    assumption.
    """
    share = min(world.params.recovered_share, 1.0 - world.params.killed_share)
    will_return = int(share * float(force.losses))
    if will_return > force.admitted:
        force.recovering += will_return - force.admitted
        force.admitted = will_return


@rule
def daily(mean_days: float) -> float:
    """Chance that what takes Exp(`mean_days`) days happens within one: 1 − e^(−1/τ)."""
    return -math.expm1(-1.0 / mean_days)


@rule
def recover(force: Force, world: World, owner: State, chance: float) -> None:
    """Let wounded return to their formation, each after Exp(τ_r) days: `chance` a day (C9).

    A Poisson number of mean n (1 − e^(−1/τ_r)), at most n: the law of independent returns to
    within a factor 1 − 1/τ_r in the variance. They return home when the expedition has.
    """
    if force.recovering <= 0:
        return
    u = uniform(world.clock, streams.RECOVERY, force.tag, 0)
    back = min(poisson(u, float(force.recovering) * chance), force.recovering)
    force.recovering -= back
    owner.returned += back
    if force.place >= 0 and force.status == HOME:
        owner.pool += back
        return
    force.strength += back
    if force.place >= 0:
        owner.abroad += back


@rule
def learn(force: Force, front: Front, gain: float) -> None:
    """Gain experience on the line: e' = (1 − e) / τ_e, a day (C9; τ_e 60 d is an assumption).

    `gain` is the part of what is left to learn that a day teaches, 1 − e^(−1/τ_e).
    """
    if force.status == LINE and front.opened == 1:
        force.experience += (1.0 - force.experience) * gain


@rule
def seasoned(force: Force) -> int:
    """Soldiers of an expedition times their experience, whole soldiers."""
    if force.place < 0:
        return 0
    return int(float(force.strength) * force.experience)
