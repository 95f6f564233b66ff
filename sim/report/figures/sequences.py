"""A hundred runs as coloured rows: which rung each stands on, week by week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import ListedColormap
from matplotlib.dates import date2num
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from numpy.typing import NDArray

from sim.report.context import Context
from sim.report.figures.style import beside, cutoff_words, dates, sheet, steps, styled
from sim.report.slices import point_at, reference, swept
from sim.report.wording import held_words, sentence_case
from sim.study.declared import Series
from sim.study.store import Study

MOST = 100


def figures(study: Study, context: Context) -> Iterator[tuple[str, Figure]]:
    """One figure with a panel for each ladder, where single runs are kept.

    None where only the gravest dispute is measured, as with the shares.
    """
    ladders = [one for one in context.series if one.labels]
    if len(ladders) > 1 and len(kept(study, context)):
        yield "sequences", sequences(study, context, ladders)


def kept(study: Study, context: Context) -> pd.DataFrame:
    """The weekly series of the first hundred runs that are kept at the reference point."""
    point = point_at(study.points, reference(study.points, context))
    paths = study.paths[study.paths["point"] == point]
    first = sorted(paths["replicate"].unique())[:MOST]
    return paths[paths["replicate"].isin(first)]


@styled
def sequences(study: Study, context: Context, ladders: Sequence[Series]) -> Figure:
    """A row a run, the gravest endings on top; each panel has an order of its own."""
    paths, values = kept(study, context), reference(study.points, context)
    told = {name: values[name] for name in swept(study.points, context)}
    runs = paths["replicate"].nunique()
    subtitle = f"The first {runs:,} runs {held_words(told)}, a row each".replace(" ,", ",")
    subtitle += ", sorted by the last rung and the weeks on high rungs; "
    subtitle += f"dashed: record ends {cutoff_words(context)}"
    rows = -(-len(ladders) // 2)
    figure = sheet(12.4, 2.8 * rows, "Single runs up and down the ladders", subtitle, context)
    panels = figure.subplots(rows, 2, squeeze=False).ravel()
    for axes, ladder in zip(panels, ladders):
        _rows(axes, paths, ladder)
        dates(axes, context, on_colour=True)
        axes.set_title(sentence_case(context.words(ladder.name)))
        axes.set_ylabel("runs")
    for axes in panels[len(ladders) :]:
        axes.set_axis_off()
    return figure


def rungs_of(paths: pd.DataFrame, ladder: str) -> NDArray[np.int64]:
    """Rungs (runs, weeks), the run with the gravest end first, then the longest on high rungs."""
    table = paths.pivot(index="replicate", columns="date", values=ladder).to_numpy().astype(int)
    order = np.lexsort((-table.sum(axis=1), -table[:, -1]))
    rungs: NDArray[np.int64] = table[order]
    return rungs


def _rows(axes: Axes, paths: pd.DataFrame, ladder: Series) -> None:
    rungs = rungs_of(paths, ladder.name)
    occur = np.unique(rungs)
    colours = steps(len(occur), 1.0)
    days = np.sort(paths["date"].unique())
    ends = [float(date2num(day)) for day in (days[0], days[-1])]  # type: ignore[no-untyped-call]
    place: Any = {"aspect": "auto", "interpolation": "nearest", "origin": "upper"}
    axes.imshow(
        np.searchsorted(occur, rungs),
        cmap=ListedColormap(colours),
        vmin=-0.5,
        vmax=len(occur) - 0.5,
        extent=(ends[0], ends[1], len(rungs), 0),
        **place,
    )
    axes.xaxis_date()
    handles = [
        Patch(color=colour, label=ladder.labels[rung]) for rung, colour in zip(occur, colours)
    ]
    beside(axes, handles)
