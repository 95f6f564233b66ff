"""Numbers and levers as a reader wants them."""

from __future__ import annotations

import math
from collections.abc import Mapping

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


def in_100(share: float, low: float, high: float) -> str:
    """A share as runs in 100, with its interval.

    >>> in_100(0.305, 0.27, 0.34), in_100(0.004, 0.002, 0.008)
    ('30 (27–34)', '0.4 (0.2–0.8)')
    """
    if math.isnan(share):
        return "–"
    digits = 0 if high - low >= 0.02 else 1
    return f"{100 * share:.{digits}f} ({100 * low:.{digits}f}–{100 * high:.{digits}f})"


def lever_words(name: str) -> str:
    """A lever's name as words: ``deployment.size`` is deployment size."""
    return name.replace(".", " ").replace("_", " ")


def lever_label(name: str, context: Context) -> str:
    """A lever as the title of an axis, with its unit."""
    unit = context.levers[name].unit
    words = lever_words(name).capitalize()
    return f"{words} ({unit})" if unit else words


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
