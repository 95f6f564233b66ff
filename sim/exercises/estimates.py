"""What the runs say of a measure: a number with the interval that sampling leaves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.exercises.spec import Measure
from sim.study.estimate import Z, mean_interval, wilson

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A value and its 95 % interval; shares in runs of 100."""

    value: float
    low: float
    high: float
    n: int

    @property
    def half(self) -> float:
        """Half the interval's width."""
        return (self.high - self.low) / 2


def estimate(values: Floats, measure: Measure) -> Estimate:
    """Wilson's interval for a share, mean ± 1.96 s.e., order statistics for a median.

    >>> one = Measure(title="war", statistic="share", outcomes=("max_dispute_rung",))
    >>> found = estimate(np.array([0.0, 1.0, 1.0, 0.0]), one)
    >>> found.value, round(found.low), round(found.high)
    (50.0, 15, 85)
    """
    known = values[~np.isnan(values)]
    n = len(known)
    if n == 0:
        return Estimate(float("nan"), float("nan"), float("nan"), 0)
    if measure.counts_runs:
        low, high = wilson(known.sum(), n)
        return Estimate(100 * float(known.mean()), 100 * float(low), 100 * float(high), n)
    if measure.statistic == "median":
        low_end, high_end = _around_median(np.sort(known))
        return Estimate(float(np.median(known)), low_end, high_end, n)
    mean, low, high = mean_interval(known[None, :])
    return Estimate(float(mean[0]), float(low[0]), float(high[0]), n)


def _around_median(ordered: Floats) -> tuple[float, float]:
    """The order statistics n/2 ± 1.96 √n/2: an interval for a median without a law (binomial)."""
    n = len(ordered)
    reach = Z * np.sqrt(n) / 2
    low, high = int(np.floor(n / 2 - reach)), int(np.ceil(n / 2 + reach))
    return float(ordered[max(low, 0)]), float(ordered[min(high, n - 1)])


def difference(first: Floats, second: Floats, measure: Measure) -> Estimate:
    """Mean difference second − first over runs with the same luck, ± 1.96 s.e."""
    scale = 100.0 if measure.counts_runs else 1.0
    change = scale * (second - first)
    mean, low, high = mean_interval(change[None, :])
    return Estimate(float(mean[0]), float(low[0]), float(high[0]), len(change))


def block_range(values: Floats, block: int) -> tuple[float, float, int]:
    """Between which values nine in ten means of `block` runs lie, and how many blocks there are.

    In runs of 100 where the values are 0 or 1.
    """
    blocks = len(values) // block
    means = 100 * values[: blocks * block].reshape(blocks, block).mean(axis=1)
    low, high = np.quantile(means, [0.05, 0.95])
    return float(low), float(high), blocks
