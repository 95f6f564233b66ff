"""Section 1.1 in runs: the daily step of attrition with its luck, against its exact mean.

Losses have a gamma factor (k = 20) for each side and day and are Poisson, so that at w = 0 and
w = 1 the mean of a run is the step without luck. Between these it is so to second order in the
spread of strengths, here below a tenth of a standard error. Reinforcements join before the day's
losses.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.sample import outcome
from sim.validation.row import Row, sampled
from sim.validation.runs import REPLICATES, run
from sim.validation.targets import VT

CONTINUOUS = (
    "published in continuous time; the band is about the exact mean of the daily step, which "
    "differs by up to .6 % at these rates"
)
SIMULATED = "the published number is a simulation's too, of as many runs: the s.e. is of both"
OF_STEPS = (
    "against continuous time; the day of a run stands for the step named, with rates for its length"
)

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Case:
    """Strengths, loss rates, exponent, soldiers who join a day, days, and published x and y."""

    vt: int
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
    Case(
        9, "daily step", 60_000, 30_000, 0.004, 0.0015, 1.0, 180, ("43596.846633", "16224.753549")
    ),
    Case(1, "square law", 1_000, 800, 0.01, 0.01, 1.0, 10, ("924.8708", "703.8366")),
    Case(1, "square law", 1_000, 800, 0.02, 0.01, 1.0, 10, ("849.4828", "707.6797")),
    Case(1, "square law", 10_000, 15_000, 0.005, 0.003, 1.0, 10, ("9257.3134", "14711.1764")),
    Case(1, "square law", 54_000, 21_500, 0.0544, 0.0106, 1.0, 10, ("43755.6931", "16343.7022")),
    Case(6, "reinforced", 1_000, 800, 0.01, 0.01, 1.0, 30, ("944.91472", "569.98532"), (5, 2)),
    Case(6, "reinforced", 1_000, 800, 0.02, 0.01, 1.0, 30, ("905.90932", "518.32609"), (10, 0)),
    Case(4, "log law (w=0)", 1_000, 1_000, 0.01, 0.01, 0.0, 30, ("740.818221",)),
    Case(5, "Helmbold w=.5", 60_000, 30_000, 0.002, 0.003, 0.5, 180, ("48178.195", "12267.292")),
    Case(
        16, "replenished (w=0)", 11_000, 11_000, 0.005, 0.0, 0.0, 180, ("22275.176465",), (150, 0)
    ),
)


STEPS = (("half days", 360, 0.5, "-.03"), ("weeks", 25, 7.0, "-.37"), ("months", 6, 30.0, "-1.7"))
"""Name, number and length in days of other steps; published error of x, %: half of -.05 first."""


def rows() -> list[Row]:
    """Means of 20,000 runs of each case, and the errors of steps of other lengths."""
    found = [row for case in CASES for row in _rows(case)]
    return found + [_of_length(*step) for step in STEPS]


def _of_length(name: str, count: int, length: float, published: str) -> Row:
    """Error of x against the square law in continuous time, in percent (VT-25)."""
    a, b, x, y = 0.004, 0.0015, 60_000, 30_000
    case = Case(25, name, x, y, a * length, b * length, 1.0, count, ())
    pace, ratio = math.sqrt(a * b) * count * length, math.sqrt(a / b)
    goal = x * math.cosh(pace) - ratio * y * math.sinh(pace)
    errors = 100.0 * (simulated(case)[0] / goal - 1.0)
    expected = 100.0 * (stepped(case)[0] / goal - 1.0)
    spread = float(errors.std(ddof=1)) / REPLICATES**0.5
    quantity = f"error of {count} {name} in steps, %, mean of runs"
    return sampled(VT[25], quantity, published, float(errors.mean()), spread, expected, OF_STEPS)


def _rows(case: Case) -> list[Row]:
    strengths = simulated(case)
    exact = stepped(case)
    found = []
    for side, published in enumerate(case.published):
        name = f"{case.name} ({case.x}, {case.y}, {case.a:g}, {case.b:g}), mean {'xy'[side]}"
        mean, spread = float(strengths[side].mean()), float(strengths[side].std(ddof=1))
        error = spread / REPLICATES**0.5
        note = _note(published, exact[side])
        found.append(sampled(VT[case.vt], name, published, mean, error, exact[side], note))
    if case.vt == 9:
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
    return sampled(VT[9], name, published, sd, error, float(published), SIMULATED)


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
