"""The axes of designs that fill a space: from the unit cube to values of levers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.errors import Problem, UsageError
from sim.study.declared import Lever, Value
from sim.study.designs.asked import Asked, Drawn, Given, Interval, distinct
from sim.study.designs.values import FINITE, Fault, checked, show, unknown, within

FIGURES = 6
"""Significant figures of a number on an axis, so that points can be typed again."""


@dataclass(frozen=True)
class Axis:
    """An interval of a lever, or the values or words to choose among, in the order typed."""

    values: tuple[Value, ...] = ()
    low: float = 0.0
    high: float = 1.0
    integer: bool = False

    def at(self, u: float) -> Value:
        """The value at u, 0 to 1; whole numbers rounded.

        >>> Axis(("a", "b", "c")).at(0.5), Axis(low=0, high=9, integer=True).at(0.5)
        ('b', 4)
        """
        if self.values:
            return self.values[min(int(u * len(self.values)), len(self.values) - 1)]
        number = self.low + (self.high - self.low) * u
        if self.integer:
            return round(number)
        return min(max(float(f"{number:.{FIGURES}g}"), self.low), self.high)


def fixed(name: str, lever: Lever, values: Given, problems: list[Problem]) -> list[Value]:
    """The values of one lever, checked and in the lever's own type."""
    axis: dict[Value, None] = {}
    if isinstance(values, Interval):
        hint = "design=latin_hypercube, sobol, morris or saltelli; or name values"
        problems.append(Problem("", name, f"{values} needs a design that fills it", hint))
        return []
    if not len(values):
        problems.append(Problem("", name, "no values"))
    for raw in values:
        value = checked(lever, raw)
        if isinstance(value, Fault):
            problems.append(Problem("", name, value.fault, value.hint))
        elif value in axis:
            problems.append(Problem("", name, f"{show(raw)} is given twice"))
        else:
            axis[value] = None
    return list(axis)


def axes_of(asked: Asked) -> dict[str, Axis]:
    """An axis for each lever of the points; one with a single value does not vary.

    Raises UsageError with every problem found, and where nothing varies.
    """
    problems = [*unknown(asked.levers, list(asked.values))]
    axes = {}
    for name in asked.named:
        lever = asked.levers[name]
        values = asked.values.get(name, [lever.default])
        if isinstance(values, Interval):
            problems += _interval(name, lever, values)
            axes[name] = Axis((), values.low, values.high, lever.integer)
        else:
            axes[name] = Axis(tuple(fixed(name, lever, values, problems)))
    if not problems and not varied(axes):
        hint = "name at least one as NAME=interval(LOW,HIGH) or NAME=VALUE,VALUE"
        problems.append(Problem("", "design", f"{asked.wanted.kind}: no lever varies", hint))
    if problems:
        raise UsageError(problems)
    return axes


def varied(axes: dict[str, Axis]) -> list[str]:
    """The names of the axes with more than one value."""
    return [name for name, axis in axes.items() if len(axis.values) != 1]


def _interval(name: str, lever: Lever, values: Interval) -> list[Problem]:
    if lever.choices:
        hint = "name some of them: " + ",".join(lever.choices)
        return [Problem("", name, "a choice between words has no interval", hint)]
    if not all(math.isfinite(end) and abs(end) < FINITE for end in (values.low, values.high)):
        return [Problem("", name, f"{values} has an end that is not a finite number")]
    if values.low >= values.high:
        return [Problem("", name, f"{values}: the first number must be below the second")]
    faults = [checked(lever, end) for end in (values.low, values.high) if not within(lever, end)]
    return [Problem("", name, one.fault, one.hint) for one in faults if isinstance(one, Fault)]


def placed(axes: dict[str, Axis], units: NDArray[np.float64]) -> tuple[Drawn, list[int]]:
    """The points at rows of the unit cube (rows, varied axes), and the point of each row.

    Points that are equal after rounding are kept once, and that is told.
    """
    names = varied(axes)
    constant = {name: axis.at(0.0) for name, axis in axes.items()}
    rows = [
        constant | {name: axes[name].at(float(u)) for name, u in zip(names, row, strict=True)}
        for row in units
    ]
    points, places = distinct(rows)
    return Drawn(points, _equal(len(rows), len(points))), places


def _equal(rows: int, points: int) -> tuple[str, ...]:
    if rows == points:
        return ()
    return (f"{rows - points:,} of {rows:,} points equal others after rounding: {points:,} stay",)


def power_of_two(name: str, size: int, kind: str) -> None:
    """Raise UsageError, with the nearest ones, unless the size is a power of two."""
    if size & (size - 1) == 0:
        return
    below = 1 << (size.bit_length() - 1)
    fault = f"{size:,} is not a power of two, which the balance of {kind} needs"
    problem = Problem("", name, fault, f"take {name}={below} or {name}={2 * below}")
    raise UsageError([problem])


def chosen(names: Sequence[str]) -> dict[str, object]:
    """SALib's description of the unit cube."""
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}
