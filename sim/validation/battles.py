"""EV-4: which of four laws of combat fits a list of battles, by rejection (Rubio-Campillo 2016).

For each draw: a law, and for each battle a power ratio P ~ Gamma with mean μ and sd σ, both uniform
on (0, 5). The battle is fought in steps until either side has lost what it lost in the record; the
distance is the sum of |simulated - recorded| / recorded over both sides of all battles. The nearest
draws are accepted, and a law's share of them is its posterior probability.

Log law and fatigue differ only in the clock: both keep ln a · P - ln b, so that in short steps they
foretell the same losses. What tells them apart is how far a step overshoots the recorded losses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.errors import usage_error
from sim.validation.battle_list import Battles, read_battles
from sim.validation.row import Row, Verdict, as_given, missing

TARGET = "EV-4 laws of combat"
STEP = 100.0
"""Most soldiers that side a loses in the first step."""
PERIODS = {
    "1620-1701": (".00, .00, .17, .83", "2.5"),
    "1702-1792": (".00, .00, .20, .80", "2.2"),
    "1793-1860": (".00, .00, .38, .62", "2.2"),
    "1861-1905": (".00, .00, .38, .62", "1.9"),
}
NO_BATTLES = (
    "the battles are not part of the project; `python -m sim validate battles=FILE.csv` takes "
    "them. Log law and fatigue keep the same path of strengths: only the step's overshoot tells "
    "them apart."
)
RARE = 0.05
"""Share of linear and square law together under which both count as rejected."""
ONE_SEED = "3,000 draws, the best 2 %, seed 1, as in the published re-implementation; one sample"

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
class Selection:
    """Shares of the laws among the accepted draws, and their mean μ of the power ratio."""

    shares: dict[str, float]
    ratio: float


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
    all_draws = Battles(
        np.tile(battles.strengths, (draws, 1)),
        np.tile(battles.losses, (draws, 1)),
        np.tile(battles.years, draws),
    )
    lost = fight(law, all_draws, ratios.ravel(), step)
    return np.asarray(
        (np.abs(lost - all_draws.losses) / all_draws.losses).reshape(draws, -1).sum(1)
    )


def rows() -> list[Row]:
    """The published shares, which need the battles."""
    found = []
    for period, (shares, ratio) in PERIODS.items():
        name = f"shares of {', '.join(LAWS)}, {period}"
        found.append(missing(TARGET, name, shares, NO_BATTLES))
        found.append(missing(TARGET, f"posterior mean power ratio, {period}", ratio, NO_BATTLES))
    return found


def rows_of(file: Path) -> list[Row]:
    """The laws' shares and the mean power ratio in each period of a file of battles.

    As published when linear and square law together stay under .05 in every period, and the power
    ratio of the winner falls from the first period to the last. UsageError for a faulty file, or
    when no battle lies in any period.
    """
    battles = read_battles(file)
    spans = {period: battles.between(*map(int, period.split("-"))) for period in PERIODS}
    if not any(len(few.years) for few in spans.values()):
        fault = f"no battle in {', '.join(PERIODS)}"
        raise usage_error(fault, file=str(file), path="year")
    chosen = {period: select(few) for period, few in spans.items() if len(few.years)}
    return [_period(period, spans[period], chosen.get(period)) for period in PERIODS] + [
        _falling([chosen[period].ratio for period in PERIODS if period in chosen])
    ]


def _period(period: str, battles: Battles, ours: Selection | None) -> Row:
    """Shares of the laws and the power ratio, with the verdict on linear and square law."""
    name = f"shares of {', '.join(LAWS)}; power ratio; {period}, n={len(battles.years)}"
    published = ", ".join(PERIODS[period])
    if ours is None:
        return missing(TARGET, name, published, "no battles of this period in the file")
    text = as_given(published, [*ours.shares.values(), ours.ratio])
    both = ours.shares["linear"] + ours.shares["square"]
    verdict: Verdict = "within band" if both < RARE else "differs"
    return Row(
        TARGET, name, published, text, "linear + square < .05", verdict, "stochastic", ONE_SEED
    )


def _falling(ratios: Sequence[float]) -> Row:
    """Whether the power ratio falls from the first period to the last."""
    name, published = "power ratio falls over the periods", "2.5, 2.2, 2.2, 1.9"
    if len(ratios) < len(PERIODS):
        return missing(TARGET, name, published, "needs battles of every period")
    text = as_given(published, list(ratios))
    verdict: Verdict = "within band" if ratios[-1] < ratios[0] else "differs"
    return Row(TARGET, name, published, text, "last < first", verdict, "stochastic", ONE_SEED)
