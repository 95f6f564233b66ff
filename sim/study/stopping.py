"""When a study has run enough: looks at growing numbers of replicates, and what each may spend.

An interval that is looked at again and again misses more often than it says. So each look gets a
part of the 5 %, by a spending function (Lan and DeMets 1983, Biometrika 70: 659-663), and from it a
critical value under the joint law of all looks. Then the chance that the interval of any look
misses is 5 % in all, and it may be trusted whenever, and for whatever reason, one stops.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.stats import beta, norm, t

from sim.errors import nearest, usage_error
from sim.study.declared import Lever, Value
from sim.study.designs.values import Fault, checked

ALPHA = 0.05
FIRST, GROWTH = 100, 1.5
PLACES = 401
"""Places of the grid on which the law of a running sum is carried from look to look."""
Floats = NDArray[np.float64]
Interval = tuple[float, float]


@dataclass(frozen=True)
class Rule:
    """Stop when the interval is no wider than ± until, at the latest after `budget` replicates.

    outcome: empty for the widest of the headline probabilities over all points. pair: a lever and
    two of its values, for the difference that it makes to the outcome.
    """

    until: float
    budget: int
    outcome: str = ""
    pair: tuple[str, Value, Value] | None = None


@dataclass(frozen=True)
class Look:
    """What a look found: the widest interval, and whether the study may stop there."""

    number: int
    replicates: int
    name: str
    low: float
    high: float
    until: float
    last: bool

    @property
    def half(self) -> float:
        """Half the width of the interval."""
        return (self.high - self.low) / 2

    @property
    def stop(self) -> bool:
        """Whether it is narrow enough, or the budget is used up."""
        return self.last or self.half <= self.until

    def __str__(self) -> str:
        """The look as a line of progress.

        >>> print(Look(3, 500, "lethal_aid", 0.1, 0.126, 0.01, False))
        look 3: 500 replicates, interval ±0.013 (wanted ±0.010) of lethal_aid
        """
        return (
            f"look {self.number}: {self.replicates:,} replicates, interval ±{self.half:.3f} "
            f"(wanted ±{self.until:.3f}) of {self.name}"
        )


def schedule(budget: int) -> list[int]:
    """Replicates at each look: half as many again each time, and the budget at last.

    >>> schedule(600), schedule(80)
    ([100, 150, 225, 338, 507, 600], [80])
    """
    looks, n = [], FIRST
    while n < budget:
        looks.append(n)
        n = math.ceil(n * GROWTH)
    return [*looks, budget]


def spent(part: float) -> float:
    """Chance of a miss that may be used up at a part of the way (Pocock's type).

    alpha ln(1 + (e - 1) part), Lan and DeMets (1983). The way is counted in looks, not in
    replicates: looks lie closest at its beginning, where most of the 5 % would be saved for a
    budget that is not used up. Any scale that is fixed beforehand will do (Lan and DeMets 1989,
    Statistics in Medicine 8: 1191-1198).

    >>> spent(0.0), round(spent(0.5), 4), spent(1.0)
    (0.0, 0.031, 0.05)
    """
    return ALPHA * math.log1p((math.e - 1) * part)


@cache
def critical(looks: tuple[int, ...]) -> tuple[float, ...]:
    """For each look how many standard errors its interval reaches to either side.

    c_k solves P(|Z_1| < c_1, …, |Z_k-1| < c_k-1, |Z_k| >= c_k) = spent_k - spent_k-1, where the
    sums Z_k sqrt(n_k) have independent normal increments (Armitage, McPherson and Rowe 1969, JRSS A
    132: 235-244). One look alone gives 1.96.

    >>> [round(c, 3) for c in critical((100,))]
    [1.96]
    """
    found: list[float] = []
    places, law, before, used = np.zeros(1), np.ones(1), 0, 0.0
    for number, n in enumerate(looks, 1):
        step, root = math.sqrt(n - before), math.sqrt(n)
        may = spent(number / len(looks)) - used
        edge = root * brentq(_excess, 0.1, 12.0, args=(places, law, step, root, may))
        found.append(edge / root)
        grid = np.linspace(-edge, edge, PLACES)
        density = norm.pdf((grid[:, None] - places) / step) @ law / step
        law, places = density * _weights(grid), grid
        before, used = n, used + may
    return tuple(found)


def _excess(c: float, places: Floats, law: Floats, step: float, root: float, may: float) -> float:
    """Chance to be beyond ± c at this look and at none before, less what may be spent."""
    beyond = norm.sf((c * root - places) / step) + norm.sf((c * root + places) / step)
    return float(beyond @ law) - may


def _weights(grid: Floats) -> Floats:
    """Simpson's weights; the grid has an odd number of places."""
    weights: Floats = np.ones(len(grid))
    weights[1:-1:2], weights[2:-1:2] = 4.0, 2.0
    weights *= (grid[1] - grid[0]) / 3
    return weights


def of_share(successes: int, n: int, c: float) -> Interval:
    """Exact interval of a share (Clopper and Pearson 1934) at the level of ± c standard errors.

    >>> low, high = of_share(0, 250, 1.959964)
    >>> low, round(high, 4)
    (0.0, 0.0146)
    """
    tail = float(norm.sf(c))
    low = beta.ppf(tail, successes, n - successes + 1) if successes else 0.0
    high = beta.isf(tail, successes + 1, n - successes) if successes < n else 1.0
    return float(low), float(high)


def of_pair(change: Floats, c: float) -> Interval:
    """Interval of a mean paired difference at the level of ± c standard errors.

    Of 0/1 outcomes the adjusted one of Bonett and Price (2012), else Student's.
    """
    n = len(change)
    if np.isin(change, (-1.0, 0.0, 1.0)).all():
        gain, loss = (np.sum(change > 0) + 1) / (n + 2), (np.sum(change < 0) + 1) / (n + 2)
        half = c * math.sqrt((gain + loss - (gain - loss) ** 2) / (n + 2))
        return float(gain - loss - half), float(gain - loss + half)
    half = float(t.isf(norm.sf(c), n - 1) * np.std(change, ddof=1) / math.sqrt(n))
    return float(change.mean() - half), float(change.mean() + half)


def decide(
    runs: pd.DataFrame, rule: Rule, levers: Sequence[str], headlines: Sequence[str], number: int
) -> Look:
    """The look after the replicates that `runs` has: one row a run, as a study keeps them.

    number: which look it is, from 1; its replicates must be those of the schedule. headlines: the
    probabilities watched where the rule names no outcome. Each single interval holds at every
    look together with 95 %; not all points at once.
    """
    looks = schedule(rule.budget)
    c = critical(tuple(looks))[number - 1]
    found = _pairs(runs, rule, levers, c) if rule.pair else _shares(runs, rule, headlines, c)
    name, (low, high) = max(found.items(), key=lambda one: one[1][1] - one[1][0])
    last = number == len(looks)
    return Look(number, looks[number - 1], name, low, high, rule.until, last)


def _shares(
    runs: pd.DataFrame, rule: Rule, headlines: Sequence[str], c: float
) -> Mapping[str, Interval]:
    """The interval of each probability at each point; (0, 1) where every run failed."""
    names = [rule.outcome] if rule.outcome else list(headlines)
    found = {}
    for point, some in runs.groupby("point"):
        for name in names:
            values = some[name].dropna()
            ends = of_share(int(values.sum()), len(values), c) if len(values) else (0.0, 1.0)
            found[f"{name} at point {point}"] = ends
    return found


def _pairs(
    runs: pd.DataFrame, rule: Rule, levers: Sequence[str], c: float
) -> Mapping[str, Interval]:
    """The interval of the difference, wherever the other levers stand."""
    lever, a, b = rule.pair or ("", "", "")
    runs = runs[runs[lever].isin([a, b])]
    others = [name for name in levers if name != lever and runs[name].nunique() > 1]
    groups = runs.groupby(others) if others else [((), runs)]
    found = {}
    for place, some in groups:
        sides = [
            some[some[lever] == value].set_index("replicate")[rule.outcome] for value in (a, b)
        ]
        change = (sides[1] - sides[0]).dropna().to_numpy(dtype=float)
        where = f" at {place}" if others else ""
        ends = of_pair(change, c) if len(change) > 1 else (-math.inf, math.inf)
        found[f"{rule.outcome} by {lever} {a} to {b}{where}"] = ends
    return found


def watched(
    text: str, levers: Mapping[str, Lever], outcomes: Sequence[str]
) -> tuple[str, tuple[str, Value, Value] | None]:
    """What `of=` names: OUTCOME, or OUTCOME:LEVER:VALUE:VALUE for a paired effect.

    Raises UsageError with the nearest name.
    """
    outcome, *pair = text.split(":")
    if outcome not in outcomes:
        near = nearest(outcome, outcomes)
        hint = f"did you mean '{near}'?" if near else "see python -m sim list"
        raise usage_error(f"'{outcome}' is not an outcome", path="of", hint=hint)
    if not pair:
        return outcome, None
    hint = "of=OUTCOME or of=OUTCOME:LEVER:VALUE:VALUE"
    if len(pair) != 3 or pair[0] not in levers:
        raise usage_error(f"'{text}' names no pair of a lever", path="of", hint=hint)
    a, b = (_value(levers[pair[0]], one) for one in pair[1:])
    return outcome, (pair[0], a, b)


def _value(lever: Lever, text: str) -> Value:
    try:
        found = checked(lever, text if lever.choices else float(text))
    except ValueError:
        found = Fault(f"'{text}' is not a number")
    if isinstance(found, Fault):
        raise usage_error(found.fault, path="of", hint=found.hint)
    return found
