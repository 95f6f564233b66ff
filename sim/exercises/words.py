"""Predictions and results in words."""

from __future__ import annotations

import math

from sim.exercises.estimates import Estimate
from sim.exercises.spec import Measure
from sim.report.context import NEVER_A_FORECAST

BRACKETS = "; brackets hold the 95 % sampling error only"


def amount(value: float, measure: Measure) -> str:
    """A number in the measure's unit.

    >>> amount(33.4, Measure(title="war", statistic="share", outcomes=("lethal_aid",)))
    '33 in 100'
    """
    if not math.isfinite(value):
        return f"no {measure.unit}"
    if measure.counts_runs:
        return f"{value:.0f} in 100"
    digits = 0 if abs(value) >= 100 or value == int(value) else 2 if abs(value) < 10 else 1
    return f"{value:,.{digits}f} {measure.unit}"


def found_words(found: Estimate, measure: Measure) -> str:
    """A result with the interval that sampling leaves."""
    low, high = amount(found.low, measure), amount(found.high, measure)
    return f"{amount(found.value, measure)} ({low.split()[0]} to {high.split()[0]})"


def gap_words(guess: float, found: Estimate, measure: Measure) -> str:
    """How far a prediction lay off, and on which side; none where the runs cannot tell.

    >>> one = Measure(title="war", statistic="share", outcomes=("lethal_aid",))
    >>> gap_words(20, Estimate(52.0, 48.0, 56.0, 500), one)
    'you said 20 in 100: 32 too few'
    >>> gap_words(50, Estimate(52.0, 48.0, 56.0, 500), one)
    'you said 50 in 100: as near as these runs can tell'
    """
    said = f"you said {amount(guess, measure)}"
    if found.low <= guess <= found.high:
        return f"{said}: as near as these runs can tell"
    gap = amount(abs(guess - found.value), measure).removesuffix(" in 100")
    many = "too many" if guess > found.value else "too few"
    much = "too much" if guess > found.value else "too little"
    return f"{said}: {gap} {many if measure.counts_runs else much}"


def footer(runs: int, scenario: str, seed: int, error: str = BRACKETS) -> str:
    """The line under every result."""
    said = f"{runs:,} runs of this model in each arm, scenario {scenario}, seed {seed}{error}."
    return f"{said} {NEVER_A_FORECAST}"
