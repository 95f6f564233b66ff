"""Null models: what a forecast must beat. They see the record before the block, not the model.

Persistence: the last value stays, with a random walk's spread from the past changes. Constant
rate: the mean past rate goes on, with the spread of past changes around it. Events: it never
comes (persistence), or it waits with the record's own mean hazard (constant rate).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import scoringrules as sr
from numpy.typing import NDArray

WAITS = 1000


@dataclass(frozen=True)
class Past:
    """Days and values of one series before the block, one a day, in order."""

    days: NDArray[np.float64]
    values: NDArray[np.float64]


def past_of(pairs: Iterable[tuple[date, float]], start: date, before: date) -> Past:
    """The past of a series from (date, value) pairs; several of one date become their mean."""
    by_day: dict[int, list[float]] = {}
    for day, value in pairs:
        if day < before:
            by_day.setdefault((day - start).days, []).append(value)
    days = sorted(by_day)
    values = [float(np.mean(by_day[day])) for day in days]
    return Past(np.asarray(days, dtype=float), np.asarray(values))


def persistence(past: Past, day: float) -> tuple[float, float] | None:
    """Mean and sd of the last value kept to `day`; None without a past.

    sd = sqrt(h mean(dv^2 / dt)), h days since the last value; 0 after a single value.
    """
    if not len(past.days):
        return None
    ahead = day - past.days[-1]
    gaps, changes = np.diff(past.days), np.diff(past.values)
    a_day = float(np.mean(changes**2 / gaps)) if len(gaps) else 0.0
    return float(past.values[-1]), float(np.sqrt(a_day * ahead))


def constant_rate(past: Past, day: float) -> tuple[float, float] | None:
    """Mean and sd of the mean past rate extrapolated to `day`; None with fewer than two values.

    sd = sqrt(h sum((dv - r dt)^2 / dt) / (n - 1)) over n changes; 0 with a single change.
    """
    if len(past.days) < 2:
        return None
    gaps, changes = np.diff(past.days), np.diff(past.values)
    rate = (past.values[-1] - past.values[0]) / (past.days[-1] - past.days[0])
    ahead = day - past.days[-1]
    around = float(np.sum((changes - rate * gaps) ** 2 / gaps)) / max(len(gaps) - 1, 1)
    return float(past.values[-1] + rate * ahead), float(np.sqrt(around * ahead))


def blurred(forecast: tuple[float, float] | None, log_sd: float) -> tuple[float, float] | None:
    """A forecast to which the past gives no spread gets that of its source: log-sd x |mean|.

    One report has no past changes, and sources repeat a round number; a sharp null would then be
    beaten by nothing or by everything.
    """
    if forecast is None or forecast[1] > 0.0:
        return forecast
    return forecast[0], log_sd * abs(forecast[0])


def crps_normal(observed: float, forecast: tuple[float, float] | None) -> float:
    """CRPS of a normal forecast, the absolute error of a sharp one; NaN of none."""
    if forecast is None:
        return float("nan")
    mean, sd = forecast
    if sd <= 0.0:
        return abs(observed - mean)
    return float(sr.crps_normal(observed, mean, sd))


def hazard(happened: Iterable[date | None], start: date, before: date) -> float:
    """Events a day and kind that had happened by the block: count / days exposed, over kinds."""
    count, exposed = 0, 0
    for day in happened:
        early = day is not None and day < before
        count += early
        until = day if day is not None and early else before
        exposed += max(0, (until - start).days)
    return count / exposed if exposed else 0.0


def crps_waiting(observed: float, rate: float, block: float, horizon: float) -> float:
    """CRPS (days) of block + Exp(rate), censored at the horizon, by 1000 quantiles."""
    if rate <= 0.0:
        return abs(observed - horizon)
    share = (np.arange(WAITS) + 0.5) / WAITS
    waits = np.minimum(block - np.log1p(-share) / rate, horizon)
    return float(sr.crps_ensemble(observed, waits, estimator="nrg", backend="numpy"))
