"""The sliders of the explorer: a lever each where the points are a grid, else one over points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from sim.report.context import Context
from sim.report.slices import reference, swept, values_of
from sim.report.wording import lever_label, lever_words, value_label
from sim.study.declared import Value

NOWHERE = -1


@dataclass(frozen=True)
class Axis:
    """A slider: its name, its label, the text of each place, and where it starts."""

    name: str
    label: str
    values: list[str]
    start: int


@dataclass(frozen=True)
class Grid:
    """Sliders, and for each combination of their places (the last fastest) the row of points."""

    axes: list[Axis]
    order: list[int]


def grid_of(points: pd.DataFrame, context: Context) -> Grid:
    """Sliders for the levers that vary; for points that are no grid, one slider over them all."""
    varied = swept(points, context)
    values = {name: values_of(points, context, name) for name in varied}
    cells = math.prod(map(len, values.values()))
    if cells != len(points) or points.duplicated(varied).any():
        return Grid([_over_points(points, varied)], list(range(len(points))))
    held = reference(points, context)
    axes = [_axis(name, values[name], held[name], context) for name in varied]
    return Grid(axes, _order(points, varied, values))


def _axis(name: str, values: Sequence[Value], start: Value, context: Context) -> Axis:
    labels = [value_label(value) for value in values]
    return Axis(name, lever_label(name, context), labels, list(values).index(start))


def _over_points(points: pd.DataFrame, varied: Sequence[str]) -> Axis:
    labels = [
        f"{number + 1} of {len(points)}: " + ", ".join(
            f"{lever_words(name)} {value_label(_short(row[name]))}" for name in varied
        )
        for number, row in enumerate(points.to_dict("records"))
    ]  # fmt: skip
    return Axis("point", "Point of the design", labels, 0)


def _short(value: Value) -> Value:
    """A drawn number to four figures."""
    return float(f"{value:.4g}") if isinstance(value, float) else value


def _order(
    points: pd.DataFrame, varied: Sequence[str], values: dict[str, list[Value]]
) -> list[int]:
    """Row of points for each combination of places."""
    cell = pd.Series(0, index=points.index)
    for name in varied:
        cell = cell * len(values[name]) + points[name].map(values[name].index)
    order = [NOWHERE] * len(points)
    for row, place in enumerate(cell):
        order[place] = row
    return order
