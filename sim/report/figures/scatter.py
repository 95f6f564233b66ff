"""A dot for each point of a design that is no grid, along each lever, with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.report.context import Context
from sim.report.figures.style import OKABE_ITO, sheet, styled
from sim.report.slices import swept, values_of
from sim.report.wording import lever_label, lever_words, sentence_case
from sim.study.store import Study

MOST_PANELS = 6
ACROSS = 3
BINS = 6
FEWEST = 18
"""Points from which means of neighbours are drawn: three in each of six bins."""
Floats = NDArray[np.float64]


def figures(study: Study, context: Context) -> Iterator[tuple[str, Figure]]:
    """One figure for each headline probability."""
    for outcome in context.headlines():
        yield f"scatter_{outcome}", scatter(study.points, context, outcome)


@styled
def scatter(points: pd.DataFrame, context: Context, outcome: str) -> Figure:
    """A panel for each lever, those first along which the outcome changes most."""
    points = points[points["n"] > 0]
    levers = _ordered(points, context, outcome)
    panels, many = levers[:MOST_PANELS], len(points) >= FEWEST
    subtitle = f"{len(points):,} points, {int(points['n'].min()):,} runs a point; lines are 95 % "
    subtitle += "sampling intervals; the other levers vary too"
    subtitle += "; steps: mean of neighbouring points" if many else ""
    if len(levers) > len(panels):
        rest = ", ".join(map(lever_words, levers[MOST_PANELS:]))
        subtitle += f"; not shown, for it changes less along them: {rest}"
    rows = -(-len(panels) // ACROSS)
    width = max(3.6 * min(len(panels), ACROSS), 6.6)
    title = f"{sentence_case(context.words(outcome))}: in how many of 100 runs"
    figure = sheet(width, 2.7 * rows, title, subtitle, context)
    axes = figure.subplots(rows, min(len(panels), ACROSS), sharey=True, squeeze=False).ravel()
    for panel, lever in zip(axes, panels):
        _panel(panel, points, context, outcome, lever, many)
    for panel in axes[len(panels) :]:
        panel.set_axis_off()
    for panel in axes[:: min(len(panels), ACROSS)]:
        panel.set_ylabel("runs in 100")
    return figure


def _ordered(points: pd.DataFrame, context: Context, outcome: str) -> list[str]:
    """The levers that vary, by the variance of the outcome between their bins."""
    levers = swept(points, context)
    y = points[outcome].to_numpy(dtype=float)
    moved = {lever: _between(_places(points, context, lever), y) for lever in levers}
    return sorted(levers, key=lambda lever: -moved[lever])


def _places(points: pd.DataFrame, context: Context, lever: str) -> Floats:
    """Where the points stand on the lever's axis: numbers, or the place of a word."""
    if not context.levers[lever].choices:
        return np.asarray(points[lever], dtype=float)
    words = values_of(points, context, lever)
    return np.array([float(words.index(word)) for word in points[lever]])


def _bins(x: Floats) -> list[NDArray[np.intp]]:
    """Points of neighbouring values: by value where there are few, else bins of like size."""
    values = np.unique(x)
    if len(values) <= BINS:
        return [np.flatnonzero(x == value) for value in values]
    return [part for part in np.array_split(np.argsort(x, kind="stable"), BINS) if len(part)]


def _between(x: Floats, y: Floats) -> float:
    bins = _bins(x)
    return float(np.var(np.repeat([y[one].mean() for one in bins], [len(one) for one in bins])))


def _panel(
    axes: Axes, points: pd.DataFrame, context: Context, outcome: str, lever: str, many: bool
) -> None:
    x = _places(points, context, lever)
    y, low, high = (100 * points[f"{outcome}{end}"].to_numpy() for end in ("", "_low", "_high"))
    look = {"fmt": "o", "ms": 4, "elinewidth": 0.7, "alpha": 0.7, "mew": 0}
    errors = [np.maximum(y - low, 0), np.maximum(high - y, 0)]
    axes.errorbar(x, y, yerr=errors, color=OKABE_ITO[0], ecolor="#9db8cf", **look)  # type: ignore[arg-type]
    if many:
        _means(axes, x, y, _bins(x), bool(context.levers[lever].choices))
    axes.set_ylim(0, max(5.0, 1.05 * float(np.nanmax(high))))
    axes.set_xlabel(lever_label(lever, context))
    axes.grid(axis="y", color="#e6e6e6", lw=0.7)
    axes.set_axisbelow(True)
    if context.levers[lever].choices:
        words = [str(word) for word in values_of(points, context, lever)]
        axes.set_xticks(range(len(words)), words)
        axes.set_xlim(-0.5, len(words) - 0.5)
    else:
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.10g}")
        axes.locator_params(axis="x", nbins=5)


def _means(axes: Axes, x: Floats, y: Floats, bins: Sequence[NDArray[np.intp]], words: bool) -> None:
    """The mean of the points in each bin, as far as the bin reaches."""
    for one in bins:
        start, end = float(x[one].min()), float(x[one].max())
        pad = 0.25 if words else 0.02 * float(np.ptp(x)) * (start == end)
        axes.plot([start - pad, end + pad], [y[one].mean()] * 2, color=OKABE_ITO[1], lw=2.2)
