"""Estimates with intervals: per point, and paired over shared luck."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from sim.errors import usage_error
from sim.study.columns import Columns
from sim.study.declared import Outcome, Value

Z = 1.959963984540054
AT_A_TIME = 1024**2 // 4
DECILES = (("p10", 0.1), ("p50", 0.5), ("p90", 0.9))
Floats = NDArray[np.float64]


def wilson(successes: ArrayLike, n: ArrayLike) -> tuple[Floats, Floats]:
    """95 % interval of a share (Wilson 1927); NaN when n is 0.

    >>> low, high = wilson(3, 10)
    >>> round(float(low), 4), round(float(high), 4)
    (0.1078, 0.6032)
    """
    k, trials = np.asarray(successes, dtype=float), np.asarray(n, dtype=float)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = k / trials
        centre = (share + Z**2 / (2 * trials)) / (1 + Z**2 / trials)
        spread = share * (1 - share) / trials + Z**2 / (4 * trials**2)
        half = Z * np.sqrt(spread) / (1 + Z**2 / trials)
    return np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0)


def quantiles(values: NDArray[np.floating], probabilities: Sequence[float]) -> list[Floats]:
    """Linear quantiles along the last axis, NaN left out and infinity allowed.

    A quantile that needs an infinite value is infinite; of no values it is NaN.
    """
    if values.shape[-1] == 0:
        return [np.full(values.shape[:-1], np.nan) for _ in probabilities]
    ordered = np.sort(values, axis=-1)
    n = np.sum(~np.isnan(ordered), axis=-1)
    return [_quantile(ordered, n, probability) for probability in probabilities]


def _quantile(ordered: NDArray[np.floating], n: NDArray[np.intp], probability: float) -> Floats:
    place = np.maximum(n - 1, 0) * probability
    below = np.floor(place).astype(np.intp)
    above = np.minimum(below + 1, np.maximum(n - 1, 0))
    low = np.take_along_axis(ordered, below[..., None], axis=-1)[..., 0].astype(float)
    high = np.take_along_axis(ordered, above[..., None], axis=-1)[..., 0].astype(float)
    weight = place - below
    with np.errstate(invalid="ignore"):
        step = np.where(weight > 0, weight * (high - low), 0.0)
    return np.where(np.isinf(high) & (weight > 0), np.inf, low + step)


def mean_interval(values: Floats) -> tuple[Floats, Floats, Floats]:
    """Mean and mean ± 1.96 standard errors along the last axis, NaN left out."""
    n = np.sum(~np.isnan(values), axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.nansum(values, axis=-1) / n
        squares = np.nansum((values - mean[..., None]) ** 2, axis=-1)
        half = Z * np.sqrt(squares / (n - 1) / n)
    return mean, mean - half, mean + half


def summarise(runs: Columns, outcomes: Iterable[Outcome], levers: Iterable[str]) -> pd.DataFrame:
    """One row a point: levers, n (runs that did not fail), failed, and each outcome's estimates.

    Probabilities: share with Wilson interval. Others: mean ± 1.96 s.e., P10, P50, P90. Times:
    the mean over the runs in which it happened, ``_never`` the share in which it did not, and
    percentiles over all runs (NaN when they fall among the runs in which it never happened).
    Columns are asked for one after the other: point, levers, failed, outcomes.
    """
    point = runs["point"].to_numpy()
    first = np.flatnonzero(~pd.Series(point).duplicated().to_numpy())
    first = first[np.argsort(point[first])]
    columns: dict[str, Any] = {"point": point[first]}
    columns |= {name: runs[name].to_numpy()[first] for name in levers}
    row = np.searchsorted(point[first], point)
    rank = pd.Series(point).groupby(point).cumcount().to_numpy()
    shape = (len(first), int(rank.max()) + 1 if len(point) else 0)
    fine = ~runs["failed"].to_numpy(dtype=bool)
    n = np.bincount(row[fine], minlength=len(first))
    columns |= {"n": n, "failed": np.bincount(row[~fine], minlength=len(first))}
    place = (row * shape[1] + rank)[fine]
    del point, row, rank
    for outcome in outcomes:
        values = np.full(shape, np.nan)
        values.reshape(-1)[place] = runs[outcome.name].to_numpy(dtype=float)[fine]
        columns |= _by_slabs(outcome, values, n)
    return pd.DataFrame(columns)


def _by_slabs(outcome: Outcome, values: Floats, n: NDArray[np.intp]) -> dict[str, Floats]:
    """The columns of one outcome, some points at a time: what is made on the way stays small."""
    step = max(1, AT_A_TIME // max(values.shape[1], 1))
    slabs = [slice(low, low + step) for low in range(0, max(len(values), 1), step)]
    found = [_estimates(outcome, values[slab], n[slab]) for slab in slabs]
    return {name: np.concatenate([slab[name] for slab in found]) for name in found[0]}


def _estimates(outcome: Outcome, values: Floats, n: NDArray[np.intp]) -> dict[str, Floats]:
    """The columns of one outcome; values (points, replicates), NaN where there is none."""
    name = outcome.name
    if outcome.kind == "probability":
        known = np.sum(~np.isnan(values), axis=-1)
        successes = np.nansum(values, axis=-1)
        low, high = wilson(successes, known)
        share = np.divide(successes, known, out=np.full(len(known), np.nan), where=known > 0)
        return {name: share, f"{name}_low": low, f"{name}_high": high}
    mean, low, high = mean_interval(values)
    columns = {name: mean, f"{name}_low": low, f"{name}_high": high}
    if outcome.kind == "time":
        happened = np.sum(~np.isnan(values), axis=-1)
        never = np.divide(n - happened, n, out=np.full(len(n), np.nan), where=n > 0)
        values = _never_last(values, n)
        columns[f"{name}_never"] = never
    spread = quantiles(values, [probability for _, probability in DECILES])
    for (label, _), quantile in zip(DECILES, spread, strict=True):
        columns[f"{name}_{label}"] = np.where(np.isinf(quantile), np.nan, quantile)
    return columns


def _never_last(values: Floats, n: NDArray[np.intp]) -> Floats:
    """Each point's times in order, infinity for its runs in which it never happened."""
    ordered = np.sort(values, axis=-1)
    place = np.arange(values.shape[-1])
    return np.where(np.isnan(ordered) & (place < n[:, None]), np.inf, ordered)


@dataclass(frozen=True)
class Paired:
    """A difference b - a over n replicates with the same luck; up and down count its signs."""

    lever: str
    a: Value
    b: Value
    outcome: str
    n: int
    mean_a: float
    mean_b: float
    mean: float
    low: float
    high: float
    up: int
    down: int


def paired(
    runs: pd.DataFrame,
    lever: str,
    a: Value,
    b: Value,
    outcome: str,
    at: Mapping[str, Value] | None = None,
) -> Paired:
    """Mean difference of an outcome between two values of a lever, over shared replicates.

    ``at`` fixes the other levers that vary. 95 % interval: mean ± 1.96 s.e.; for a 0/1 outcome
    the adjusted interval of Bonett and Price (2012), which has a width even when no run changed.
    Raises UsageError when a or b is not exactly one point.
    """
    left, right = _arm(runs, {**(at or {}), lever: a}), _arm(runs, {**(at or {}), lever: b})
    both = pd.concat([left[outcome].rename("a"), right[outcome].rename("b")], axis=1).dropna()
    first, second = both["a"].to_numpy(dtype=float), both["b"].to_numpy(dtype=float)
    change = second - first
    up, down = int(np.sum(change > 0)), int(np.sum(change < 0))
    binary = bool(len(both)) and bool(both.isin((0.0, 1.0)).all(axis=None))
    low, high = adjusted(up, down, len(both)) if binary else _plain(change)
    return Paired(
        lever=lever,
        a=a,
        b=b,
        outcome=outcome,
        n=len(both),
        mean_a=_mean(first),
        mean_b=_mean(second),
        mean=_mean(change),
        low=low,
        high=high,
        up=up,
        down=down,
    )


def _arm(runs: pd.DataFrame, at: Mapping[str, Value]) -> pd.DataFrame:
    """The runs of the one point with these lever values, by replicate."""
    chosen = runs[~runs["failed"].astype(bool)]
    for name, value in at.items():
        chosen = chosen[chosen[name] == value]
    if chosen["point"].nunique() != 1:
        where = ", ".join(f"{name}={value}" for name, value in at.items())
        raise usage_error(
            f"{chosen['point'].nunique()} points with runs at {where}; a pair needs exactly one",
            hint="fix every other lever that varies, with `at`",
        )
    return chosen.set_index("replicate")


def _mean(values: Floats) -> float:
    return float(np.mean(values)) if len(values) else float("nan")


def _plain(change: Floats) -> tuple[float, float]:
    _, low, high = mean_interval(change[None, :])
    return float(low[0]), float(high[0])


def adjusted(up: int, down: int, n: int) -> tuple[float, float]:
    """Bonett and Price (2012), adjusted Wald interval of a paired difference of shares."""
    gain, loss = (up + 1) / (n + 2), (down + 1) / (n + 2)
    half = Z * float(np.sqrt((gain + loss - (gain - loss) ** 2) / (n + 2)))
    return max(gain - loss - half, -1.0), min(gain - loss + half, 1.0)
