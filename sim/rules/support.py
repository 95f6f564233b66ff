"""Support for a government's course, and its economy (C11).

Left out: elites, news, repression, war aims, inflation, debt, and the economy's effect on support.
"""

from __future__ import annotations

import math

from sim.rules.entities import Front, State, World
from sim.rules.rule import rule

YEAR_DAYS = 365.0
TENFOLD = math.log(10.0)


@rule
def toll(state: State, world: World, casualties: int) -> float:
    """Support that casualties cost: .15 ψ log10(1 + C / C0) (C11).

    Source: Mueller 1971, 1973. ψ = ψ0 + (1 − ψ0) D, D democracy; ψ0 and C0 are assumptions.
    """
    reach = world.params.pass_through + (1.0 - world.params.pass_through) * state.democracy
    tenfold = math.log1p(float(casualties) / world.params.support_scale) / TENFOLD
    return world.params.support_slope * reach * tenfold


@rule
def ground_won(front: Front) -> int:
    """km² that the holder has won on a front since the start, thousandths; negative when lost."""
    return int(1000.0 * (front.area - front.area_before))


@rule
def support(state: State, world: World) -> None:
    """S = S0 − toll of casualties since the start − A D [reneged] + ω Δground, 0 to 1 (C11).

    Casualties of the war before the start are in S0 already; they flatten what new ones cost.
    Sources: Mueller 1973; Tomz 2007 (sign of A); ω is an assumption. Left out: elite consensus
    and expected success (Gelpi & Feaver), new leaders.
    """
    level = state.support_start
    if state.casualties != 0:
        total = state.casualties_before + state.casualties
        level -= toll(state, world, total) - toll(state, world, state.casualties_before)
    if state.reneged == 1:
        level -= world.params.audience_cost * state.democracy
    level += world.params.ground_support * float(state.ground) / 1000000.0
    state.support = min(1.0, max(0.0, level))
    state.support_least = min(state.support_least, state.support)


@rule
def grow(state: State, world: World) -> None:
    """E' = growth − k_s K − k_w M + transfers, E output relative to the start (C11).

    K index of sanctions against the state, M part of the inhabitants on fronts, transfers the
    value received today as part of a year's output, all of it invested. k_s and k_w are
    assumptions. E scales production of munitions (C6). A state without a given population or
    output has no such term.
    """
    change = state.growth - world.params.economy_sanctions * state.sanctions
    if state.population > 0:
        part = float(state.engaged) / float(state.population)
        change -= world.params.economy_mobilisation * part
    change = change / YEAR_DAYS
    if state.output > 0.0:
        change += float(state.received - state.counted) / (1000.0 * state.output)
    state.counted = state.received
    state.economy = max(0.0, state.economy + change)
