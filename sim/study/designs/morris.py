"""Morris's screening: trajectories through four levels of each axis, one axis moved at a time.

Morris (1991), Technometrics 33: 161-174; mu* after Campolongo, Cariboni and Saltelli (2007),
Environmental Modelling & Software 22: 1509-1518; SALib (Herman and Usher 2017).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.errors import Problem, UsageError
from sim.study.designs.asked import Asked, Drawn
from sim.study.designs.axes import Axis, axes_of, chosen, varied
from sim.study.designs.sensitivity import sampled
from sim.study.designs.values import check_points

LEVELS = 4
STEP = 2 / 3
"""A move on an axis in the unit cube: LEVELS / (2 (LEVELS - 1))."""


def draw(asked: Asked) -> Drawn:
    """Each trajectory has one point more than there are axes. Raises UsageError."""
    from SALib.sample import morris

    axes, trajectories = axes_of(asked), asked.wanted.size or 1
    names = varied(axes)
    check_points(trajectories * (len(names) + 1), "trajectories")
    problems = [*_narrow(axes)]
    if problems:
        raise UsageError(problems)
    luck = np.random.default_rng(asked.seed)
    units = morris.sample(chosen(names), trajectories, num_levels=LEVELS, seed=luck)
    return sampled(axes, units)


def _narrow(axes: dict[str, Axis]) -> Iterator[Problem]:
    """Axes on which a move would change nothing."""
    for name in varied(axes):
        axis = axes[name]
        if any(axis.at(start) == axis.at(start + STEP) for start in (0.0, 1.0 - STEP)):
            fault = "too narrow: a move along it changes nothing"
            yield Problem("", name, fault, "widen the interval, or name values")


def analyse(
    names: list[str], units: NDArray[np.float64], values: NDArray[np.float64], seed: int
) -> pd.DataFrame:
    """Elementary effects of one outcome, one row an axis, for a move over the whole axis.

    mu: their mean. mu_star: the mean of their sizes, with a 95 % bootstrap interval over the
    trajectories. sigma: their standard deviation: large where effects depend on other axes.
    """
    from SALib.analyze import morris

    found = morris.analyze(chosen(names), units, values, num_levels=LEVELS, seed=seed)
    size, half = np.asarray(found["mu_star"]), np.asarray(found["mu_star_conf"])
    columns = {"mu": found["mu"], "mu_star": size, "mu_star_low": np.maximum(size - half, 0.0)}
    columns |= {"mu_star_high": size + half, "sigma": found["sigma"]}
    return pd.DataFrame({"lever": names, **{k: np.asarray(v, float) for k, v in columns.items()}})
