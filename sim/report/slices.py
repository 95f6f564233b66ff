"""Which levers vary in a study, and the points along one of them."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from sim.report.context import Context
from sim.study.declared import Value


def swept(points: pd.DataFrame, context: Context) -> list[str]:
    """The levers with more than one value, in the scenario's order."""
    return [name for name in context.levers if points[name].nunique() > 1]


def scattered(points: pd.DataFrame, context: Context) -> bool:
    """Whether the points are no full grid, so that no lever can be followed alone."""
    values = math.prod(points[name].nunique() for name in swept(points, context))
    return bool(len(points) != values)


def main_lever(points: pd.DataFrame, context: Context) -> str:
    """The lever to tell the study along: the first that varies, else the first there is."""
    return (swept(points, context) or list(context.levers))[0]


def reference(points: pd.DataFrame, context: Context) -> dict[str, Value]:
    """For each lever the value to hold it at: as shown, else its default, else the nearest."""
    return {
        name: _nearest(values_of(points, context, name), context, name) for name in context.levers
    }


def values_of(points: pd.DataFrame, context: Context, lever: str) -> list[Value]:
    """The values a lever takes: numbers in order, words as the scenario lists them."""
    present: list[Value] = points[lever].unique().tolist()
    choices = context.levers[lever].choices
    return [word for word in choices if word in present] if choices else sorted(present)


def _nearest(values: list[Value], context: Context, name: str) -> Value:
    wanted = context.shown.get(name, context.levers[name].default)
    if wanted in values or isinstance(wanted, str):
        return wanted if wanted in values else values[0]
    return min(values, key=lambda value: abs(float(value) - wanted))


def at(table: pd.DataFrame, values: Mapping[str, Value]) -> pd.DataFrame:
    """The rows of points or runs with these lever values."""
    for name, value in values.items():
        table = table[table[name] == value]
    return table


def along(points: pd.DataFrame, context: Context, lever: str) -> pd.DataFrame:
    """The points along one lever, the others held at the reference, in the lever's order."""
    held = {**reference(points, context)}
    del held[lever]
    line = at(points, held)
    order = {value: place for place, value in enumerate(values_of(points, context, lever))}
    return line.sort_values(lever, key=lambda column: column.map(order))


def point_at(points: pd.DataFrame, values: Mapping[str, Value]) -> int:
    """The number of the point with these lever values."""
    return int(at(points, values)["point"].iloc[0])


def spread(values: list[Value], most: int, keep: Value | None = None) -> list[Value]:
    """At most so many of the values, evenly, with first, last and ``keep`` among them."""
    if len(values) <= most:
        return values
    places = {round(place * (len(values) - 1) / (most - 1)) for place in range(most)}
    if keep in values and values.index(keep) not in places:
        inner = sorted(places)[1:-1] or sorted(places)
        places.remove(min(inner, key=lambda place: abs(place - values.index(keep))))
        places.add(values.index(keep))
    return [values[place] for place in sorted(places)]
