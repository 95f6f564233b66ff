"""Saltelli's sample: which share of the variance of an outcome comes from each axis.

Saltelli et al. (2010), Computer Physics Communications 181: 259-270; SALib (Herman and Usher 2017).
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.study.designs.asked import Asked, Drawn
from sim.study.designs.axes import axes_of, chosen, power_of_two, varied
from sim.study.designs.sensitivity import sampled
from sim.study.designs.values import check_points


def draw(asked: Asked) -> Drawn:
    """samples x (axes + 2) points, samples a power of two. Raises UsageError."""
    from SALib.sample import sobol

    axes, samples = axes_of(asked), asked.wanted.size or 1
    names = varied(axes)
    check_points(samples * (len(names) + 2), "samples")
    power_of_two("samples", samples, "Saltelli's sample")
    luck = np.random.default_rng(asked.seed)
    units = sobol.sample(chosen(names), samples, calc_second_order=False, seed=luck)
    return sampled(axes, units)


def analyse(
    names: list[str], units: NDArray[np.float64], values: NDArray[np.float64], seed: int
) -> pd.DataFrame:
    """First-order and total index of one outcome, one row an axis, with 95 % bootstrap intervals.

    first: share of the variance between points that goes with the axis alone. total: with the
    axis and all its interactions. Empty where all points have the same value.
    """
    from SALib.analyze import sobol

    if np.ptp(values) == 0:
        return pd.DataFrame()
    found = sobol.analyze(chosen(names), values, calc_second_order=False, seed=seed)
    columns: dict[str, NDArray[np.float64]] = {}
    for name, index in (("first", "S1"), ("total", "ST")):
        middle, half = np.asarray(found[index]), np.asarray(found[f"{index}_conf"])
        columns |= {name: middle, f"{name}_low": middle - half, f"{name}_high": middle + half}
    return pd.DataFrame({"lever": names, **columns})
