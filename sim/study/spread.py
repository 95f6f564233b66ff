"""Spread from chance and spread from unknown parameters, told apart.

Replicates that share a set of parameters differ by chance alone. One-way random effects: outcome =
mean + effect of the set + chance. Analysis of variance for sets of unequal size (Searle, Casella
and McCulloch 1992, Variance Components, 3.6); of a yes/no outcome the same estimator gives the
intraclass correlation (Ridout, Demetrio and Firth 1999).
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 2000
SEED = 1
FEWEST_SETS = 10
"""Sets below which the interval says nothing."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Spread:
    """Variance of an outcome between sets of parameters and within them, in its unit squared.

    share: of the parameters in the whole, 0 to 1, with its 95 % interval; NaN where nothing varies,
    no set has two runs, or there are too few sets for an interval.
    """

    sets: int
    runs: int
    parameters: float
    chance: float
    share: float
    low: float
    high: float


def spread(values: Floats, sets: NDArray[np.integer]) -> Spread:
    """Variance components of the values (n,) by the set (n,) that each belongs to; NaN left out.

    The variance between sets is taken for zero when its unbiased estimate is below. Interval:
    percentile bootstrap over sets, which asks for no law of distribution but for many sets.
    """
    known = ~np.isnan(values)
    values, sets = values[known], sets[known]
    _, place = np.unique(sets, return_inverse=True)
    count = np.bincount(place).astype(float)
    centred = values - values.mean() if len(values) else values
    total: Floats = np.bincount(place, centred).astype(float)
    squares: Floats = np.bincount(place, centred**2).astype(float)
    if len(count) < 2 or len(values) <= len(count):
        return Spread(len(count), len(values), nan, nan, nan, nan, nan)
    between, within = map(float, components(count, total, squares))
    share, low, high = share_of(between, within), nan, nan
    if len(count) >= FEWEST_SETS and share == share:
        low, high = _interval(count, total, squares)
    return Spread(len(count), len(values), max(between, 0.0), within, share, low, high)


def components(count: Floats, total: Floats, squares: Floats) -> tuple[Floats, Floats]:
    """Variance between sets (unbiased, so it can be below 0) and within, along the last axis.

    count, total, squares: size, sum and sum of squares of each set.
    """
    n, sets = count.sum(axis=-1), count.shape[-1]
    explained = (total**2 / count).sum(axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        within = (squares.sum(axis=-1) - explained) / (n - sets)
        among = (explained - total.sum(axis=-1) ** 2 / n) / (sets - 1)
        size = (n - (count**2).sum(axis=-1) / n) / (sets - 1)
        return (among - within) / size, within


def share_of(between: float, within: float) -> float:
    """Part of the variance that lies between sets; NaN when there is none.

    >>> share_of(1.0, 3.0), share_of(-0.5, 3.0)
    (0.25, 0.0)
    """
    whole = max(between, 0.0) + within
    return max(between, 0.0) / whole if whole > 0 else nan


def _interval(count: Floats, total: Floats, squares: Floats) -> tuple[float, float]:
    from scipy.stats import DegenerateDataWarning, bootstrap

    def statistic(n: Floats, s: Floats, q: Floats, axis: int = -1) -> Floats:
        between, within = components(n, s, q)
        between = np.maximum(between, 0.0)
        with np.errstate(invalid="ignore"):
            return np.nan_to_num(between / (between + within))

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DegenerateDataWarning)
        found = bootstrap(
            (count, total, squares), statistic, paired=True, vectorized=True,
            n_resamples=RESAMPLES, method="percentile", random_state=np.random.default_rng(SEED),
        )  # fmt: skip
    return float(found.confidence_interval.low), float(found.confidence_interval.high)
