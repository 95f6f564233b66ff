"""How one outcome differs between two sets of runs A and B: numbers in, numbers out.

Differences are B - A. With `paired` the runs at the same place had the same luck. A time that never
comes is NaN and counts as later than every day.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from math import nan

import numpy as np
from numpy.typing import NDArray
from scipy.stats import DegenerateDataWarning, bootstrap, wasserstein_distance

from sim.study.estimate import Z, adjusted, quantiles

RESAMPLES = 1000
SEED = 1
CELLS = 2_000_000
"""Numbers that a batch of resamples may hold."""
DECILES = {f"p{10 * tenth}": tenth / 10 for tenth in range(1, 10)}
PROBABILITY, TIME = "probability", "time"

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Estimate:
    """A number and its 95 % interval; NaN where it is not known."""

    value: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out no difference."""
        return self.low > 0.0 or self.high < 0.0


@dataclass(frozen=True)
class Futures:
    """Replicates in which it happened under both, under A only, under B only, under neither."""

    both: int
    only_a: int
    only_b: int
    neither: int

    @property
    def n(self) -> int:
        """Number of replicates."""
        return self.both + self.only_a + self.only_b + self.neither


@dataclass(frozen=True)
class Contrast:
    """One outcome in A and in B.

    a, b: share of runs, or mean (of a time: over the runs in which it came). came_a, came_b: of a
    probability or a time, shares of runs in which it happened; share: their difference. mean,
    quantiles: of what is not a probability; the mean of a time over the pairs in which it came in
    both. higher: P(B > A) + P(B = A) / 2, within pairs or, unpaired, over all of A and all of B.
    distance: Wasserstein's, of a time over the runs in which it came. saved: how many times pairing
    cuts the variance of the difference of means, (Var A + Var B) / Var(B - A).
    """

    paired: bool
    n_a: int
    n_b: int
    a: float
    b: float
    came_a: float
    came_b: float
    share: Estimate | None
    mean: Estimate | None
    quantiles: dict[str, Estimate]
    higher: Estimate
    distance: float
    futures: Futures | None
    saved: float


def contrast(a: Floats, b: Floats, kind: str, paired: bool) -> Contrast:
    """Compare the runs of A and B, each (n,), of an outcome of that kind.

    Intervals: of shares, Bonett and Price (2012) when paired, else Agresti and Caffo (2000); of
    `higher`, when not paired, DeLong et al. (1988); of everything else percentile bootstrap over
    replicates (Efron 1979), seeded, so that the same runs give the same ends. The ends of
    quantiles of counts are whole steps, or of no width.
    """
    yes_or_no = kind == PROBABILITY
    came_a, came_b = ((x == 1.0 if yes_or_no else ~np.isnan(x)) for x in (a, b))
    counted = yes_or_no or kind == TIME
    share = _share(came_a, came_b, paired) if counted else None
    found = {} if yes_or_no else _bootstrapped(_never_late(a), _never_late(b), paired)
    return Contrast(
        paired=paired,
        n_a=len(a),
        n_b=len(b),
        a=_mean(a),
        b=_mean(b),
        came_a=_mean(came_a * 1.0) if counted else nan,
        came_b=_mean(came_b * 1.0) if counted else nan,
        share=share,
        mean=found.get("mean"),
        quantiles={name: found[name] for name in DECILES if name in found},
        higher=_half_up(share) if share and yes_or_no else found["higher"],
        distance=_distance(a, b),
        futures=_futures(came_a, came_b) if counted and paired else None,
        saved=_saved(a, b) if paired else nan,
    )


def _never_late(values: Floats) -> Floats:
    """Infinity for never."""
    return np.where(np.isnan(values), np.inf, values)


def _mean(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if len(known) else nan


def _share(a: NDArray[np.bool_], b: NDArray[np.bool_], paired: bool) -> Estimate:
    """Difference of the shares in which it happened."""
    if not len(a) or not len(b):
        return Estimate(nan, nan, nan)
    value = float(b.mean() - a.mean())
    if paired:
        return Estimate(value, *adjusted(int((b & ~a).sum()), int((a & ~b).sum()), len(a)))
    shares = [(x.sum() + 1) / (len(x) + 2) for x in (a, b)]
    spread = sum(p * (1 - p) / (len(x) + 2) for p, x in zip(shares, (a, b)))
    middle, half = shares[1] - shares[0], Z * float(np.sqrt(spread))
    return Estimate(value, max(float(middle - half), -1.0), min(float(middle + half), 1.0))


def _half_up(share: Estimate) -> Estimate:
    """Of a yes/no outcome P(B > A) + P(B = A) / 2 is half the difference of shares above 1/2."""
    return Estimate(*(0.5 + end / 2 for end in (share.value, share.low, share.high)))


def _bootstrapped(a: Floats, b: Floats, paired: bool) -> dict[str, Estimate]:
    """Mean, deciles and `higher` with intervals, from one set of resamples of the replicates."""
    names = ["mean", *DECILES, "higher"]
    if not len(a) or not len(b):
        return {name: Estimate(nan, nan, nan) for name in names}

    def statistic(x: Floats, y: Floats, axis: int = -1) -> Floats:
        ours, theirs = (quantiles(side, list(DECILES.values())) for side in (x, y))
        with np.errstate(invalid="ignore"):
            apart = [later - earlier for earlier, later in zip(ours, theirs)]
        higher = ((y > x) + 0.5 * (y == x)).mean(axis=-1) if paired else np.zeros_like(apart[0])
        return np.stack([mean_change(x, y, paired), *apart, higher])

    values = statistic(a, b)
    if len(a) < 2 or len(b) < 2:
        return {name: Estimate(float(v), nan, nan) for name, v in zip(names[:-1], values)} | {
            "higher": ahead(a, b)
        }
    with np.errstate(invalid="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore", DegenerateDataWarning)
        found = bootstrap(
            (a, b), statistic, paired=paired, vectorized=True, method="percentile",
            n_resamples=RESAMPLES, batch=max(1, CELLS // (len(a) + len(b))),
            random_state=np.random.default_rng(SEED),
        )  # fmt: skip
    ends = zip(found.confidence_interval.low, found.confidence_interval.high)
    told = {n: Estimate(float(v), *map(float, end)) for n, v, end in zip(names, values, ends)}
    return told if paired else {**told, "higher": ahead(a, b)}


def mean_change(a: Floats, b: Floats, paired: bool) -> Floats:
    """Mean of B - A along the last axis, over the runs (pairs) in which it ever came."""
    if not paired:
        return _finite_mean(b) - _finite_mean(a)
    with np.errstate(invalid="ignore"):
        return _finite_mean(b - a)


def _finite_mean(values: Floats) -> Floats:
    known = np.isfinite(values)
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Floats = np.where(known, values, 0.0).sum(axis=-1) / known.sum(axis=-1)
    return found


def ahead(a: Floats, b: Floats) -> Estimate:
    """P(B > A) + P(B = A) / 2 over all pairs of two independent samples.

    95 % interval from the variances of the placements (DeLong, DeLong and Clarke-Pearson 1988).
    """
    below, above = placements(b, a), 1.0 - placements(a, b)
    value = float(below.mean())
    if len(a) < 2 or len(b) < 2:
        return Estimate(value, nan, nan)
    half = Z * float(np.sqrt(below.var(ddof=1) / len(b) + above.var(ddof=1) / len(a)))
    return Estimate(value, max(value - half, 0.0), min(value + half, 1.0))


def placements(values: Floats, others: Floats) -> Floats:
    """For each value the share of the others that lie below it, equal ones counting half."""
    ordered = np.sort(others)
    sides = [np.searchsorted(ordered, values, side=side) for side in ("left", "right")]
    found: Floats = (sides[0] + sides[1]) / (2.0 * len(others))
    return found


def _distance(a: Floats, b: Floats) -> float:
    """Wasserstein distance of the runs in which it came, in the outcome's unit."""
    known = [x[~np.isnan(x)] for x in (a, b)]
    return float(wasserstein_distance(*known)) if all(map(len, known)) else nan


def _futures(a: NDArray[np.bool_], b: NDArray[np.bool_]) -> Futures:
    counts = [int(cell.sum()) for cell in (a & b, a & ~b, b & ~a, ~a & ~b)]
    return Futures(*counts)


def _saved(a: Floats, b: Floats) -> float:
    """Variance of the difference of means without pairing, relative to that with it."""
    both = ~(np.isnan(a) | np.isnan(b))
    if both.sum() < 2:
        return nan
    with_pairs = float(np.var(b[both] - a[both]))
    return float(np.var(a[both]) + np.var(b[both])) / with_pairs if with_pairs > 0 else nan
