"""A prediction drawn over the result."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import fill

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.exercises.estimates import Estimate
from sim.exercises.spec import Measure
from sim.exercises.words import amount
from sim.report.figures.style import INK, OKABE_ITO, PALE, styled

DOTS, BINS = 50, 45
FOUND, GUESSED = OKABE_ITO[0], OKABE_ITO[1]
WIDTH, ROW = 8.2, 0.95


@dataclass(frozen=True)
class Row:
    """One predicted number: what was asked, said and found; `values` are those of the runs."""

    title: str
    measure: Measure
    guess: float | None
    found: Estimate
    values: NDArray[np.float64]


@styled
def draw(title: str, rows: Sequence[Row], foot: str) -> Figure:
    """A row for each number: a bar in 100, or fifty dots on a scale; the prediction as a line."""
    heights = [1.0 if row.measure.counts_runs else 1.9 for row in rows]
    note = fill(foot, 118)
    top, bottom = 0.55, 0.35 + 0.14 * note.count("\n")
    height = top + bottom + ROW * sum(heights)
    figure = Figure(figsize=(WIDTH, height), dpi=120, facecolor="white")
    rect = (0.01, bottom / height, 0.98, 1 - (top + bottom) / height)
    figure.set_layout_engine("constrained", rect=rect)
    figure.text(0.012, 1 - 0.12 / height, title, size=13, weight="bold", va="top", color=INK)
    figure.text(0.012, 0.06 / height, note, size=7.2, va="bottom", color=PALE)
    grid = figure.subplots(len(rows), 1, squeeze=False, height_ratios=heights)[:, 0]
    for axes, row in zip(grid, rows):
        if row.measure.counts_runs:
            _bar(axes, row)
        else:
            _dots(axes, row, common_end(rows, row.measure.unit))
        _guess(axes, row)
        axes.set_title(row.title, size=9.5)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
    return figure


def _bar(axes: Axes, row: Row) -> None:
    """The share as a bar, its interval as a thick line."""
    axes.barh([0], [row.found.value], height=0.5, color=FOUND)
    axes.plot([row.found.low, row.found.high], [0, 0], color=INK, lw=2.5, solid_capstyle="butt")
    axes.set_xlim(0, 100)
    axes.set_ylim(-0.6, 0.75)
    place = max(row.found.high, row.found.value) + 1
    axes.text(place, 0, f"{row.found.value:.0f} in 100", va="center", size=9, color=INK)


def common_end(rows: Sequence[Row], unit: str) -> float:
    """The end of the scale that all rows of a unit share: dots and predictions lie before it."""
    drawn = [quantile_dots(row.values) for row in rows if row.measure.unit == unit]
    guesses = [row.guess or 0.0 for row in rows if row.measure.unit == unit]
    return 1.05 * max(0.0, *guesses, *(float(dots.max(initial=0.0)) for dots in drawn)) or 1.0


def quantile_dots(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Fifty quantiles of the runs in which there is a value; none where there never is."""
    known = values[~np.isnan(values)]
    return np.quantile(known, (np.arange(DOTS) + 0.5) / DOTS) if len(known) else known


def stacked(dots: NDArray[np.float64], end: float, bins: int) -> list[tuple[float, int]]:
    """Where each dot stands on the scale, and on which level of its stack, from 1."""
    level: dict[int, int] = {}
    places = []
    for place in np.floor(dots / end * bins).astype(int).tolist():
        level[place] = level.get(place, 0) + 1
        places.append(((place + 0.5) * end / bins, level[place]))
    return places


def _dots(axes: Axes, row: Row, end: float) -> None:
    """Fifty dots, each one of fifty equally likely runs, stacked; the found number as a mark."""
    places = stacked(quantile_dots(row.values), end, BINS)
    for place, level in places:
        axes.plot(place, level - 0.5, "o", ms=4.6, color=FOUND, mew=0)
    axes.plot(row.found.value, -0.6, "^", color=INK, ms=6, clip_on=False)
    axes.set_xlim(0, end)
    axes.set_ylim(-1.2, max((level for _, level in places), default=1) * 1.35 + 1)
    words = f"{row.measure.statistic} {amount(row.found.value, row.measure)}"
    axes.text(0.995, 0.9, words, transform=axes.transAxes, size=9, color=INK, ha="right", va="top")


def _guess(axes: Axes, row: Row) -> None:
    if row.guess is None:
        return
    axes.axvline(row.guess, color=GUESSED, lw=2.2, ls=(0, (3, 2)), zorder=4)
    right = row.guess < 0.75 * axes.get_xlim()[1]
    axes.annotate(
        "you" if right else "you ", (row.guess, axes.get_ylim()[1]), (3 if right else -3, -1),
        textcoords="offset points", va="top", ha="left" if right else "right", size=9,
        color="#A04000", weight="bold",
    )  # fmt: skip


@styled
def svg(figure: Figure, words: str) -> str:
    """The figure as SVG with its alternative text."""
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None})
    text = buffer.getvalue()
    inner = text[text.index("<svg") :]
    plain = words.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    return inner.replace("<svg ", f'<svg role="img" aria-label="{plain}" ', 1)
