"""Section 1.5: ground gained on a front, E[gain a day] = ε ḡ p, by 20,000 draws of the rule."""

from __future__ import annotations

import numpy as np

from sim.rules.entities import Front
from sim.rules.front import advance, success
from sim.validation.cdb90 import SECOND_WAR
from sim.validation.made import made, world
from sim.validation.row import Row, sampled

TARGET = "1.5 front"
DRAWS = 20_000
ENGAGEMENTS, GAIN = 3.0, 2.0


def rows() -> list[Row]:
    """Mean gain a day at three force ratios, and one with counter-gains."""
    found = [
        _gain(ratio, published, 0.0)
        for ratio, published in (
            (1.0, ".4569"),
            (2.0, ".6017"),
            (5.0, ".7662"),
        )
    ]
    return [*found, _gain(1.0, ".4569", 0.5)]


def _gain(ratio: float, published: str, counter: float) -> Row:
    """ε 3 a day, ḡ 2 km²; with ḡ_c the expectation is ε (ḡp - ḡ_c(1-p))."""
    chance = success(world(params=SECOND_WAR), ratio)
    front = made(Front, engagements=ENGAGEMENTS, gain=GAIN, counter_gain=counter)
    gains = np.array([advance(front, world(replicate=r), chance) for r in range(DRAWS)])
    p = float(published)
    value = ENGAGEMENTS * (GAIN * p - counter * (1.0 - p))
    expected = ENGAGEMENTS * (GAIN * chance - counter * (1.0 - chance))
    error = float(gains.std(ddof=1)) / DRAWS**0.5
    name = f"km² a day at FR {ratio:g}, ε 3, ḡ 2, ḡ_c {counter:g}"
    return sampled(TARGET, name, f"{value:.4f}", float(gains.mean()), error, expected)
