"""Latin hypercube: each axis cut into as many slices as points, one point in each slice.

McKay, Beckman and Conover (1979), Technometrics 21: 239-245; `scipy.stats.qmc.LatinHypercube`.
"""

from __future__ import annotations

import numpy as np

from sim.study.designs.asked import Asked, Drawn
from sim.study.designs.axes import axes_of, placed, varied
from sim.study.designs.values import check_points


def draw(asked: Asked) -> Drawn:
    """As many points as asked for, from the seed of the study. Raises UsageError."""
    from scipy.stats.qmc import LatinHypercube

    axes, size = axes_of(asked), asked.wanted.size or 1
    check_points(size, "points")
    luck = np.random.default_rng(asked.seed)
    units = LatinHypercube(len(varied(axes)), seed=luck).random(size)
    return placed(axes, units)[0]
