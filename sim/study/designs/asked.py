"""What is asked of a design, and what it gives: points, and what the user should be told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.errors import usage_error
from sim.study.declared import Lever, Value


@dataclass(frozen=True)
class Interval:
    """Every number from low to high; typed as Hydra's own ``interval(0,20000)``."""

    low: float
    high: float

    def __str__(self) -> str:
        """As it is typed.

        >>> str(Interval(0.0, 20000.0)), str(Interval(0.25, 2.0))
        ('interval(0,20000)', 'interval(0.25,2)')
        """
        return f"interval({_plain(self.low)},{_plain(self.high)})"


def _plain(number: float) -> str:
    return repr(number).removesuffix(".0")


INTERVAL = re.compile(r"interval\(([^,()]+),([^,()]+)\)")
Given = Sequence[object] | Interval


def given(frozen: object, name: str = "") -> Given:
    """The values or the interval of a lever, as a frozen configuration has them.

    >>> given("interval(0,2.5)"), given([1, 2])
    (Interval(low=0.0, high=2.5), [1, 2])
    """
    if isinstance(frozen, list):
        return frozen
    found = INTERVAL.fullmatch(str(frozen).replace(" ", ""))
    try:
        if found:
            return Interval(float(found[1]), float(found[2]))
    except ValueError:
        raise usage_error(f"'{frozen}' is not an interval", path=name) from None
    return [frozen]


@dataclass(frozen=True)
class Wanted:
    """The design that is wanted: its kind, its size in the kind's own measure, a table's file."""

    kind: str = "grid"
    size: int | None = None
    file: str = ""


THE_GRID = Wanted()


@dataclass(frozen=True)
class Asked:
    """All that the points depend on.

    levers: everything that may be varied, by name. usual: those that every point has.
    values: what was typed for each lever named.
    """

    levers: Mapping[str, Lever]
    usual: Sequence[str]
    values: Mapping[str, Given]
    wanted: Wanted = THE_GRID
    seed: int = 1

    @property
    def named(self) -> list[str]:
        """The levers of the points: the usual ones, and those that were named beside them."""
        more = [name for name in self.levers if name in self.values and name not in self.usual]
        return [*self.usual, *more]


@dataclass(frozen=True)
class Drawn:
    """The points of a study.

    notes: what was left out or told. sample: of a design for sensitivity, one row a place in its
    order: the point that stands there, and where in the unit cube it is (0 to 1 on each axis).
    """

    points: list[dict[str, Value]]
    notes: tuple[str, ...] = ()
    sample: pd.DataFrame | None = None


def distinct(rows: Sequence[dict[str, Value]]) -> tuple[list[dict[str, Value]], list[int]]:
    """The points that differ, in order, and for each row the place of its point among them."""
    found: dict[tuple[Value, ...], int] = {}
    places = [found.setdefault(tuple(row.values()), len(found)) for row in rows]
    first = np.unique(places, return_index=True)[1]
    return [rows[place] for place in first], places
