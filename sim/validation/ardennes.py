"""EV-5: Ardennes 1944-45, three attempts at a law of losses (Bracken 1995; Fricker 1998).

Force = combat manpower + 20 · tanks + 5 · APC + 40 · artillery, the same weights for losses.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.validation.data import read
from sim.validation.row import MEMORY, Row, exact

TARGET = "EV-5 Ardennes"
WEIGHTS = {"T": 20.0, "A": 5.0, "Y": 40.0}
"""Weight of a tank, an armoured personnel carrier and a gun, by the letter of its column."""
REGRESSIONS = {
    "total": {
        (1, 10): ".545500, 2.53337, .485355",
        (1, 32): ".450544, .652411, .121636",
        (11, 32): ".184829, -1.53405, .149637",
    },
    "combat": {
        (1, 10): "1.018784, 3.360926, .606829",
        (1, 32): ".779511, .545600, .064182",
        (11, 32): ".268600, -2.086955, .194279",
    },
}
FITS = {
    (1, 1, 1.25): ("p=q=1, d=1.25", "8.163e-9, 1.0358e-8, 16089422"),
    (1, 0, 1.25): ("square (p=1, q=0), d=1.25", ".0050200, .0059402, 15675393"),
    (0, 1, 1.25): ("log (p=0, q=1), d=1.25", ".0046679, .0068591, 14597682"),
}
WITHOUT = {(1, 1): "21284520", (1, 0): "17851121", (0, 1): "25243220"}
SLIP = "red losses are total casualties, blue ones combat losses: a slip of the published table"
FIRST_DAYS = slice(1, 10)

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Days:
    """Forces and losses of both sides on some days."""

    blue: Vector
    red: Vector
    blue_lost: Vector
    red_lost: Vector


def days(of: slice, red_losses: str = "combat") -> Days:
    """The days `of` the battle, with red's losses as `combat` or `total` casualties."""
    people = read("ardennes_manpower").set_index("day").loc[of]
    things = read("ardennes_equip").set_index("day").loc[of]
    return Days(
        blue=_force(people["blue_combat"], things, "b"),
        red=_force(people["red_combat"], things, "r"),
        blue_lost=_force(people["blue_killed_combat"], things, "bk"),
        red_lost=_force(people[f"red_killed_{red_losses}"], things, "rk"),
    )


def _force(people: pd.Series, things: pd.DataFrame, suffix: str) -> Vector:
    total = people.to_numpy(float)
    for letter, weight in WEIGHTS.items():
        total = total + weight * things[f"{letter}{suffix}"].to_numpy(float)
    return np.asarray(total)


def rows() -> list[Row]:
    """Regressions with and without the slip, Bracken's model, and its rivals."""
    found = [
        _regression(losses, first, last, published)
        for losses, cases in REGRESSIONS.items()
        for (first, last), published in cases.items()
    ]
    return found + _bracken()


def _regression(losses: str, first: int, last: int, published: str) -> Row:
    """log(Ḃ/Ṙ) = β log(R/B) + log α: α, β and R²."""
    d = days(slice(first, last), losses)
    x, y = np.log(d.red / d.blue), np.log(d.blue_lost / d.red_lost)
    slope, constant = np.polyfit(x, y, 1)
    numbers = (float(np.exp(constant)), float(slope), float(np.corrcoef(x, y)[0, 1] ** 2))
    quantity = f"α, β, R², days {first}-{last}, red {losses} losses"
    return exact(TARGET, quantity, published, numbers, SLIP if losses == "total" else "")


def _bracken() -> list[Row]:
    d = days(FIRST_DAYS)
    scatter = _scatter(d.blue_lost) + _scatter(d.red_lost)
    published = squares(d, (8e-9, 1e-8), 1, 1, 1.25)
    found = [
        exact(TARGET, "SSR at a=8e-9, b=1e-8, p=q=1, d=1.25", "16327253", published, MEMORY),
        exact(TARGET, "total sum of squares", "21923919.7", scatter),
        exact(TARGET, "R² of that model", ".2553", 1.0 - published / scatter),
    ]
    for (p, q, posture), (name, text) in FITS.items():
        a, b = best(d, p, q, posture)
        numbers = (a, b, squares(d, (a, b), p, q, posture))
        found.append(exact(TARGET, f"least squares a, b, SSR, {name}", text, numbers))
    for (p, q), text in WITHOUT.items():
        value = squares(d, best(d, p, q, 1.0), p, q, 1.0)
        found.append(exact(TARGET, f"SSR without posture, p={p}, q={q}", text, value))
    return found


def _scatter(values: Vector) -> float:
    return float(((values - values.mean()) ** 2).sum())


def _shapes(d: Days, p: int, q: int, posture: float) -> tuple[Vector, Vector]:
    """d^±1 R^p B^q and d^∓1 B^p R^q: blue defends on days 1-5, attacks on 6-10."""
    factor = np.where(np.arange(1, len(d.blue) + 1) <= 5, posture, 1.0 / posture)
    return factor * d.red**p * d.blue**q, d.blue**p * d.red**q / factor


def best(d: Days, p: int, q: int, posture: float) -> tuple[float, float]:
    """Least-squares coefficients a and b of Bracken's model."""
    blue, red = _shapes(d, p, q, posture)
    return float(d.blue_lost @ blue / (blue @ blue)), float(d.red_lost @ red / (red @ red))


def squares(d: Days, ab: tuple[float, float], p: int, q: int, posture: float) -> float:
    """Sum of squared errors of Bracken's model over both sides."""
    blue, red = _shapes(d, p, q, posture)
    return float(((d.blue_lost - ab[0] * blue) ** 2 + (d.red_lost - ab[1] * red) ** 2).sum())
