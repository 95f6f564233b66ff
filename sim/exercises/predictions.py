"""Whether a prediction is one: a number for each question within its bounds, and a reason."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from sim.exercises.checks import plain_number
from sim.exercises.spec import Exercise

LEAST_REASON = 10
"""Letters of the shortest reason."""


def faults(exercise: Exercise, values: Mapping[str, object], why: object) -> Iterator[str]:
    """What is missing or wrong, one line each; nothing when the prediction stands."""
    for name in values:
        if name not in exercise.predict:
            yield f"{name}: nobody asked for it"
    for name, guess in exercise.predict.items():
        share = exercise.measures[guess.measure].counts_runs
        value = values.get(name, ...)
        number = plain_number(value)
        if value is ...:
            yield f"{name}: put a number. {guess.ask}"
        elif number is None or not 0 <= number <= (100 if share else math.inf):
            what = "a number from 0 to 100" if share else "a number, not below zero"
            yield f"{name}: {what} is needed, not {value!r:.40}"
    if not isinstance(why, str) or len(why.strip()) < LEAST_REASON:
        yield "why: say in a few words why you expect this"
