"""What the explorer knows of each outcome: estimates, twenty dots, and differences in pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.study.declared import Outcome
from sim.study.estimate import mean_interval, wilson

DOTS = 20
MOST_PAIRS = 2_500
"""Beyond so many pairs of points the page would outgrow its size; `compare` has them all."""
Floats = NDArray[np.float64]
Columns = dict[str, Any]


def pairs(points: pd.DataFrame, runs: pd.DataFrame) -> list[int]:
    """For each pair of points a < b, in that order, the replicates that failed at neither."""
    place, shape = _places(points, runs)
    fine = np.zeros(shape, dtype=np.int64)
    fine[place] = 1
    both = fine @ fine.T
    return [int(both[a, b]) for a in range(len(both)) for b in range(a + 1, len(both))]


def estimates(
    points: pd.DataFrame, runs: pd.DataFrame, outcomes: Sequence[Outcome]
) -> dict[str, Columns]:
    """For each outcome its columns, a value for each point in the order of the points."""
    place, shape = _places(points, runs)
    found = {}
    for outcome in outcomes:
        values = _by_point(runs, outcome.name, place, shape)
        found[outcome.name] = _columns(points, outcome, values)
        if len(points) * (len(points) - 1) // 2 <= MOST_PAIRS:
            found[outcome.name] |= _differences(outcome, values)
    return found


def short(values: Any, figures: int = 4) -> list[float | int | None]:
    """Numbers to so many figures, None for what is not known."""
    return [_short(float(value), figures) for value in values]


def _short(value: float, figures: int) -> float | int | None:
    if not np.isfinite(value):
        return None
    rounded = float(f"{value:.{figures}g}")
    return int(rounded) if rounded == int(rounded) else rounded


def _places(
    points: pd.DataFrame, runs: pd.DataFrame
) -> tuple[tuple[NDArray[np.intp], NDArray[np.intp]], tuple[int, int]]:
    """Row (point) and column (replicate) of each run that did not fail, and the table's shape."""
    fine = runs[~runs["failed"]]
    row = np.searchsorted(points["point"].to_numpy(), fine["point"].to_numpy())
    first = int(runs["replicate"].min()) if len(runs) else 0
    column = fine["replicate"].to_numpy() - first
    return (row, column), (len(points), int(column.max(initial=-1)) + 1)


def _by_point(
    runs: pd.DataFrame,
    name: str,
    place: tuple[NDArray[np.intp], NDArray[np.intp]],
    shape: tuple[int, int],
) -> Floats:
    """Values (points, replicates); NaN where a run failed, infinity where it never happened."""
    values = np.full(shape, np.nan)
    found = runs.loc[~runs["failed"], name].to_numpy(dtype=float)
    values[place] = np.where(np.isnan(found), np.inf, found)
    return values


def _columns(points: pd.DataFrame, outcome: Outcome, values: Floats) -> Columns:
    """Share with interval; else mean with interval, percentiles, dots, how often a time comes."""
    name = outcome.name
    whole = {"mid": name, "low": f"{name}_low", "high": f"{name}_high"}
    if outcome.kind == "probability":
        return {key: short(points[column]) for key, column in whole.items()}
    whole |= {f"p{part}": f"{name}_p{part}" for part in (10, 50, 90)}
    columns: Columns = {key: short(points[column]) for key, column in whole.items()}
    if outcome.kind == "time":
        came = 1 - points[f"{name}_never"]
        low, high = wilson(came * points["n"], points["n"])
        columns |= {"came": short(came), "came_low": short(low), "came_high": short(high)}
    return columns | {"dots": [short(_dots(row), 3) for row in values]}


def _dots(row: Floats) -> Floats:
    """Twenty equally likely values; infinite for the dots that stand for never."""
    known = row[~np.isnan(row)]
    if not len(known):
        return np.full(0, np.nan)
    return np.quantile(known, (np.arange(DOTS) + 0.5) / DOTS, method="inverted_cdf")


def _differences(outcome: Outcome, values: Floats) -> Mapping[str, list[Any]]:
    """For each pair of points a < b, in that order: runs in which b is larger, and smaller.

    For amounts also the mean of b - a and half its 95 % interval, over the pairs in which both
    are known.
    """
    found: dict[str, list[Any]] = {"up": [], "down": []}
    amount = outcome.kind in ("amount", "count")
    found |= {"mean": [], "half": []} if amount else {}
    for first in range(len(values) - 1):
        with np.errstate(invalid="ignore"):
            change = values[first + 1 :] - values[first]
        found["up"] += (values[first + 1 :] > values[first]).sum(axis=-1).tolist()
        found["down"] += (values[first + 1 :] < values[first]).sum(axis=-1).tolist()
        if amount:
            mean, low, _ = mean_interval(np.where(np.isfinite(change), change, np.nan))
            found["mean"] += short(mean, 3)
            found["half"] += short(mean - low, 2)
    return found
