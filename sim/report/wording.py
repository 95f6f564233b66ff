"""Numbers and levers as a reader wants them."""

from __future__ import annotations

import math
import shlex
from collections.abc import Mapping, Sequence
from datetime import date

from sim.report.context import Context
from sim.study.declared import Value


def number(value: float) -> str:
    """A number to three figures, thousands apart.

    >>> number(3412.7), number(12.345), number(0.01234), number(float("nan"))
    ('3,410', '12.3', '0.0123', '–')
    """
    if math.isnan(value):
        return "–"
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}" if rounded == int(rounded) else f"{rounded:g}"


def whole(value: float) -> str:
    """A number of people, days or km2: to three figures, without a fraction.

    >>> whole(3412.7), whole(84.1), whole(float("nan"))
    ('3,410', '84', '–')
    """
    return number(value if math.isnan(value) else round(value))


def in_100(share: float, low: float, high: float) -> str:
    """A share as runs in 100, with its interval.

    >>> in_100(0.305, 0.27, 0.34), in_100(0.004, 0.002, 0.008)
    ('30 (27–34)', '0.4 (0.2–0.8)')
    """
    if math.isnan(share):
        return "–"
    digits = 0 if high - low >= 0.02 else 1
    return f"{100 * share:.{digits}f} ({100 * low:.{digits}f}–{100 * high:.{digits}f})"


def listed(words: Sequence[str]) -> str:
    """Words in a row, as in a sentence.

    >>> listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])
    ('a', 'a and b', 'a, b and c')
    """
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def day_words(day: date) -> str:
    """A day.

    >>> day_words(date(2025, 1, 31))
    '31 Jan 2025'
    """
    return f"{day.day} {day:%b %Y}"


def unit_words(unit: str) -> str:
    """A unit as it is printed: km2 with a raised 2."""
    return unit.replace("km2", "km²")


def lever_words(name: str) -> str:
    """A lever's name as words: ``deployment.size`` is deployment size."""
    return name.replace(".", " ").replace("_", " ")


def lever_label(name: str, context: Context) -> str:
    """A lever as the title of an axis: with its unit, or with what 1 means for a ratio."""
    lever, words = context.levers[name], lever_words(name).capitalize()
    if lever.choices or not lever.unit:
        return words
    ratio = f"{value_label(lever.default)} = as in the scenario"
    return f"{words} ({ratio if lever.unit == 'ratio' else lever.unit})"


def value_label(value: Value) -> str:
    """A lever's value: thousands apart, words as they are."""
    return value if isinstance(value, str) else f"{value:,.10g}"


def held_words(held: Mapping[str, Value]) -> str:
    """The levers that are held fixed, as half a sentence."""
    if not held:
        return ""
    return "at " + ", ".join(f"{lever_words(k)} {value_label(v)}" for k, v in held.items())


def sentence_case(text: str) -> str:
    """The text with a capital first letter and the rest untouched."""
    return text[:1].upper() + text[1:]


def command(typed: Sequence[str], *without: str) -> str:
    """The command for anybody's machine: not where this study went, nor settings left out.

    >>> command(["+experiment=escalation", "out=A", "force=true", "seed=2"], "seed")
    'python -m sim +experiment=escalation'
    """
    left_out = {"out", "force", "workers", "executor", "scheduler", "chunk", *without}
    kept = [word for word in typed if word.lstrip("+").split("=")[0] not in left_out]
    return shlex.join(["python", "-m", "sim", *kept])
