"""Shares of runs in words; where few runs had an outcome, or few had it not, with exact bounds."""

from __future__ import annotations

import math

import pandas as pd

from sim.report.wording import in_100, lever_words, value_label

FEW = 5
ROOM = 2.0
"""Bounds from 2 in 100 on are whole numbers in a table, which must fit 80 columns."""
LEVEL = 0.95
"""Of the two-sided interval: each of its ends is passed with 2.5 % at most."""


def exact(successes: int, n: int) -> tuple[float, float]:
    """Exact 95 % interval of a share, two-sided (Clopper and Pearson 1934, Biometrika 26: 404-413).

    >>> low, high = exact(0, 250)
    >>> low, round(high, 5), round(1 - 0.025 ** (1 / 250), 5)
    (0.0, 0.01465, 0.01465)
    """
    from scipy.stats import binomtest

    bounds = binomtest(successes, n).proportion_ci(LEVEL, method="exact")
    return float(bounds.low), float(bounds.high)


def rare(successes: int, n: int) -> bool:
    """Whether fewer than five runs had the outcome, or fewer than five had it not.

    >>> rare(4, 250), rare(246, 250), rare(5, 250)
    (True, True, False)
    """
    return n > 0 and min(successes, n - successes) < FEW


def cell(share: float, low: float, high: float, n: float) -> str:
    """A share for a table: runs in 100 with its interval, of a rare outcome the exact one.

    >>> cell(0.3, 0.247, 0.36, 250), cell(0, 0, 0.015, 250), cell(0.996, 0.978, 0.999, 250)
    ('30 (25–36)', '0 (0–1.5)', '99.6 (98–99.99)')
    """
    found = _count(share, n)
    if found is None:
        return in_100(share, low, high)
    bounds = "–".join(_figures(end, ROOM) for end in exact(*found))
    return f"{_figures(share, ROOM)} ({bounds})"


def told(line: pd.DataFrame, name: str, where: str) -> str:
    """Of the first point at which a probability is rare, the count; empty where it nowhere is.

    where: the column that tells the points apart.
    """
    found = [row for row in line.to_dict("records") if _count(row[name], row["n"])]
    if not found:
        return ""
    first, more = found[0], len(found) - 1
    others = f"; {more} more such line{'s' * (more > 1)}" if more else ""
    place = f"{lever_words(where)} {value_label(first[where])}"
    return f"at {place}: {words(first[name], math.nan, math.nan, first['n'])}{others}"


def words(share: float, low: float, high: float, n: float) -> str:
    """A share for a sentence.

    >>> words(0, 0, 0.015, 250)
    '0 of 250 runs (still up to 1.5 % possible)'
    >>> words(1, 0.985, 1, 250), words(0.008, 0.002, 0.03, 250)
    ('250 of 250 runs (still down to 98.5 % possible)', '2 of 250 runs (0.1 to 2.9 % possible)')
    >>> words(0.3, 0.247, 0.36, 250)
    '30 (25–36)'
    """
    found = _count(share, n)
    if found is None:
        return in_100(share, low, high)
    successes, runs = found
    least, most = map(_figures, exact(successes, runs))
    bounds = f"{least} to {most} %"
    if successes == 0:
        bounds = f"still up to {most} %"
    elif successes == runs:
        bounds = f"still down to {least} %"
    return f"{successes:,} of {runs:,} runs ({bounds} possible)"


def _count(share: float, n: float) -> tuple[int, int] | None:
    """Runs with a rare outcome and all runs; None where it is not rare or there is none."""
    if math.isnan(share) or not n > 0:
        return None
    found = round(share * n), int(n)
    return found if rare(*found) else None


def _figures(share: float, whole_from: float = 10.0) -> str:
    """A bound in 100: two figures of what it leaves to the nearer end, one where that is below 1.

    From `whole_from` on, whole numbers.

    >>> _figures(0.01465), _figures(0.98535), _figures(0.5641), _figures(0.0)
    ('1.5', '98.5', '56', '0')
    """
    near = 100 * min(share, 1 - share)
    near = float(f"{near:.2g}" if near >= 1 else f"{near:.1g}")
    near = round(near) if near >= whole_from else near
    return f"{near if share <= 0.5 else 100 - near:.6g}"
