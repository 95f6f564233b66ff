"""Who was drawn into war, the given one or another: how often each state, and when."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.context import Context
from sim.report.figures.style import INK, OKABE_ITO, sheet, styled
from sim.report.slices import point_at, reference, swept
from sim.report.wording import held_words
from sim.study.estimate import wilson
from sim.study.store import Study

EVENT = "entered the war"
EXPEDITION = "sender_casualties"
MOST = 30


def figures(study: Study, context: Context) -> Iterator[tuple[str, Figure]]:
    """One figure, for cases without an expedition in which a war draws states in."""
    if not context.has(EXPEDITION):
        found = entered(study, context)
        if len(found):
            yield "entries", entries(study, context, found)


def entered(study: Study, context: Context) -> pd.DataFrame:
    """Rows replicate, actor, day of each state's entry at the reference point."""
    point = point_at(study.points, reference(study.points, context))
    events = study.events
    chosen = events[(events["point"] == point) & (events["kind"] == EVENT)]
    return chosen[["replicate", "actor", "day"]]


@styled
def entries(study: Study, context: Context, found: pd.DataFrame) -> Figure:
    """Shares of runs with an interval on the left, days of entry on the right."""
    values = reference(study.points, context)
    runs = int(study.events["replicate"].nunique())
    counts = found["actor"].value_counts()
    names = [str(name) for name in counts.index[counts > 0]]
    shown = names[:MOST]
    told = {name: values[name] for name in swept(study.points, context)}
    subtitle = f"Of {runs:,} runs whose ledger is kept {held_words(told)}".strip()
    subtitle += "; left: how many in 100, with 95 % sampling intervals; right: median, P10 and P90"
    subtitle += " of the day among the runs in which it entered"
    if len(names) > MOST:
        subtitle += f"; the {MOST} most frequent of {len(names)} states"
    figure = sheet(10.4, 0.9 + 0.24 * len(shown), "Who was drawn into war", subtitle, context)
    left, right = figure.subplots(1, 2, sharey=True)
    _shares(left, counts[shown].to_numpy(dtype=float), runs)
    _days(right, [found.loc[found["actor"] == name, "day"].to_numpy() for name in shown])
    left.set_yticks(np.arange(len(shown)), shown)
    left.set_ylim(len(shown) - 0.5, -0.5)
    for axes in (left, right):
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x", color="#e6e6e6", lw=0.7)
        axes.set_axisbelow(True)
    return figure


def _shares(axes: Axes, counts: np.ndarray, runs: int) -> None:
    low, high = wilson(counts, runs)
    share = counts / runs
    axes.errorbar(
        100 * share,
        np.arange(len(share)),
        xerr=100 * np.array([np.maximum(share - low, 0), np.maximum(high - share, 0)]),
        fmt="o",
        color=OKABE_ITO[0],
        elinewidth=2,
    )
    axes.set_xlim(0, 103)
    axes.set_xlabel("runs in 100")


def _days(axes: Axes, days: list[np.ndarray]) -> None:
    for row, values in enumerate(days):
        low, middle, high = np.quantile(values, [0.1, 0.5, 0.9])
        axes.plot([low, high], [row, row], color=OKABE_ITO[5], lw=4, solid_capstyle="butt")
        axes.plot(middle, row, "o", color=INK, ms=5)
    axes.set_xlim(0)
    axes.set_xlabel("day of entry, from the scenario's start")
