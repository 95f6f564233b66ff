"""Transfer of technology, and what it and experience add to the capability at home (C9).

Left out: what the technology is, copying, denial, and how others answer a stronger state.
"""

from __future__ import annotations

import math

from sim.rules.entities import State, World
from sim.rules.rule import rule

NOTICEABLE = 0.1
"""Change of capability that counts in the honour rule: 10 % (Leeds & Anac 2005)."""


@rule
def absorb(state: State, world: World) -> None:
    """Absorb technology with mean delay τ_t: what is coming falls by 1 − e^(−1/τ_t) a day.

    Units as in the scenario's flows. τ_t 400 d (assumption): the record shows no rise of tests
    while the partnership deepened.
    """
    state.technology_coming += float(state.technology_arrived)
    state.technology_arrived = 0
    if state.technology_coming == 0.0:
        return
    absorbed = state.technology_coming * -math.expm1(-1.0 / world.params.technology_delay)
    state.technology_coming -= absorbed
    state.technology += absorbed


@rule
def strengthen(state: State, world: World) -> None:
    """Capability at home relative to the start: 1 + γ_x · seasoned / 1,000 + γ_τ · technology (C9).

    `seasoned`: soldiers abroad times experience. A change of over 10 % counts as a changed
    capability in the honour rule. γ_x and γ_τ are assumptions.
    """
    experience = world.params.home_experience * float(state.seasoned) / 1000.0
    state.home = 1.0 + experience + world.params.home_technology * state.technology
    if abs(state.home - 1.0) > NOTICEABLE:
        state.capability_changed = 1
