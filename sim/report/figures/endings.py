"""How the fighting on the front in focus ended: the mode beside every picture of a duration."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.context import Context
from sim.report.figures.style import INK, OKABE_ITO, PALE, ink_on, sheet, styled
from sim.report.slices import along, at, main_lever, reference, swept, values_of
from sim.report.wording import held_words, lever_label, lever_words, value_label
from sim.study.store import Study

RESTORED, PEACE = "days_to_restore", "days_to_peace"
SETTLED, GIVEN_UP = "ended_by_settlement", "ended_by_collapse"
NEEDED = (RESTORED, PEACE, SETTLED, GIVEN_UP)
MODES = ("line restored", "settlement", "one side gave up", "fighting at the horizon")
COLOURS = (OKABE_ITO[0], OKABE_ITO[2], OKABE_ITO[3], "#cccccc")
SMALLEST = 0.05
"""Share of a mode that still has room for its number."""
MOST_ROWS = 16


def figures(study: Study, context: Context) -> Iterator[tuple[str, Figure]]:
    """One figure, where a line can be restored and a war can end."""
    lever = main_lever(study.points, context)
    if all(context.has(name) for name in NEEDED) and study.points[lever].nunique() <= MOST_ROWS:
        yield "endings", endings(study, context, lever)


def kinds(runs: pd.DataFrame) -> tuple[pd.Series, ...]:
    """Which runs ended in each mode, in the order of MODES.

    The first end counts: a line that is restored before the war ends counts as restored.
    """
    restored, peace = runs[RESTORED], runs[PEACE]
    first = restored.notna() & ~(peace < restored)
    settled, given_up = (~first & (runs[name] > 0) for name in (SETTLED, GIVEN_UP))
    return first, settled, given_up, ~(first | settled | given_up)


def modes(runs: pd.DataFrame) -> tuple[np.ndarray, list[float]]:
    """Share of the runs in each mode, and the median day of each, NaN where it has none."""
    peace = runs[PEACE]
    days = (runs[RESTORED], peace, peace, peace * np.nan)
    found = kinds(runs)
    shares = np.array([float(kind.mean()) for kind in found])
    return shares, [float(day[kind].median()) for kind, day in zip(found, days)]


@styled
def endings(study: Study, context: Context, lever: str) -> Figure:
    """A bar for each value of the main lever, cut by mode; in it, median days to that end."""
    middle = reference(study.points, context)
    held = {name: value for name, value in middle.items() if name != lever}
    runs = study.runs_at(held, [lever, *NEEDED])
    values = values_of(study.points, context, lever)
    told = {name: value for name, value in held.items() if name in swept(study.points, context)}
    line = along(study.points, context, lever)
    subtitle = f"Runs in 100, by {lever_words(lever)} {held_words(told)}".strip()
    subtitle += "; in a bar: runs in 100, and the median days from the opening of the front"
    subtitle += f"; {int(line['n'].min()):,} runs a row. A war on record cannot end before the"
    subtitle += " cut-off: that it went on is given"
    figure = sheet(9.6, 0.9 + 0.36 * len(values), "How the fighting ended", subtitle, context)
    axes = figure.add_subplot()
    for row, value in enumerate(values):
        _bar(axes, row, *modes(at(runs, {lever: value})))
    axes.set_yticks(np.arange(len(values)), [value_label(value) for value in values])
    axes.set_ylabel(lever_label(lever, context))
    axes.set_ylim(len(values) - 0.5, -0.5)
    axes.set_xlim(0, 100)
    axes.set_xlabel("runs in 100")
    axes.tick_params(axis="y", length=0)
    _legend(axes)
    return figure


def _bar(axes: Axes, row: int, shares: np.ndarray, days: list[float]) -> None:
    left = 0.0
    for share, day, colour in zip(100 * shares, days, COLOURS):
        axes.barh(row, share, left=left, height=0.66, color=colour)
        if share >= 100 * SMALLEST:
            text = f"{share:.0f}" if np.isnan(day) else f"{share:.0f} · {day:.0f} d"
            ink = ink_on(_rgb(colour))
            axes.text(left + share / 2, row, text, ha="center", va="center", size=8.5, color=ink)
        left += share


def _rgb(colour: str) -> list[float]:
    return [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]


def _legend(axes: Axes) -> None:
    handles = [axes.barh(0, 0, color=colour, label=name) for name, colour in zip(MODES, COLOURS)]
    legend = axes.legend(
        handles=handles, frameon=False, fontsize=9, loc="center left", bbox_to_anchor=(1.01, 0.5)
    )
    for text in legend.get_texts():
        text.set_color(INK)
    axes.spines["left"].set_color(PALE)
