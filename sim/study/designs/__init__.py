"""Designs: from what was typed to the points of a study. One file each, one table of them all."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sim.errors import nearest
from sim.study.designs import grid, latin_hypercube, listed, morris, saltelli, sobol, table
from sim.study.designs.asked import Asked, Drawn, Wanted
from sim.study.designs.sensitivity import Analyse
from sim.study.designs.values import refusal


class Design(NamedTuple):
    """A kind of design: its points, the setting that gives its size, and what can be learnt."""

    draw: Callable[[Asked], Drawn]
    meaning: str
    size: str = ""
    usual: int = 0
    analyse: Analyse | None = None


TABLE = "table"
DESIGNS = {
    "grid": Design(grid.draw, "every combination of the values named"),
    "list": Design(listed.draw, "first values together, then second values, ..."),
    TABLE: Design(table.draw, "the rows of a CSV file, as design=FILE.csv"),
    "latin_hypercube": Design(latin_hypercube.draw, "each slice of each axis once", "points", 64),
    "sobol": Design(sobol.draw, "an even filling, a power of two points", "points", 64),
    "morris": Design(
        morris.draw, "screening by moves of one axis at a time", "trajectories", 10, morris.analyse
    ),
    "saltelli": Design(
        saltelli.draw, "shares of variance, first and total", "samples", 64, saltelli.analyse
    ),
}
SIZES = tuple(dict.fromkeys(design.size for design in DESIGNS.values() if design.size))


def wanted(name: str, sizes: dict[str, int | None]) -> tuple[Wanted, tuple[str, ...]]:
    """The design of a name or of a CSV file, with its size; and the settings that it ignores.

    sizes: of each setting in SIZES what was typed, or None. Raises UsageError on another name.
    """
    kind, file = (TABLE, name) if name.lower().endswith(".csv") else (name, "")
    if kind not in DESIGNS or (kind == TABLE and not file):
        known = [one for one in DESIGNS if one != TABLE]
        near = nearest(name, known)
        hint = f"did you mean '{near}'? " if near else ""
        hint += f"known: {', '.join(known)}, or FILE.csv"
        raise refusal("design", f"there is no design '{name}'", hint)
    size = DESIGNS[kind].size
    typed = [one for one, number in sizes.items() if number is not None]
    ignored = tuple(f"{one}= is ignored by design={name}" for one in typed if one != size)
    return Wanted(kind, (sizes.get(size) or DESIGNS[kind].usual) if size else None, file), ignored


def draw(asked: Asked) -> Drawn:
    """The points that are asked for. Raises UsageError with every problem found."""
    return DESIGNS[asked.wanted.kind].draw(asked)
