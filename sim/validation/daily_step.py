"""Section 1.1 in runs: the daily step of attrition with its luck, against its exact mean (VT-9).

Losses have a gamma factor (k = 20) for each side and day and are Poisson, so that at w = 0 and
w = 1 the mean of a run is the step without luck. Between these it is so to second order in the
spread of strengths, here below a tenth of a standard error. Reinforcements join before the day's
losses.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.validation.row import Row, differing, sampled
from sim.validation.runs import REPLICATES, outcome, run

TARGET = "1.1 attrition, runs"
CONTINUOUS = (
    "published in continuous time; the band is about the exact mean of the daily step, which "
    "differs by up to .6 % at these rates"
)
SIMULATED = "the published number is a simulation's too, of as many runs: the s.e. is of both"
STATIONARY = (
    "arrivals join before the day's losses, whose mean is λx and not (1 - exp(-λ))x, so that the "
    "stationary mean of the daily step is ρ(1-λ)/λ; in continuous time it is 30000"
)

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """Strengths, loss rates, exponent, soldiers who join a day, days, and published x and y."""

    name: str
    x: int
    y: int
    a: float
    b: float
    w: float
    days: int
    published: tuple[str, ...]
    joining: tuple[int, int] = (0, 0)


CASES = (
    Case("daily step", 60_000, 30_000, 0.004, 0.0015, 1.0, 180, ("43596.846633", "16224.753549")),
    Case("square law", 1_000, 800, 0.01, 0.01, 1.0, 10, ("924.8708", "703.8366")),
    Case("square law", 1_000, 800, 0.02, 0.01, 1.0, 10, ("849.4828", "707.6797")),
    Case("square law", 10_000, 15_000, 0.005, 0.003, 1.0, 10, ("9257.3134", "14711.1764")),
    Case("square law", 54_000, 21_500, 0.0544, 0.0106, 1.0, 10, ("43755.6931", "16343.7022")),
    Case("reinforced", 1_000, 800, 0.01, 0.01, 1.0, 30, ("944.91472", "569.98532"), (5, 2)),
    Case("reinforced", 1_000, 800, 0.02, 0.01, 1.0, 30, ("905.90932", "518.32609"), (10, 0)),
    Case("log law (w=0)", 1_000, 1_000, 0.01, 0.01, 0.0, 30, ("740.818221",)),
    Case("Helmbold w=.5", 60_000, 30_000, 0.002, 0.003, 0.5, 180, ("48178.195", "12267.292")),
    Case("replenished (w=0)", 11_000, 11_000, 0.005, 0.0, 0.0, 180, ("22275.176465",), (150, 0)),
)


def rows() -> list[Row]:
    """Means of 20,000 runs of each case, and what the daily step does to a stationary mean."""
    found = [row for case in CASES for row in _rows(case)]
    stationary = 150.0 * (1.0 - 0.005) / 0.005
    name = "replenished: stationary mean of the daily step"
    found.append(differing(TARGET, name, "30075.0625", stationary, STATIONARY))
    return found


def _rows(case: Case) -> list[Row]:
    strengths = simulated(case)
    exact = stepped(case)
    found = []
    for side, published in enumerate(case.published):
        name = f"{case.name} ({case.x}, {case.y}, {case.a:g}, {case.b:g}), mean {'xy'[side]}"
        mean, spread = float(strengths[side].mean()), float(strengths[side].std(ddof=1))
        error = spread / REPLICATES**0.5
        note = _note(published, exact[side])
        found.append(sampled(TARGET, name, published, mean, error, exact[side], note))
    if case.days == 180 and case.w == 1.0:
        for side, sd in enumerate(("337.4", "272.6")):
            found.append(_spread(f"sd of {'xy'[side]} of that case", sd, strengths[side]))
    return found


def _note(published: str, exact: float) -> str:
    """Whether the exact mean of the daily step is another number than the published one."""
    return "" if abs(exact / float(published) - 1.0) < 1e-10 else CONTINUOUS


def _spread(name: str, published: str, values: Vector) -> Row:
    """A standard deviation, beside a published one from as many runs; both err."""
    sd = float(values.std(ddof=1))
    error = sd / REPLICATES**0.5
    return sampled(TARGET, name, published, sd, error, float(published), SIMULATED)


def stepped(case: Case) -> tuple[float, float]:
    """x and y after the days of a case, step by step and without luck."""
    x, y = float(case.x), float(case.y)
    for _ in range(case.days):
        x, y = x + case.joining[0], y + case.joining[1]
        lost_x = case.a * x ** (1.0 - case.w) * y**case.w
        lost_y = case.b * y ** (1.0 - case.w) * x**case.w
        x, y = x - lost_x, y - lost_y
    return x, y


def simulated(case: Case) -> tuple[Vector, Vector]:
    """x and y at the end of every run. Loss rates above the parameter's range go by exposure."""
    rate = min(case.a, 0.01)
    chunks = run(
        "duel",
        case.days,
        {
            "params.loss_rate": rate,
            "params.helmbold": case.w,
            "forces.blue.strength": case.x,
            "forces.blue.inflow": case.joining[0],
            "forces.blue.exposure": case.a / rate,
            "forces.red.strength": case.y,
            "forces.red.inflow": case.joining[1],
            "forces.red.exposure": case.b / rate,
        },
    )
    x = case.x + case.joining[0] * case.days - outcome(chunks, "host_casualties")
    y = case.y + case.joining[1] * case.days - outcome(chunks, "adversary_casualties")
    return x, y
