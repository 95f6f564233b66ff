"""One line of the table of validation: a published number beside ours, and a verdict."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["deterministic", "stochastic", "test", "not reproduced", "out of sample"]
Verdict = Literal[
    "reproduced", "within band", "differs", "FAILS", "in the tests", "not reproduced", "scored"
]

MEMORY = "quoted from memory"
"""Note on a published number that nobody has yet checked against its source."""
WIDEST_Z = 4.0
"""Standard errors within which a mean of many runs must lie."""


@dataclass(frozen=True)
class Row:
    """A target. `differs`: it is known not to come out, and `note` says why; `FAILS`: it must."""

    target: str
    quantity: str
    published: str
    ours: str
    band: str
    verdict: Verdict
    kind: Kind
    note: str = ""


Numbers = float | Sequence[float]


def exact(target: str, quantity: str, published: str, ours: Numbers, note: str = "") -> Row:
    """A row whose numbers must equal the published ones to the digits in which those are given.

    `published` holds one number or several, with a comma and a space between.

    >>> exact("VT-1", "survivors", "600.0000", 599.99998).verdict
    'reproduced'
    >>> exact("EV-2", "share", ".679, 2.0e-3", (0.6788, 0.00211)).ours
    '.679, 2.1e-3'
    """
    text = as_given(published, ours)
    verdict: Verdict = "reproduced" if text == published else "FAILS"
    return Row(target, quantity, published, text, "digits given", verdict, "deterministic", note)


def differing(target: str, quantity: str, published: str, ours: Numbers, why: str) -> Row:
    """A row that is known not to come out; it fails when it does, so that no excuse outlives."""
    text = as_given(published, ours)
    verdict: Verdict = "differs" if text != published else "FAILS"
    return Row(target, quantity, published, text, "digits given", verdict, "deterministic", why)


def inside(
    target: str,
    quantity: str,
    published: str,
    ours: float,
    band: tuple[float, float],
    note: str,
    kind: Kind = "deterministic",
) -> Row:
    """A number of ours that must lie in the interval of its published estimate."""
    low, high = band
    verdict: Verdict = "within band" if low <= ours <= high else "FAILS"
    said = as_given(f"{published}, {published}", band)
    text = as_given(published, ours)
    return Row(target, quantity, published, text, f"[{said}]", verdict, kind, note)


def sampled(
    target: str,
    quantity: str,
    published: str,
    mean: float,
    error: float,
    expected: float,
    note: str = "",
) -> Row:
    """A mean of simulated runs, which must lie within 4 standard errors of `expected`.

    `expected` is the exact mean of what is simulated. Where that is not the published number, the
    band names it, and the note says what lies between.
    """
    z = (mean - expected) / error
    verdict: Verdict = "within band" if abs(z) < WIDEST_Z else "FAILS"
    places = max(0, min(6, 1 - math.floor(math.log10(error))))
    text = f"{mean:.{places}f} (s.e. {error:.{places}f})"
    about = f" about {expected:.{places + 1}f}" if note else ""
    band = f"|z| < 4{about}: {z:+.1f}"
    return Row(target, quantity, published, text, band, verdict, "stochastic", note)


def scored(
    target: str, quantity: str, perfect: str, ours: str, baselines: str, note: str = ""
) -> Row:
    """A score out of sample, beside those of baselines; nothing says what it should be.

    `perfect` is the score of history itself.
    """
    return Row(target, quantity, perfect, ours, baselines, "scored", "out of sample", note)


def missing(target: str, quantity: str, published: str, why: str) -> Row:
    """A published number that nothing here can be compared with."""
    return Row(target, quantity, published, "-", "-", "not reproduced", "not reproduced", why)


def tested(target: str, quantity: str, test: str) -> Row:
    """A relation between whole runs that a test of the suite holds: its file and its name."""
    return Row(target, quantity, "-", "-", "-", "in the tests", "test", test)


def as_given(published: str, ours: Numbers) -> str:
    """Our numbers in the digits, and the notation, of the published ones."""
    texts = published.split(", ")
    numbers = [ours] if isinstance(ours, int | float) else list(ours)
    if len(texts) != len(numbers):
        raise ValueError(f"{len(texts)} published numbers, {len(numbers)} of ours: {published}")
    return ", ".join(_rounded(text, number) for text, number in zip(texts, numbers))


def _rounded(text: str, number: float) -> str:
    mantissa, _, exponent = text.partition("e")
    decimals = len(mantissa.partition(".")[2])
    rounded = f"{number / 10.0 ** int(exponent or 0):.{decimals}f}"
    if mantissa.lstrip("-").startswith("."):
        rounded = rounded.replace("0.", ".", 1)
    return f"{rounded}e{exponent}" if exponent else rounded
