"""Dot plots to print: a hundred futures as dots, full where it happened, or fifty on a scale."""

from __future__ import annotations

from collections.abc import Sequence
from textwrap import fill

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.exercises.figure import Row, common_end, quantile_dots, stacked
from sim.exercises.words import amount
from sim.report.figures.style import INK, PALE, styled

WIDE, HIGH = 8.0, 1.75
COLUMNS, ROWS = 25, 4
BINS = 40


@styled
def dots(title: str, rows: Sequence[Row], foot: str) -> Figure:
    """A panel for each predicted number, in black and white, for paper."""
    height = 0.55 + HIGH * len(rows) + 0.55
    figure = Figure(figsize=(WIDE, height), dpi=150, facecolor="white")
    figure.set_layout_engine("constrained", rect=(0.01, 0.5 / height, 0.98, 1 - 1.0 / height))
    figure.text(0.012, 1 - 0.1 / height, title, size=14, weight="bold", va="top", color=INK)
    figure.text(0.012, 0.06 / height, fill(foot, 110), size=7.5, va="bottom", color=PALE)
    grid = figure.subplots(len(rows), 1, squeeze=False)[:, 0]
    for axes, row in zip(grid, rows):
        if row.measure.counts_runs:
            _hundred(axes, row)
        else:
            _scale(axes, row, common_end(rows, row.measure.unit))
        axes.set_title(f"{row.title}", size=10.5)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
    return figure


def _hundred(axes: Axes, row: Row) -> None:
    """A hundred dots in rows of 25; so many full as of 100 futures in which it happened."""
    count = round(row.found.value)
    for number in range(COLUMNS * ROWS):
        place, line = number % COLUMNS, number // COLUMNS
        face = INK if number < count else "white"
        axes.plot(place, ROWS - line, "o", ms=8.5, mfc=face, mec=INK, mew=0.9)
    axes.set_xlim(-0.7, COLUMNS - 0.3)
    axes.set_ylim(0.2, ROWS + 0.8)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)


def _scale(axes: Axes, row: Row, end: float) -> None:
    """Fifty dots on a scale, each one of fifty equally likely futures."""
    places = stacked(quantile_dots(row.values), end, BINS)
    for place, level in places:
        axes.plot(place, level - 0.5, "o", ms=6, color=INK, mew=0)
    axes.set_xlim(0, end)
    axes.set_ylim(-0.3, max((level for _, level in places), default=1) + 1.0)
    axes.xaxis.set_major_formatter(lambda value, _: amount(value, row.measure).split()[0])
    axes.set_xlabel(row.measure.unit)
