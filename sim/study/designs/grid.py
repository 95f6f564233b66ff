"""The full grid: every combination of the values named."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping

from sim.errors import Problem, UsageError
from sim.study.declared import Lever, Value
from sim.study.designs.asked import Asked, Drawn, Given
from sim.study.designs.axes import fixed
from sim.study.designs.values import MOST_POINTS, unknown


def draw(asked: Asked) -> Drawn:
    """Every combination, the last lever varying fastest. Raises UsageError with every problem."""
    problems = [*unknown(asked.levers, list(asked.values))]
    axes: dict[str, list[Value]] = {}
    for name in asked.named:
        lever = asked.levers[name]
        axes[name] = fixed(name, lever, asked.values.get(name, [lever.default]), problems)
    points = math.prod(len(axis) for axis in axes.values())
    if points > MOST_POINTS:
        problems.append(Problem("", "levers", f"{points:,} points; at most {MOST_POINTS:,}"))
    if problems:
        raise UsageError(problems)
    grid = itertools.product(*axes.values())
    return Drawn([dict(zip(axes, combination, strict=True)) for combination in grid])


def expand(levers: Mapping[str, Lever], values: Mapping[str, Given]) -> list[dict[str, Value]]:
    """The points of the grid over these levers; those without values keep their default."""
    return draw(Asked(levers, list(levers), values)).points
