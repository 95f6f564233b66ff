"""Section 1.2: duels of a few soldiers to the end, against the chain of single losses (VT-7, VT-8).

At w = 1 the next loss is B's with probability a_A m / (a_A m + a_B n), at w = 1/2 with a constant
one: the stochastic square and linear law. A run counts losses by days, so slow that a day brings
at most a few; the exact chain of such days is worked out here, and the band is about it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

from sim.sample import outcome
from sim.validation.row import Row, exact, sampled
from sim.validation.runs import REPLICATES, run
from sim.validation.targets import VT

RATE, RATE_OF_MANY, MANY = 0.02, 0.01, 300
"""Losses a day of one soldier by another, geometric mean of both sides; less from MANY soldiers."""
SLOWEST = 1e-9
"""Losses a day so rare that no two fall on one day, for the exact chain alone."""
SHAPE = 100.0
"""Shape of a day's gamma factor: the evenest days that the parameter allows."""
PACE = {1.0: 7.0, 0.5: 8.0}
"""Days of a run times the rate, by exponent w: nearly every duel is over by then."""
MOST_UNDECIDED = 1e-4
"""Share of duels that may go on: a thirtieth of the standard error of a share."""
MOST = 25
"""Losses of one side on one day, at most: here more come less than once in 1e9 days."""


@dataclass(frozen=True)
class Duel:
    """m soldiers of A against n of B, one of A worth `worth` of B; published chances and means."""

    m: int
    n: int
    worth: float
    wins: str
    left: str = ""
    spread: str = ""
    left_to_b: str = ""

    @property
    def rate(self) -> float:
        """Losses a day of one soldier by another, geometric mean of both sides."""
        return RATE if self.m + self.n < MANY else RATE_OF_MANY


SQUARE = (
    Duel(10, 10, 1.0, ".500000", "5.7151", "2.2347", "5.7151"),
    Duel(12, 10, 1.0, ".768646", "7.5152", "2.5918", "5.1251"),
    Duel(20, 15, 1.0, ".928134", "13.0743", "3.7564", "6.2944"),
    Duel(50, 40, 1.0, ".966081", "29.3334", "7.6823", "12.2208"),
    Duel(100, 90, 1.0, ".895458", "44.3786", "14.2759", "23.9847"),
    Duel(100, 95, 1.0, ".732291", "38.0404", "14.3334", "27.9197"),
    Duel(200, 190, 1.0, ".809704", "68.7704", "24.6459", "44.5981"),
    Duel(10, 20, 4.0, ".521171", "5.5008", "2.1911", "10.3723"),
    Duel(20, 40, 4.0, ".515369", "9.2748", "3.8091", "17.7463"),
    Duel(50, 100, 4.0, ".509872", "18.4659", "7.7315", "35.8425"),
    Duel(30, 50, 2.0, ".110463", "10.4287", "4.8061", "26.7077"),
    Duel(100, 150, 2.0, ".217012", "27.1882", "12.3932", "56.2704"),
)
"""Published: P(A wins), mean and sd of A's survivors when A wins, mean of B's when B wins."""
LINEAR = (
    Duel(10, 10, 1.0, ".500000000"),
    Duel(10, 8, 1.0, ".685470581"),
    Duel(20, 30, 1.5, ".492299800"),
    Duel(50, 60, 1.2, ".497681977"),
)
"""Published: P(A wins), the regularised incomplete beta function I_θ(n, m)."""
BY_DAYS = (
    "published for losses one by one; the band is about the exact chain of days of the same rates, "
    "on the last of which the winner still loses for a whole day"
)
LIMIT = (
    "P(A wins) (then survivors of A, their sd, survivors of B), by the exact chain of days that "
    "the bands of the runs are about, at so slow a rate that no two losses fall on one day"
)

Vector = NDArray[np.float64]


def rows() -> list[Row]:
    """The duels of the square law, of the linear law, and its closed form."""
    found = [row for duel in SQUARE for row in _square(duel)]
    return found + [row for duel in LINEAR for row in _linear(duel)]


def _square(duel: Duel) -> list[Row]:
    name = f"({duel.m}, {duel.n}, {duel.worth:g}:1)"
    a, b = simulated(duel, 1.0)
    wins, left, spread, left_to_b = chain(duel, 1.0, duel.rate)
    published = f"{duel.wins}, {duel.left}, {duel.spread}, {duel.left_to_b}"
    limit = chain(duel, 1.0, SLOWEST)
    return [
        exact(VT[7], f"{name}: the four numbers, rate to zero", published, limit, LIMIT),
        _share(VT[7], f"{name}: P(A wins)", duel.wins, (a > 0) & (b == 0), wins),
        _mean(f"{name}: A's survivors if A wins", duel.left, a[(a > 0) & (b == 0)], left),
        _spread(f"{name}: their sd", duel.spread, a[(a > 0) & (b == 0)], spread),
        _mean(f"{name}: B's survivors if B wins", duel.left_to_b, b[(b > 0) & (a == 0)], left_to_b),
    ]


def _linear(duel: Duel) -> list[Row]:
    name = f"({duel.m}, {duel.n}, {duel.worth:g}:1): P(A wins)"
    a, b = simulated(duel, 0.5)
    chance = float(betainc(duel.n, duel.m, duel.worth / (1.0 + duel.worth)))
    return [
        exact(VT[8], f"{name}, closed form", duel.wins, chance),
        exact(VT[8], f"{name}, rate to zero", duel.wins, chain(duel, 0.5, SLOWEST)[0], LIMIT),
        _share(VT[8], name, duel.wins, (a > 0) & (b == 0), chain(duel, 0.5, duel.rate)[0]),
    ]


def simulated(duel: Duel, w: float) -> tuple[Vector, Vector]:
    """Survivors of A and B in every run."""
    root = duel.worth**0.5
    changes = {
        "params.loss_rate": 0.01,
        "params.helmbold": w,
        "params.overdispersion": SHAPE,
        "forces.blue.strength": duel.m,
        "forces.blue.exposure": duel.rate / root / 0.01,
        "forces.red.strength": duel.n,
        "forces.red.exposure": duel.rate * root / 0.01,
    }
    chunks = run("duel", round(PACE[w] / duel.rate), changes)
    a = duel.m - outcome(chunks, "host_casualties")
    b = duel.n - outcome(chunks, "adversary_casualties")
    undecided = float(np.mean((a > 0) & (b > 0)))
    if undecided > MOST_UNDECIDED:
        raise RuntimeError(f"a share of {undecided} of the duels of {duel} goes on")
    return a, b


def chain(duel: Duel, w: float, rate: float) -> tuple[float, float, float, float]:
    """The exact chain of days: P(A wins), E[a | A wins], its sd, E[b | B wins].

    Losses of a side on a day are negative binomial, at most its strength, and independent. Per
    state: P(A wins), E[a; A wins], E[a²; A wins], P(B wins), E[b; B wins].
    """
    root = duel.worth**0.5
    value = np.zeros((5, duel.m + 1, duel.n + 1))
    a, b = np.arange(duel.m + 1.0), np.arange(duel.n + 1.0)
    value[:3, 1:, 0] = a[1:] ** np.arange(3)[:, None]
    value[3:, 0, 1:] = b[1:] ** np.arange(2)[:, None]
    for x in range(1, duel.m + 1):
        for y in range(1, duel.n + 1):
            p = losses(rate / root * x * (y / x) ** w, x)
            q = losses(rate * root * y * (x / y) ** w, y)
            after = value[:, x - len(p) + 1 : x + 1, y - len(q) + 1 : y + 1]
            change = p[1:].sum() + p[0] * q[1:].sum()
            value[:, x, y] = after @ q[::-1] @ p[::-1] / change
    wins, left, square, loses, left_to_b = value[:, -1, -1].tolist()
    mean = left / wins
    return wins, mean, (square / wins - mean**2) ** 0.5, left_to_b / loses


def losses(mean: float, strength: int) -> Vector:
    """P(0), P(1) … of a day's losses: gamma-Poisson, all of the strength at most."""
    count = np.arange(1.0, 2.0 * MOST)
    ratio = mean / (mean + SHAPE) * (SHAPE + count - 1.0) / count
    none = np.exp(-SHAPE * np.log1p(mean / SHAPE))
    chances = none * np.cumprod(np.concatenate([[1.0], ratio]))
    most = min(strength, MOST)
    return np.append(chances[:most], chances[most:].sum())


def _share(target: str, name: str, published: str, happened: NDArray[np.bool_], p: float) -> Row:
    error = (p * (1.0 - p) / REPLICATES) ** 0.5
    return sampled(target, name, published, float(happened.mean()), error, p, BY_DAYS)


def _mean(name: str, published: str, values: Vector, expected: float) -> Row:
    error = float(values.std(ddof=1)) / len(values) ** 0.5
    return sampled(VT[7], name, published, float(values.mean()), error, expected, BY_DAYS)


def _spread(name: str, published: str, values: Vector, expected: float) -> Row:
    """A standard deviation; its own error from the fourth moment."""
    sd = float(values.std(ddof=1))
    fourth = float(((values - values.mean()) ** 4).mean())
    error = ((fourth - sd**4) / len(values)) ** 0.5 / (2.0 * sd)
    return sampled(VT[7], name, published, sd, error, expected, BY_DAYS)
