"""The runs of one outcome along the main lever, the other levers held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.report.context import Context
from sim.report.slices import at, main_lever, reference, spread, swept, values_of
from sim.report.wording import lever_words, listed, number, value_label
from sim.study.declared import Value
from sim.study.estimate import quantiles, wilson
from sim.study.store import Study

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Arm:
    """The outcome of every run that did not fail, at one value of the lever; NaN = never.

    ``label`` names all the values that the arm stands for; where there are several, ``gap`` is
    the largest distance between their cumulative shares, in runs of 100.
    """

    value: Value
    values: Floats
    label: str
    gap: float | None = None

    @property
    def width(self) -> float:
        """Distance from the 5th to the 95th percentile of the runs in which it happened."""
        low, high = quantiles(self.values, [0.05, 0.95])
        return float(high - low) if np.isfinite(high - low) else 0.0

    @property
    def constant(self) -> bool:
        """Whether every run has the same value."""
        return bool(len(self.values)) and bool((self.values == self.values[0]).all())


@dataclass(frozen=True)
class Arms:
    """Arms along a lever, and what the other levers that vary are held at.

    ``unseen`` are those with the same value in every run, where only a spread can be shown.
    """

    lever: str
    held: dict[str, Value]
    arms: list[Arm]
    unseen: list[Arm]

    @property
    def lever_words(self) -> str:
        """The lever in words."""
        return lever_words(self.lever)

    @property
    def least(self) -> int:
        """The smallest number of runs in an arm."""
        return min((len(arm.values) for arm in self.arms), default=0)

    def notes(self) -> str:
        """What the picture does not show by itself: arms that share a place, or have none."""
        shared = [
            f"; {arm.label} are drawn once: their curves differ by at most {arm.gap:.1f} in 100, "
            "less than the sampling error of one"
            for arm in self.arms
            if arm.gap is not None
        ]
        unseen = [
            f"; at {self.lever_words} {arm.label} it is {number(arm.values[0])} in every run"
            for arm in self.unseen
        ]
        return "".join(shared + unseen)


def arms(study: Study, context: Context, outcome: str, most: int, narrowest: float = 0.0) -> Arms:
    """At most so many arms of an outcome along the main lever, those that coincide as one.

    With ``narrowest`` only those at least so wide (P95 - P05), as a share of the widest, and not
    of a single value: what is left can be shown on one scale.
    """
    points, lever = study.points, main_lever(study.points, context)
    middle = reference(points, context)
    held = {name: value for name, value in middle.items() if name != lever}
    runs = study.runs_at(held, [lever, outcome])
    found = merged(
        [
            Arm(value, at(runs, {lever: value})[outcome].to_numpy(dtype=float), value_label(value))
            for value in values_of(points, context, lever)
        ],
        middle[lever],
    )
    unseen = [arm for arm in found if arm.constant] if narrowest else []
    if narrowest:
        widest = max((arm.width for arm in found), default=0.0)
        found = [arm for arm in found if arm.width > 0 and arm.width >= narrowest * widest]
    chosen = spread([arm.value for arm in found], most, middle[lever])
    told = {name: value for name, value in held.items() if name in swept(points, context)}
    return Arms(lever, told, [arm for arm in found if arm.value in chosen], unseen)


def merged(found: Sequence[Arm], keep: Value) -> list[Arm]:
    """The arms in order, those that coincide with an earlier one joined to it.

    A group is shown by the runs of its arm at ``keep``, else by those of its first.
    """
    groups: list[list[int]] = []
    for place, arm in enumerate(found):
        home = next((one for one in groups if alike(found[one[0]], arm)), None)
        if home is None:
            groups.append([place])
        else:
            home.append(place)
    return [_joined(found, places, keep) for places in groups]


def alike(one: Arm, other: Arm) -> bool:
    """Whether two cumulative shares nowhere differ by more than half their 95 % interval."""
    n = min(len(one.values), len(other.values))
    if n == 0:
        return False
    first, second = _shares([one, other])
    low, high = wilson((first + second) / 2 * n, n)
    return bool((np.abs(first - second) <= (high - low) / 2).all())


def _joined(found: Sequence[Arm], places: list[int], keep: Value) -> Arm:
    """One arm for those at these places, labelled with all their values."""
    group = [found[place] for place in places]
    shown = next((arm for arm in group if arm.value == keep), group[0])
    if len(group) == 1:
        return shown
    in_a_row = places[-1] - places[0] == len(places) - 1 and not isinstance(keep, str)
    labels = [arm.label for arm in group]
    label = listed(labels)
    if len(group) > 2 and (in_a_row or len(group) == len(found)):
        label = f"{labels[0]} to {labels[-1]}" if in_a_row else f"all {len(group)} values"
    return replace(shown, label=label, gap=100 * float(np.ptp(_shares(group), axis=0).max()))


def _shares(group: Sequence[Arm]) -> Floats:
    """Shares of runs at or below every value that occurs in any arm (arms, values)."""
    known = [np.sort(arm.values[~np.isnan(arm.values)]) for arm in group]
    places = np.append(np.unique(np.concatenate(known)), np.inf)
    return np.stack(
        [
            np.searchsorted(values, places, side="right") / len(arm.values)
            for arm, values in zip(group, known)
        ]
    )
