"""The runs of one outcome along the main lever, the other levers held."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.report.context import Context
from sim.report.slices import at, main_lever, reference, spread, swept, values_of
from sim.report.wording import lever_words, value_label
from sim.study.declared import Value
from sim.study.estimate import quantiles
from sim.study.store import Study


@dataclass(frozen=True)
class Arm:
    """The outcome of every run that did not fail, at one value of the lever; NaN = never."""

    value: Value
    values: NDArray[np.float64]

    @property
    def label(self) -> str:
        """The lever's value as text."""
        return value_label(self.value)

    @property
    def width(self) -> float:
        """Distance from the 5th to the 95th percentile of the runs in which it happened."""
        low, high = quantiles(self.values, [0.05, 0.95])
        return float(high - low) if np.isfinite(high - low) else 0.0


@dataclass(frozen=True)
class Arms:
    """Arms along a lever, and what the other levers that vary are held at."""

    lever: str
    held: dict[str, Value]
    arms: list[Arm]

    @property
    def lever_words(self) -> str:
        """The lever in words."""
        return lever_words(self.lever)

    @property
    def least(self) -> int:
        """The smallest number of runs in an arm."""
        return min((len(arm.values) for arm in self.arms), default=0)


def arms(study: Study, context: Context, outcome: str, most: int, narrowest: float = 0.0) -> Arms:
    """At most so many arms of an outcome along the main lever.

    With ``narrowest`` only those at least so wide (P95 - P05), as a share of the widest, and not
    of a single value: what is left can be shown on one scale.
    """
    points, lever = study.points, main_lever(study.points, context)
    middle = reference(points, context)
    held = {name: value for name, value in middle.items() if name != lever}
    runs = at(study.runs[~study.runs["failed"]], held)
    found = [
        Arm(value, at(runs, {lever: value})[outcome].to_numpy(dtype=float))
        for value in values_of(points, context, lever)
    ]
    if narrowest:
        widest = max((arm.width for arm in found), default=0.0)
        found = [arm for arm in found if arm.width > 0 and arm.width >= narrowest * widest]
    chosen = spread([arm.value for arm in found], most, middle[lever])
    told = {name: value for name, value in held.items() if name in swept(points, context)}
    return Arms(lever, told, [arm for arm in found if arm.value in chosen])
