"""Uncertain numbers: drawn once a replicate, the same at every point of a design."""

from __future__ import annotations

from typing import cast

from sim.rules import streams
from sim.rules.draws import uniform_at
from sim.rules.entities import Clock
from sim.rules.quantiles import lognormal, loguniform, triangular, uniform_between
from sim.scenario.levers import Uncertainty
from sim.tags import tag

WORD = 0xFFFFFFFF


def clock_of(seed: int, replicate: int) -> Clock:
    """A clock on day 0 with the luck of a replicate of a study."""
    clock = Clock()
    clock.day = 0
    clock.seed_low = seed & WORD
    clock.seed_high = (seed >> 32) & WORD
    clock.replicate = replicate
    return clock


def draw(name: str, prior: Uncertainty, seed: int, replicate: int) -> float:
    """The value of an uncertain number in a replicate, in the number's own unit."""
    u = uniform_at(clock_of(seed, replicate), 0, streams.PRIOR, tag("uncertainties", name), 0)
    low, mode, high = (cast(float, v) for v in (prior.low, prior.mode, prior.high))
    if prior.type == "lognormal":
        return lognormal(u, cast(float, prior.median), cast(float, prior.log_sd))
    if prior.type == "loguniform":
        return loguniform(u, low, high)
    if prior.type == "triangular":
        return triangular(u, low, mode, high)
    return uniform_between(u, low, high)
