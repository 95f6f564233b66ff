"""Sobol's sequence, scrambled: points that fill the space more evenly than chance.

Owen (1998), ACM TOMACS 8: 71-102; `scipy.stats.qmc.Sobol`.
"""

from __future__ import annotations

import numpy as np

from sim.study.designs.asked import Asked, Drawn
from sim.study.designs.axes import axes_of, placed, power_of_two, varied
from sim.study.designs.values import check_points


def draw(asked: Asked) -> Drawn:
    """A power of two points, scrambled by the seed of the study. Raises UsageError."""
    from scipy.stats.qmc import Sobol

    axes, size = axes_of(asked), asked.wanted.size or 1
    check_points(size, "points")
    power_of_two("points", size, "Sobol's sequence")
    luck = np.random.default_rng(asked.seed)
    units = Sobol(len(varied(axes)), scramble=True, seed=luck).random_base2(size.bit_length() - 1)
    return placed(axes, units)[0]
