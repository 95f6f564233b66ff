"""(d) Time to a paired effect of deployment with a half-width of one percentage point."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

import numpy as np
from numpy.typing import NDArray

from benchmarks.case import HEADLINE, compiled, point
from benchmarks.ensemble import speeds
from benchmarks.table import Row

HALF_WIDTH = 0.01
Z = 1.96
SIZES = (0, 12_000)


@dataclass(frozen=True)
class Variances:
    """Variance of one pair's difference of 0 and 1: over shared luck, and over independent luck."""

    paired: float
    independent: float


def variances(without: NDArray[np.float64], sent: NDArray[np.float64]) -> Variances:
    """From a pilot: the sample variance of the differences; p (1 − p) of both, added.

    Arrays (n,) of 0 and 1, replicate by replicate. Raises ValueError when no pair differs.

    >>> variances(np.array([0.0, 0.0, 0.0, 1.0]), np.array([0.0, 1.0, 0.0, 1.0]))
    Variances(paired=0.25, independent=0.4375)
    """
    paired = float(np.var(sent - without, ddof=1))
    if paired == 0.0:
        raise ValueError("no pair of the pilot differs: the variance is not known")
    means = (float(np.mean(each)) for each in (without, sent))
    return Variances(paired, sum(p * (1.0 - p) for p in means))


def pairs_needed(variance: float) -> int:
    """n with z · √(variance / n) ≤ half-width, at 95 %."""
    return int(np.ceil(variance * (Z / HALF_WIDTH) ** 2))


def pilot(replicates: int) -> Variances:
    """The headline of both sizes over shared luck."""
    outcome = compiled([point(size) for size in SIZES], range(replicates)).outcomes[HEADLINE]
    return variances(outcome[0::2], outcome[1::2])


def rows(quick: bool) -> list[Row]:
    """Runs needed and time needed of each way, and the ratio of the times."""
    replicates = 250 if quick else 2_500
    found, measured = pilot(replicates), speeds(quick)
    ours, theirs = pairs_needed(found.paired), pairs_needed(found.independent)
    took = 2 * ours * median(measured.compiled)
    takes = 2 * theirs * median(measured.batch_run)
    how = f"from {replicates:,} pairs: variance {{:.4f}}; times the time a run of (a)"
    return [
        Row("(d) shared luck, ours", f"{2 * ours:,} runs, {took:.2f} s", how.format(found.paired)),
        Row(
            "(d) independent seeds, `mesa.batch_run`",
            f"{2 * theirs:,} runs, {takes:,.0f} s",
            how.format(found.independent),
        ),
        Row("(d) time, theirs ÷ ours", f"{takes / took:,.0f} ×", "", "≥ 2,000"),
    ]
