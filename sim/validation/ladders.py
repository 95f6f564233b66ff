"""Sections 1.5, 2.2 and 2.5: competing risks on a ladder, base rates of disputes, joining lags."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from sim.rules.escalation import WAR, movement
from sim.rules.ledger import STEP_DOWN, STEP_UP
from sim.rules.quantiles import weibull
from sim.scenario.load import load_scenario
from sim.study.chunk import Chunk
from sim.validation.alliances import clopper_pearson
from sim.validation.made import world
from sim.validation.row import Row, differing, exact, inside, sampled
from sim.validation.runs import REPLICATES, run
from sim.validation.targets import VT

TOP = {0: (0.4, 1, 5, ".07582938"), 1: (0.45, 2, 6, ".21162468"), 2: (0.55, 1, 5, ".28707280")}
"""By the climbing state: p, rung at the start, top rung, P(top before bottom)."""
DISPUTES = "2.5 disputes"
LAGS = "2.2 joining lag"
UP, DOWN, DAYS = 0.000391, 0.006071, 180
HALF_DIGIT = (
    "hazards of .000225 and .006082 give .0357: they are printed to three digits, and .0356 needs "
    "the first between .0002242 and .0002248"
)
JOINERS = 240
FITTED = "the rule's fitted Weibull (.687, 290.7 d) in the 95 % interval of the 240 observed lags"


def rows() -> list[Row]:
    """The rule's day, 20,000 runs of one dispute, the dispute ladder's rungs, and joining lags."""
    return [*_day(), *_runs(), *_walks(), *_disputes(), *_lags()]


def chances(up: float, down: float) -> tuple[float, float]:
    """Probabilities of a step up and down today, measured on the rule's own draw."""
    top = brentq(lambda u: 0.5 - (movement(u, up, down) == 1), 0.0, 1.0, xtol=1e-16)
    bottom = brentq(lambda u: (movement(u, up, down) == -1) - 0.5, 0.0, 1.0, xtol=1e-16)
    return float(top), 1.0 - float(bottom)


def rung(up: float, down: float) -> tuple[float, float]:
    """P(up before exit) and mean stay in days of continuous time, from the rule's day."""
    rises, falls = chances(up, down)
    return rises / (rises + falls), -1.0 / math.log1p(-(rises + falls))


def _day() -> list[Row]:
    share, stay = rung(UP, DOWN)
    return [
        exact(VT[13], "P(up before exit), λ .000391 and .006071", ".0605076", share),
        exact(VT[13], "mean stay, days", "154.751", stay),
    ]


def _runs() -> list[Row]:
    """The same from 20,000 runs of 180 days: exits, and days at risk of one."""
    chunks = run("dispute", DAYS)
    up, down = (_first_days(chunks, kind) for kind in (STEP_UP, STEP_DOWN))
    exits = len(up) + len(down)
    share = len(up) / exits
    risked = (REPLICATES - exits) * DAYS + float(np.sum(up + 1) + np.sum(down + 1))
    stay = -1.0 / math.log1p(-exits / risked)
    expected = UP / (UP + DOWN)
    error = math.sqrt(expected * (1.0 - expected) / exits)
    length = 1.0 / (UP + DOWN)
    name = "mean stay, days, 20,000 runs"
    return [
        sampled(VT[13], "P(up before exit), 20,000 runs", ".0605076", share, error, expected),
        sampled(VT[13], name, "154.751", stay, length / math.sqrt(exits), length),
    ]


def _first_days(chunks: list[Chunk], kind: int) -> NDArray[np.int64]:
    days = [chunk.events["day"][chunk.events["kind"] == kind] for chunk in chunks]
    return np.concatenate(days)


def _walks() -> list[Row]:
    """P(top before bottom) of walks on three ladders, each (1 - r^i) / (1 - r^N), r = q/p."""
    chunks = run("walks", DAYS)
    found = []
    for actor, (p, start, top, published) in TOP.items():
        reached = sum(_at_top(chunk, actor) for chunk in chunks)
        r = (1.0 - p) / p
        chance = (1.0 - r**start) / (1.0 - r**top)
        error = math.sqrt(chance * (1.0 - chance) / REPLICATES)
        name = f"walk p={p:g} from {start}: P({top} before 0)"
        found.append(exact(VT[14], f"{name}, closed form", published, chance))
        found.append(sampled(VT[14], name, published, reached / REPLICATES, error, chance))
    return found


def _at_top(chunk: Chunk, actor: int) -> int:
    events = chunk.events
    these = (events["kind"] == STEP_UP) & (events["actor"] == actor) & (events["amount"] == WAR)
    return int(these.sum())


def _disputes() -> list[Row]:
    """Base rates of the dispute ladder of the scenario on the treaty of 2024."""
    rungs = load_scenario("dprk_russia_2024").ladders["dispute"].rungs
    found = []
    for name, published, stay in (("threat", ".982", "33"), ("display", ".751", "54")):
        share, days = rung(rungs[name].up, rungs[name].down)
        quantity = f"P(step up), mean stay at {name}, since 1946"
        found.append(exact(DISPUTES, quantity, f"{published}, {stay}", (share, days)))
    share, _ = rung(rungs["force"].up, rungs["force"].down)
    found.append(
        differing(DISPUTES, "P(war) at use of force, since 1946", ".0356", share, HALF_DIGIT)
    )
    name = "P(war), mean stay at use of force, 1816-2010"
    found.append(exact(DISPUTES, name, ".0605, 155", rung(UP, DOWN)))
    return found


def _lags() -> list[Row]:
    """Shares of joiners within some days of a war's start, by the rule's Weibull law."""
    params = world().params
    found = []
    for days, share in ((7, ".075"), (30, ".217"), (41, ".250"), (158, ".500"), (450, ".750")):
        ours = brentq(
            lambda u, d=days: weibull(u, params.latency_shape, params.latency_scale) - d,
            1e-12,
            1.0 - 1e-12,
        )
        band = clopper_pearson(round(float(share) * JOINERS), JOINERS)
        found.append(inside(LAGS, f"share of lags to {days} d", share, float(ours), band, FITTED))
    return found
