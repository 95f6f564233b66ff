"""The five patterns of EV-3 in a world's record, each beside the published number.

The record of 1816-2010 is one history: 95 wars with 240 joiners in 181 years. A pattern's interval
holds 95 in 100 of the histories of that length in the simulated world; a pattern is met when each
published number of it lies there, and our Weibull shape in the published range. Wars still going
on at the horizon count as such (censored).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import CensoredData, binom, ecdf, norm, weibull_min

from sim.rules.escalation import USE_OF_FORCE
from sim.validation.synthetic_record import Record, Vector

WARS, YEARS = 95, 181
HISTORIES = 1000
SHAPE_ERROR = 0.78
"""Standard error of a Weibull shape over the shape, times the root of the number (asymptotic)."""
LEVEL = 0.95
TAIL = (1.0 - LEVEL) / 2.0
FORCE_DISPUTES = 1474 + WARS
"""Disputes whose highest level was use of force or war."""
SHAPE, SHAPES = "war duration, Weibull shape", (0.8, 1.2)
LEAST = 1e-6
"""A share of none counts as this in the misfit, whose logarithm has no zero."""


@dataclass(frozen=True)
class Found:
    """One number of a pattern: ours, its standard error, and the interval of histories."""

    pattern: str
    quantity: str
    published: str
    ours: float
    error: float
    interval: tuple[float, float]

    @property
    def met(self) -> bool:
        """Whether such a world gives the published number; of the shape, ours in its range."""
        number = self.ours if self.quantity == SHAPE else float(self.published)
        return self.interval[0] <= number <= self.interval[1]


def patterns(record: Record) -> list[Found]:
    """All numbers of the five patterns."""
    return [_force(record), *_durations(record), *_joiners(record), *_lags(record), *_years(record)]


def met(found: Sequence[Found]) -> list[str]:
    """Patterns of which every number is met, in order."""
    names = dict.fromkeys(one.pattern for one in found)
    return [name for name in names if all(one.met for one in found if one.pattern == name)]


def misfit(found: Sequence[Found]) -> float:
    """Mean |ln(ours / published)| over all numbers: orders candidates that meet as many."""
    return float(
        np.mean([abs(math.log(max(one.ours, 1e-6) / float(one.published))) for one in found])
    )


def _force(record: Record) -> Found:
    left, up = record.left[USE_OF_FORCE]
    share = up / left
    low, high = (binom.ppf(p, FORCE_DISPUTES, share) / FORCE_DISPUTES for p in (TAIL, 1.0 - TAIL))
    error = math.sqrt(share * (1.0 - share) / left)
    return Found("i", "P(war | force)", ".0605", share, error, (low, high))


def _durations(record: Record) -> list[Found]:
    """Weibull fit by maximum likelihood and Kaplan-Meier quantiles, both with censored wars."""
    days, ended = record.days, record.ended
    data = CensoredData(uncensored=days[ended], right=days[~ended])
    shape, _, scale = weibull_min.fit(data, floc=0)
    mean, sd = weibull_min.mean(shape, scale=scale), weibull_min.std(shape, scale=scale)
    error = SHAPE_ERROR * shape / math.sqrt(ended.sum())
    reach, known = norm.isf(TAIL) * sd / math.sqrt(WARS), math.sqrt(ended.sum())
    places = [binom.ppf(p, WARS, 0.5) / WARS for p in (TAIL, 1.0 - TAIL)]
    low, middle, high = (quantile(record, p) for p in (places[0], 0.5, places[1]))
    spread = (high - low) / (2.0 * norm.isf(TAIL)) * math.sqrt(WARS / len(days))
    return [
        Found("ii", SHAPE, "1.0", shape, error, SHAPES),
        Found("ii", "mean, days", "782", mean, sd / known, (mean - reach, mean + reach)),
        Found("ii", "median, days", "466", middle, spread, (low, high)),
    ]  # fmt: skip


def quantile(record: Record, share: float) -> float:
    """Days after which this share of wars has ended (Kaplan-Meier); the horizon when fewer have."""
    data = CensoredData(uncensored=record.days[record.ended], right=record.days[~record.ended])
    curve = ecdf(data).cdf
    reached = np.flatnonzero(curve.probabilities >= share)
    return float(curve.quantiles[reached[0]] if len(reached) else record.days.max())


def _joiners(record: Record) -> list[Found]:
    said = {"joiners per war, mean": "2.53", "no joiner, share of wars": ".474", "variance": "27.1"}
    found = _histories(record.joiners, WARS, _mean_none_variance)
    return [Found("iii", name, text, *one) for (name, text), one in zip(said.items(), found)]


def _mean_none_variance(joiners: Vector) -> Vector:
    return np.array([joiners.mean(), (joiners == 0).mean(), joiners.var(ddof=1)])


def _lags(record: Record) -> list[Found]:
    """Quartiles of the lags; histories are drawn war by war, as lags of one war go together."""
    said = ("41", "158", "450")
    wars = np.arange(len(record.lags), dtype=float)
    found = _histories(wars, WARS, lambda chosen: _quartiles(record, chosen))
    names = ("first quartile", "median", "third quartile")
    return [
        Found("iv", f"joining lag, {name}, days", text, *one)
        for name, text, one in zip(names, said, found)
    ]


def _quartiles(record: Record, wars: Vector) -> Vector:
    lags = np.concatenate([record.lags[int(war)] for war in wars])
    return np.asarray(np.quantile(lags, [0.25, 0.5, 0.75]))


def _years(record: Record) -> list[Found]:
    said = {
        "wars begun a year, mean": ".525",
        "years with 0 wars begun": ".569",
        "years with 1": ".354",
        "years with 2 or more": ".077",
        "variance / mean (Poisson: 1)": ".922",
    }
    found = _histories(record.onsets, YEARS, _counts)
    return [Found("v", name, text, *one) for (name, text), one in zip(said.items(), found)]


def _counts(onsets: Vector) -> Vector:
    shares = [(onsets == 0).mean(), (onsets == 1).mean(), (onsets >= 2).mean()]
    return np.array([onsets.mean(), *shares, onsets.var(ddof=1) / max(onsets.mean(), 1e-9)])


def _histories(
    units: Vector, length: int, measure: Callable[[Vector], Vector]
) -> list[tuple[float, float, tuple[float, float]]]:
    """Each measure of all units, its standard error, and the interval of drawn histories.

    A history is `length` units drawn with replacement; the error is the histories' spread,
    for as many units as were simulated.
    """
    luck = np.random.default_rng(WARS)
    drawn = [measure(luck.choice(units, length)) for _ in range(HISTORIES)]
    table = np.array(drawn)
    errors = table.std(axis=0) * math.sqrt(length / len(units))
    low, high = np.quantile(table, [TAIL, 1.0 - TAIL], axis=0)
    return [
        (float(ours), float(error), (float(below), float(above)))
        for ours, error, below, above in zip(measure(units), errors, low, high)
    ]
