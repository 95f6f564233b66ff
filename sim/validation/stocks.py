"""Section 1.5: arrivals at a constant rate, and stocks that fill and drain (VT-12, VT-16).

Stocks of four kinds: a force with reinforcements, in continuous time by the rule's rate; the same
in runs (`daily_step`); technology under way, which arrivals fill and absorption thins; and the
disputes in progress among many pairs. Wounded who recover (C9), an exponential stay thinned by
binomial numbers, belong here as a fifth.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import kolmogi
from scipy.stats import norm

from sim.agents import World
from sim.blueprint import draft
from sim.phases import PHASES
from sim.phases.home import technology
from sim.rules.ledger import STEP_DOWN, STEP_UP
from sim.scenario.load import load_scenario
from sim.validation.attrition import Duel
from sim.validation.row import WIDEST_Z, Row, exact, inside, sampled
from sim.validation.runs import FOLDER, REPLICATES, counted, run
from sim.validation.targets import VT

RATE, DAYS = 0.002, 1_500
"""Hazard of an arrival, a day, and days of a run: three arrivals in mean."""
BINOMIAL = (
    "a day brings one arrival at most, so that the count is binomial: the band is about its mean "
    "and its ratio 1 - p"
)
GAPS = "largest distance of distribution functions, times √n; the band as probable as |z| < 4"
PAIRS, UP, DOWN, LATER = 40, 0.0025, 0.05, 150
"""Pairs that may quarrel, hazards of a dispute and of its end, days of a run."""
OF_PAIRS = (
    "40 pairs, each in dispute or not, are binomial and not Poisson; a day's step makes the level "
    "40 p, p = U / (U + D), U and D the chances of a day, and not 40 u / (u + d)"
)

Vector = NDArray[np.float64]


def rows() -> list[Row]:
    """Arrivals, then the stocks."""
    return [*_arrivals(), *_stocks(), *_disputes()]


def _arrivals() -> list[Row]:
    """Number of arrivals and day of the first one, 20,000 runs."""
    chunks = run("arrivals", DAYS)
    count = counted(chunks, STEP_UP)
    days = [chunk.events["day"][chunk.events["event"] == 0] + 1 for chunk in chunks]
    first = np.sort(np.concatenate(days))
    chance = -math.expm1(-RATE)
    law = np.expm1(-RATE * np.arange(DAYS + 1)) / math.expm1(-RATE * DAYS)
    found = np.searchsorted(first, np.arange(DAYS + 1), side="right") / len(first)
    distance = float(np.abs(found - law).max()) * len(first) ** 0.5
    widest = float(kolmogi(2.0 * norm.sf(WIDEST_Z)))
    return [
        *_count(12, "arrivals in 1,500 days, λ .002", ("3", "1"), count, DAYS, chance, BINOMIAL),
        inside(VT[12], "gap to the first arrival: Kolmogorov's distance to Exp(500 d)", "0.00",
               distance, (0.0, widest), GAPS, "stochastic"),
    ]  # fmt: skip


def _count(
    vt: int, name: str, published: tuple[str, str], count: Vector, n: int, p: float, note: str
) -> list[Row]:
    """Mean, and variance over mean, of a binomial count; the ratio's error by its fourth moment."""
    mean, variance = float(count.mean()), float(count.var(ddof=1))
    fourth = float(((count - mean) ** 4).mean())
    errors = (variance / REPLICATES) ** 0.5, ((fourth - variance**2) / REPLICATES) ** 0.5 / mean
    return [
        sampled(VT[vt], f"{name}: mean", published[0], mean, errors[0], n * p, note),
        sampled(VT[vt], f"{name}: variance / mean", published[1], variance / mean, errors[1],
                1.0 - p, note),
    ]  # fmt: skip


def _stocks() -> list[Row]:
    """Reinforcement in continuous time; levels just after arrivals by the day and by the week."""
    force = Duel(0.005, 0.005, 0.0).at(11_000.0, 11_000.0, 180.0, (150.0, 0.0))[0]
    name = "stationary stock just after arrivals, ρ=150, λ=.005, arrivals each"
    return [
        exact(VT[16], "replenishment ρ=150, λ=.005, x(180)", "22275.176465", force),
        exact(VT[16], f"{name} day", "30075.0625", level(1)),
        exact(VT[16], f"{name} week", "30528.062", level(7)),
    ]


def level(interval: int) -> float:
    """Technology under way after the last arrival of ten years, arrivals every `interval` days."""
    changes = {"flows.arrivals.interval": interval}
    blueprint = draft(load_scenario(str(FOLDER / "stock.yaml"), changes))
    world = World(blueprint, {})
    stock = 0.0
    for _ in range(blueprint.horizon):
        world.clock.day += 1
        for phase in PHASES:
            state = world.states[world.focus.sender]
            if phase is technology and state.technology_arrived > 0:
                stock = state.technology_coming + float(state.technology_arrived)
            phase(world)
    return float(stock)


def _disputes() -> list[Row]:
    """Disputes in progress among 40 pairs after 150 days: births, deaths, and the day's bias."""
    chunks = run("disputes", LATER)
    under_way = counted(chunks, STEP_UP) - counted(chunks, STEP_DOWN)
    begins, ends = -math.expm1(-UP), -math.expm1(-DOWN)
    chance = begins / (begins + ends) * (1.0 - (1.0 - begins - ends) ** LATER)
    level = f"{PAIRS * UP / (UP + DOWN):.6f}"
    name = "disputes in progress, 40 pairs, u .0025, d .05"
    return _count(16, name, (level, "1"), under_way, PAIRS, chance, OF_PAIRS)
