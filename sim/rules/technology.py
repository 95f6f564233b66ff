"""Transfer of technology, plain version of C9: absorbed slowly, no effect at once."""

from __future__ import annotations

import math

from sim.rules.entities import State, World
from sim.rules.rule import rule


@rule
def absorb(state: State, world: World) -> None:
    """Absorb technology with mean delay τ_t: what is coming falls by 1 − e^(−1/τ_t) a day.

    Units as in the scenario's flows. τ_t 400 d (assumption): the record shows no rise of tests
    while the partnership deepened. Recovery, experience and the home theatre: next version.
    """
    state.technology_coming += float(state.technology_arrived)
    state.technology_arrived = 0
    absorbed = state.technology_coming * -math.expm1(-1.0 / world.params.technology_delay)
    state.technology_coming -= absorbed
    state.technology += absorbed
