"""What the designs for sensitivity share: the order of their rows, and estimates along it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.study.declared import Outcome
from sim.study.designs.asked import Drawn
from sim.study.designs.axes import Axis, placed, varied

POINT = "point"
Analyse = Callable[[list[str], NDArray[np.float64], NDArray[np.float64], int], pd.DataFrame]


def sampled(axes: dict[str, Axis], units: NDArray[np.float64]) -> Drawn:
    """The points of a sample, each run once, and the order in which the sample visits them."""
    drawn, places = placed(axes, units)
    table = pd.DataFrame(units, columns=varied(axes))
    table.insert(0, POINT, places)
    visits = len(places) - len(drawn.points)
    notes = (f"{visits:,} of {len(places):,} places share a point, which is run once",)
    return replace(drawn, notes=notes if visits else (), sample=table)


def effects(
    analyse: Analyse,
    sample: pd.DataFrame,
    points: pd.DataFrame,
    outcomes: Iterable[Outcome],
    seed: int,
) -> pd.DataFrame:
    """The effects of every axis on every outcome, from the estimates at the points.

    Of a time, on the share of runs in which it never comes. Outcomes that some point lacks,
    since its runs failed, are left out.
    """
    names = [name for name in sample.columns if name != POINT]
    units = sample[names].to_numpy(dtype=float)
    frames = []
    for outcome in outcomes:
        column = f"{outcome.name}_never" if outcome.kind == "time" else outcome.name
        values = points.set_index(POINT)[column].reindex(sample[POINT]).to_numpy(dtype=float)
        if np.isfinite(values).all():
            frame = analyse(names, units, values, seed)
            frame.insert(0, "outcome", column)
            frames.append(frame)
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
