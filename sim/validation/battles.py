"""EV-4: which of four laws of combat fits a list of battles, by rejection (Rubio-Campillo 2016).

For each draw: a law, and for each battle a power ratio P ~ Gamma with mean μ and sd σ, both uniform
on (0, 5). The battle is fought in steps until either side has lost what it lost in the record; the
distance is the sum of |simulated - recorded| / recorded over both sides of all battles. The nearest
draws are accepted, and a law's share of them is its posterior probability.

Log law and fatigue differ only in the clock: both keep ln a · P - ln b, so that in short steps they
foretell the same losses. What tells them apart is how far a step overshoots the recorded losses.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.errors import usage_error
from sim.validation.row import Row, missing

TARGET = "EV-4 laws of combat"
COLUMNS = ("strength_a", "losses_a", "strength_b", "losses_b")
STEP = 100.0
"""Most soldiers that side a loses in the first step."""
PERIODS = {
    "1620-1701": (".00, .00, .17, .83", "2.5"),
    "1702-1792": (".00, .00, .20, .80", "2.2"),
    "1793-1860": (".00, .00, .38, .62", "2.2"),
    "1861-1905": (".00, .00, .38, .62", "1.9"),
}
NO_BATTLES = (
    "the battles are not part of the project; sim.validation.battles.select takes them as a CSV "
    "file. Log law and fatigue keep the same path of strengths: only the step's overshoot tells "
    "them apart."
)

Vector = NDArray[np.float64]
Law = Callable[[Vector, Vector, float], Vector]
"""Losses of a side in a step, before the scale: of its strength, the other's, the steps past."""


def _linear(own: Vector, other: Vector, step: float) -> Vector:
    return own * other


def _square(own: Vector, other: Vector, step: float) -> Vector:
    return other


def _log(own: Vector, other: Vector, step: float) -> Vector:
    return own


def _fatigue(own: Vector, other: Vector, step: float) -> Vector:
    return np.asarray(own / np.log(np.e + step))


LAWS: dict[str, Law] = {"linear": _linear, "square": _square, "log": _log, "fatigue": _fatigue}


@dataclass(frozen=True)
class Battles:
    """Strengths at the start and losses, each (n_battles, 2): side a, side b."""

    strengths: Vector
    losses: Vector


@dataclass(frozen=True)
class Selection:
    """Shares of the laws among the accepted draws, and their mean μ of the power ratio."""

    shares: dict[str, float]
    ratio: float


def read_battles(file: Path) -> Battles:
    """Battles of a CSV file with columns strength_a, losses_a, strength_b, losses_b.

    Raises UsageError when a column is missing or a battle has no losses or more than soldiers.
    """
    table = pd.read_csv(file)
    for column in COLUMNS:
        if column not in table:
            known = ", ".join(map(str, table.columns))
            raise usage_error("is missing", file=str(file), path=column, hint=f"columns: {known}")
    strengths = table[["strength_a", "strength_b"]].to_numpy(float)
    losses = table[["losses_a", "losses_b"]].to_numpy(float)
    wrong = ~((losses > 0) & (losses <= strengths)).all(axis=1)
    if wrong.any():
        line = f"line {int(np.argmax(wrong)) + 2}"
        fault = "losses must be above 0 and at most the strength"
        raise usage_error(fault, file=str(file), path=line)
    return Battles(strengths, losses)


def fight(law: str, battles: Battles, ratios: Vector, step: float = STEP) -> Vector:
    """Losses (n_battles, 2) when either side reaches its record; `ratios` is the power of a to b's.

    Both sides lose at once in each step; part of a soldier counts as one lost.
    """
    lose, start = LAWS[law], battles.strengths
    scale = step / (start.prod(axis=1) if law == "linear" else start.max(axis=1))
    left = start - battles.losses
    now = start.copy()
    fighting = np.arange(len(now))
    steps = 0
    while len(fighting):
        a, b = now[fighting, 0], now[fighting, 1]
        power = scale[fighting]
        now[fighting, 0] = np.floor(a - power * lose(a, b, steps))
        now[fighting, 1] = np.floor(b - power * ratios[fighting] * lose(b, a, steps))
        steps += 1
        fighting = fighting[(now[fighting] > left[fighting]).all(axis=1)]
    return np.asarray(start - now)


def select(
    battles: Battles, draws: int = 3000, accepted: float = 0.02, seed: int = 1, step: float = STEP
) -> Selection:
    """Fight every battle `draws` times and keep the nearest fraction `accepted` of the draws."""
    luck = np.random.default_rng(seed)
    laws = luck.integers(len(LAWS), size=draws)
    mean, sd = luck.uniform(0.0, 5.0, size=(2, draws))
    ratios = luck.gamma(
        ((mean / sd) ** 2)[:, None], (sd**2 / mean)[:, None], (draws, len(battles.losses))
    )
    distance = np.empty(draws)
    for number, law in enumerate(LAWS):
        these = np.flatnonzero(laws == number)
        distance[these] = _distances(law, battles, ratios[these], step)
    nearest = np.argsort(distance, kind="stable")[: max(1, round(accepted * draws))]
    shares = {law: float((laws[nearest] == n).mean()) for n, law in enumerate(LAWS)}
    return Selection(shares, float(mean[nearest].mean()))


def _distances(law: str, battles: Battles, ratios: Vector, step: float) -> Vector:
    """Distance from the record of each row of `ratios` (n_draws, n_battles)."""
    draws = len(ratios)
    all_draws = Battles(np.tile(battles.strengths, (draws, 1)), np.tile(battles.losses, (draws, 1)))
    lost = fight(law, all_draws, ratios.ravel(), step)
    return np.asarray(
        (np.abs(lost - all_draws.losses) / all_draws.losses).reshape(draws, -1).sum(1)
    )


def rows() -> list[Row]:
    """The published shares, which need the battles."""
    found = []
    for period, (shares, ratio) in PERIODS.items():
        name = f"shares of linear, square, log, fatigue, {period}"
        found.append(missing(TARGET, name, shares, NO_BATTLES))
        found.append(missing(TARGET, f"posterior mean power ratio, {period}", ratio, NO_BATTLES))
    return found
