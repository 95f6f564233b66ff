"""A list of points: the first values of all levers together, then the second, and so on."""

from __future__ import annotations

from sim.errors import Problem, UsageError
from sim.study.declared import Value
from sim.study.designs.asked import Asked, Drawn, Interval, distinct
from sim.study.designs.axes import fixed
from sim.study.designs.values import Fault, checked, unknown


def draw(asked: Asked) -> Drawn:
    """As many points as values; a lever with one value keeps it at every point.

    Raises UsageError with every problem, and where levers have unlike numbers of values.
    """
    problems = [*unknown(asked.levers, list(asked.values))]
    columns = {name: _column(asked, name, problems) for name in asked.named}
    sizes = {name: len(column) for name, column in columns.items() if len(column) > 1}
    if len(set(sizes.values())) > 1:
        told = ", ".join(f"{name} has {size:,}" for name, size in sizes.items())
        hint = "a list pairs values: give each lever as many, or one; design=grid crosses them"
        problems.append(Problem("", "design", f"unlike numbers of values: {told}", hint))
    if problems:
        raise UsageError(problems)
    size = max(sizes.values(), default=1)
    long = {name: column * size if len(column) == 1 else column for name, column in columns.items()}
    rows = [dict(zip(long, row, strict=True)) for row in zip(*long.values(), strict=True)]
    points, _ = distinct(rows)
    same = len(rows) - len(points)
    notes = (f"{same:,} of {len(rows):,} points are named twice and run once",) if same else ()
    return Drawn(points, notes)


def _column(asked: Asked, name: str, problems: list[Problem]) -> list[Value]:
    """The values of one lever in the order typed; they may recur."""
    lever = asked.levers[name]
    values = asked.values.get(name, [lever.default])
    if isinstance(values, Interval) or not len(values):
        return fixed(name, lever, values, problems)
    found = [checked(lever, raw) for raw in values]
    problems += [Problem("", name, one.fault, one.hint) for one in found if isinstance(one, Fault)]
    return [one for one in found if not isinstance(one, Fault)]
