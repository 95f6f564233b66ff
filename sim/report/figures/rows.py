"""Estimates side by side: a row for each value of a lever, a panel for each outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import fill

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.context import Context
from sim.report.figures.style import INK, OKABE_ITO, sheet, styled
from sim.report.slices import along, main_lever, reference, swept
from sim.report.wording import held_words, lever_label, lever_words, sentence_case, value_label
from sim.study.store import Study

LEDGER = (
    "obligations_called",
    "obligations_met",
    "obligations_late",
    "obligations_partial",
    "obligations_refused",
    "voluntary_aid",
)
MOST_ROWS = 16
FEW_ROWS, NARROW = 3, 13
OBLIGED, VOLUNTARY = OKABE_ITO[0], OKABE_ITO[4]


def figures(study: Study, context: Context) -> Iterator[tuple[str, Figure]]:
    """The compliance ledger, and the headline probabilities along each worded lever."""
    measured = [name for name in LEDGER if context.has(name)]
    lever = main_lever(study.points, context)
    if measured and study.points[lever].nunique() <= MOST_ROWS:
        yield "compliance", compliance(study.points, context, lever, measured)
    for name in swept(study.points, context):
        if context.levers[name].choices and context.headlines():
            yield f"by_{name.replace('.', '_')}", headlines(study.points, context, name)


@styled
def compliance(points: pd.DataFrame, context: Context, lever: str, names: Sequence[str]) -> Figure:
    """Mean obligations a run by what became of them, and aid that nothing obliged."""
    line = along(points, context, lever)
    subtitle = f"Mean number a run {_held(points, context, lever)}".strip()
    subtitle += f"; lines are 95 % intervals of the mean, {int(line['n'].min()):,} runs a row"
    subtitle += "; what is called and in no other blue panel is unsettled by the end"
    height = 0.75 + 0.36 * len(line)
    figure = sheet(11.4, height, "What became of obligations", subtitle, context)
    panels = _panels(figure, len(names), line, lever, context)
    top = _reach(line, names)
    for axes, name in zip(panels, names):
        _bars(axes, line, name)
        axes.set_xlim(0, 1.32 * top)
        axes.set_xlabel("number a run")
        axes.set_title(sentence_case(context.words(name)))
    return figure


@styled
def headlines(points: pd.DataFrame, context: Context, lever: str) -> Figure:
    """The headline probabilities with intervals, side by side along a lever."""
    line = along(points, context, lever)
    subtitle = f"Runs in 100 {_held(points, context, lever)}".strip()
    subtitle += "; lines are 95 % sampling intervals; scales differ"
    subtitle += f"; {int(line['n'].min()):,} runs a row"
    title = f"What changes with {lever_words(lever)}"
    figure = sheet(10.4, 0.85 + 0.42 * len(line), title, subtitle, context)
    names = context.headlines()
    panels = _panels(figure, len(names), line, lever, context)
    for axes, name in zip(panels, names):
        _dots(axes, line, name)
        axes.set_xlabel("runs in 100")
        axes.set_title(sentence_case(context.words(name)), size=10)
    return figure


def _held(points: pd.DataFrame, context: Context, lever: str) -> str:
    varied = swept(points, context)
    values = reference(points, context)
    return held_words({name: values[name] for name in varied if name != lever})


def _panels(
    figure: Figure, number_of: int, line: pd.DataFrame, lever: str, context: Context
) -> list[Axes]:
    panels: list[Axes] = list(figure.subplots(1, number_of, sharey=True, squeeze=False)[0])
    labels = [value_label(value) for value in line[lever]]
    panels[0].set_yticks(np.arange(len(line)), labels)
    label = lever_label(lever, context)
    panels[0].set_ylabel(
        fill(label, NARROW, break_long_words=False) if len(line) < FEW_ROWS else label
    )
    panels[0].invert_yaxis()
    for axes in panels:
        axes.tick_params(axis="y", length=0)
        axes.grid(axis="x", color="#e6e6e6", lw=0.7)
        axes.set_axisbelow(True)
    return panels


def _interval(line: pd.DataFrame, name: str, scale: float = 1.0) -> list[np.ndarray]:
    """Middle, and distances to both ends of the interval."""
    middle, low, high = (scale * line[n].to_numpy() for n in (name, f"{name}_low", f"{name}_high"))
    return [middle, *(np.nan_to_num(np.maximum(part, 0)) for part in (middle - low, high - middle))]


def _reach(line: pd.DataFrame, names: Sequence[str]) -> float:
    """The largest end of an interval, or mean where there is none; at least a little."""
    ends = line[[*names, *(f"{name}_high" for name in names)]].max().max()
    return max(float(ends), 0.05) if np.isfinite(ends) else 1.0


def _round_top(top: float) -> float:
    """The next round number, so that panels of like outcomes share a scale."""
    return next((one for one in (2, 5, 10, 20, 50, 100) if one >= top), 130)


def _bars(axes: Axes, line: pd.DataFrame, name: str) -> None:
    middle, below, above = _interval(line, name)
    colour = VOLUNTARY if name == LEDGER[-1] else OBLIGED
    rows = np.arange(len(line))
    axes.barh(rows, middle, height=0.62, color=colour, alpha=0.75)
    axes.errorbar(middle, rows, xerr=[below, above], fmt="none", ecolor=INK, elinewidth=1.2)
    _label(axes, rows, middle + above, [f"{value:.2f}" if value else "0" for value in middle])


def _dots(axes: Axes, line: pd.DataFrame, name: str) -> None:
    middle, below, above = _interval(line, name, 100.0)
    rows = np.arange(len(line))
    axes.errorbar(
        middle, rows, xerr=[below, above], fmt="o", color=OKABE_ITO[0], ms=8, elinewidth=2
    )
    _label(axes, rows, middle + above, [f"{value:.1f}" for value in middle])
    axes.set_xlim(0, _round_top(130 * _reach(line, [name])))
    axes.set_ylim(len(line) - 0.5, -0.5)


def _label(axes: Axes, rows: np.ndarray, ends: np.ndarray, texts: list[str]) -> None:
    for row, end, text in zip(rows, ends, texts):
        axes.annotate(
            text, (end, row), xytext=(4, 0), textcoords="offset points", va="center", size=8.5
        )
