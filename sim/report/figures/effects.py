"""Which axes of a design for sensitivity move the headline probabilities."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.context import Context
from sim.report.effects import effects_of, measure_of, ranked
from sim.report.figures.style import INK, OKABE_ITO, sheet, styled
from sim.report.wording import lever_words, sentence_case
from sim.study.store import Study

MOST_ROWS = 20
WORDS = {
    "mu_star": (
        "Elementary effects (Morris, mu*): how far a move over a whole axis moves the runs in 100, "
        "up or down; lines: 95 % bootstrap interval over trajectories",
        "runs in 100",
    ),
    "total": (
        "Total share of the variance between points that goes with an axis (Saltelli), with its "
        "interactions; lines: 95 % bootstrap interval; black: the axis alone",
        "in 100",
    ),
}


def figures(study: Study, context: Context) -> Iterator[tuple[str, Figure]]:
    """One figure, where the study has effects of a headline probability."""
    found = effects_of(study)
    names = [one for one in context.headlines() if len(found) and one in set(found["outcome"])]
    if names:
        yield "effects", effects(found, context, names)


@styled
def effects(found: pd.DataFrame, context: Context, names: list[str]) -> Figure:
    """A row for each axis, a panel for each probability."""
    measure, axes_shown = measure_of(found), ranked(found, names)[:MOST_ROWS]
    subtitle, unit = WORDS[measure]
    height = 0.85 + 0.3 * len(axes_shown)
    figure = sheet(11.0, height, "What the outcomes depend on", subtitle, context)
    panels = figure.subplots(1, len(names), sharey=True, squeeze=False)[0]
    for panel, name in zip(panels, names):
        table = found[found["outcome"] == name].set_index("lever").loc[axes_shown]
        _bars(panel, table, measure)
        panel.set_title(sentence_case(context.words(name)), size=10)
        panel.set_xlabel(unit)
    panels[0].set_yticks(np.arange(len(axes_shown)), [lever_words(one) for one in axes_shown])
    panels[0].invert_yaxis()
    return figure


def _bars(axes: Axes, table: pd.DataFrame, measure: str) -> None:
    rows = np.arange(len(table))
    middle, low, high = (100 * table[f"{measure}{end}"].to_numpy() for end in ("", "_low", "_high"))
    axes.barh(rows, np.maximum(middle, 0), height=0.62, color=OKABE_ITO[0], alpha=0.75)
    ends = np.nan_to_num(np.maximum([middle - low, high - middle], 0))
    axes.errorbar(middle, rows, xerr=ends, fmt="none", ecolor=INK, elinewidth=1.2)
    if "first" in table:
        axes.plot(100 * table["first"], rows, "o", color="black", ms=4)
    axes.set_xlim(left=0)
    axes.grid(axis="x", color="#e6e6e6", lw=0.7)
    axes.set_axisbelow(True)
    axes.tick_params(axis="y", length=0)
