"""Checks of an answer against a student's own runs: a direction, an order, a number with tolerance.

None asks for an exact Monte Carlo number. The tolerance comes from the number of runs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.exercises.estimates import Estimate, block_range, difference, estimate
from sim.exercises.spec import Exercise, Measure, Question
from sim.study.estimate import Z

Values = Mapping[str, NDArray[np.float64]]
"""A measure's number in each run, by arm."""

WORDS = ("more", "less", "same")
QUANTILE_ERROR = 2.11
"""Standard error of a 5 or 95 % quantile of n normal numbers: 2.11 σ / √n."""


@dataclass(frozen=True)
class Verdict:
    """Whether an answer is right, None when it is no answer at all, and what to say of it."""

    right: bool | None
    text: str


def judge(exercise: Exercise, question: Question, values: Values, answer: object) -> Verdict:
    """Judge an answer to a question; `values` holds its measure in the question's arms."""
    if answer is ...:
        return Verdict(None, "not answered yet: put your answer in place of the three dots")
    measure = exercise.measures[question.measure] if question.measure else None
    return KINDS[question.kind](question, measure, values, answer)


def _direction(
    question: Question, measure: Measure | None, values: Values, answer: object
) -> Verdict:
    """`more`, `less` or `same` from the first arm to the second, as the paired runs show it."""
    assert measure is not None
    if answer not in WORDS:
        return Verdict(None, f'answer "{WORDS[0]}", "{WORDS[1]}" or "{WORDS[2]}"')
    first, second = (values[arm] for arm in question.arms[:2])
    found = difference(first, second, measure)
    shown = direction(found)
    if shown == "same" and answer in (question.answer, "same"):
        alike = bool(np.array_equal(first, second))
        said = "the same in every one of" if alike else "not to be told apart in"
        return Verdict(True, f"{said} {found.n} pairs of runs")
    value, low, high = (signed(end) for end in (found.value, found.low, found.high))
    said = f"{value} ({low} to {high}) in pairs with the same luck"
    return Verdict(answer == shown, said)


def signed(value: float) -> str:
    """A difference, with three figures or to the whole number.

    >>> signed(3152.4), signed(-0.1742)
    ('+3,152', '-0.174')
    """
    return f"{value:+,.0f}" if abs(value) >= 100 else f"{value:+.3g}"


def direction(found: Estimate) -> str:
    """What a difference says when its whole interval lies on one side of zero."""
    if found.low > 0:
        return "more"
    return "less" if found.high < 0 else "same"


def _order(question: Question, measure: Measure | None, values: Values, answer: object) -> Verdict:
    """The arms from most to least; those that the runs cannot tell apart may stand either way."""
    assert measure is not None
    listed = list(answer) if isinstance(answer, list | tuple) else []
    if not all(isinstance(arm, str) for arm in listed) or sorted(listed) != sorted(question.arms):
        return Verdict(None, f"give all of {sorted(question.arms)} in a list, from most to least")
    for place, arm in enumerate(listed):
        for later in listed[place + 1 :]:
            if direction(difference(values[arm], values[later], measure)) == "more":
                return Verdict(False, f"'{later}' has more than '{arm}'")
    return Verdict(True, "the order that your runs show")


def _number(question: Question, measure: Measure | None, values: Values, answer: object) -> Verdict:
    """A number within the sampling interval, and the slack of the question on both sides."""
    assert measure is not None
    given = plain_number(answer)
    if given is None:
        return Verdict(None, "answer with a number")
    found = target(question, measure, values)
    near = abs(given - found.value) <= question.slack + found.half
    return Verdict(near, f"within {question.slack + found.half:.2g} of what your runs show counts")


def target(question: Question, measure: Measure, values: Values) -> Estimate:
    """What a number question asks for: of one arm, or the difference or ratio of two."""
    if len(question.arms) == 1:
        return estimate(values[question.arms[0]], measure)
    first, second = (values[arm] for arm in question.arms[:2])
    if not question.ratio:
        return difference(first, second, measure)
    below, above = estimate(first, measure), estimate(second, measure)
    ratio = above.value / below.value if below.value else math.inf
    half = ratio * math.hypot(below.half / (below.value or 1.0), above.half / (above.value or 1.0))
    return Estimate(ratio, ratio - half, ratio + half, above.n)


def _interval(
    question: Question, measure: Measure | None, values: Values, answer: object
) -> Verdict:
    """Two numbers near the 5 and the 95 % quantile of the blocks."""
    pair = [plain_number(end) for end in answer] if isinstance(answer, list | tuple) else []
    if len(pair) != 2 or pair[0] is None or pair[1] is None or pair[0] > pair[1]:
        return Verdict(None, "answer with two numbers in order, such as (10, 30)")
    numbers = values[question.arms[0]]
    low, high, blocks = block_range(numbers, question.block)
    if blocks < 5:
        return Verdict(None, f"{len(numbers)} runs are too few for classes of {question.block}")
    spread = 100 * float(numbers.std()) / math.sqrt(question.block)
    reach = question.slack + Z * QUANTILE_ERROR * spread / math.sqrt(blocks)
    near = abs(pair[0] - low) <= reach and abs(pair[1] - high) <= reach
    return Verdict(near, f"each end may be off by {reach:.2g}: there are {blocks} classes to see")


def _choice(question: Question, measure: Measure | None, values: Values, answer: object) -> Verdict:
    """A letter."""
    letter = answer.strip().lower() if isinstance(answer, str) else ""
    if letter not in question.options:
        return Verdict(None, f"answer with a letter: {', '.join(question.options)}")
    return Verdict(letter == question.answer, "")


def plain_number(value: object) -> float | None:
    """A finite number, also one of NumPy's; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | np.integer | np.floating):
        return None
    return float(value) if math.isfinite(value) else None


KINDS: dict[str, Callable[[Question, Measure | None, Values, object], Verdict]] = {
    "direction": _direction,
    "order": _order,
    "number": _number,
    "interval": _interval,
    "choice": _choice,
}
