"""Quantile dot plots: fifty dots, each one of fifty equally likely futures of the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from sim.report.context import Context
from sim.report.figures.arms import Arm, arms
from sim.report.figures.ecdf import OUTCOMES
from sim.report.figures.style import INK, PALE, sheet, steps, styled
from sim.report.wording import held_words, lever_words, number, sentence_case
from sim.study.estimate import quantiles
from sim.study.store import Study

DOTS = 50
MOST = 4
WIDTH, ROW = 8.6, 1.6
PLOT_WIDTH, PLOT_HEIGHT = 8.34, 1.31
NARROWEST = 0.1


def figures(study: Study, context: Context) -> Iterator[tuple[str, Figure]]:
    """Dot plots of casualties and of time to restore, where any arm has a spread."""
    for outcome in OUTCOMES:
        if context.has(outcome) and arms(study, context, outcome, MOST, NARROWEST).arms:
            yield f"dots_{outcome}", dot_plot(study, context, outcome)


@dataclass(frozen=True)
class Scale:
    """Common to all rows: where the bins end, how many there are, and columns for never."""

    end: float
    bins: int
    never: int

    @property
    def width(self) -> float:
        """Width of a bin, in the outcome's unit."""
        return self.end / self.bins

    @property
    def across(self) -> int:
        """Columns of dots in a row, with those for never and a gap before them."""
        return self.bins + (self.never + 1 if self.never else 0)

    @property
    def up(self) -> float:
        """Height of a row in dots, so that a dot is as high as it is wide."""
        return PLOT_HEIGHT * self.across / PLOT_WIDTH


@styled
def dot_plot(study: Study, context: Context, outcome: str) -> Figure:
    """A row of fifty dots for each of a few values of the main lever, on a common scale."""
    found = arms(study, context, outcome, MOST, NARROWEST)
    declared = next(one for one in context.outcomes if one.name == outcome)
    words = sentence_case(context.words(outcome))
    subtitle = f"Each dot is 1 of {DOTS} equally likely futures of the model"
    subtitle += (
        f" {held_words(found.held)}; the line marks the median"
        if found.held
        else ("; the line marks the median")
    )
    rows = len(found.arms)
    figure = sheet(WIDTH, 0.5 + ROW * rows, words, subtitle, context)
    grid = figure.subplots(rows, 1, sharex=True, squeeze=False)[:, 0]
    all_dots = [dots_of(arm.values) for arm in found.arms]
    scale = _scale(all_dots, any(np.isnan(dots).any() for dots in all_dots))
    for axes, arm, dots, colour in zip(grid, found.arms, all_dots, steps(rows, 0.75)):
        _row(axes, dots, scale, colour)
        axes.set_title(f"{lever_words(found.lever)} {arm.label}   {_median(arm)}", size=9.5)
    grid[-1].set_xlabel(f"{words} ({declared.unit})")
    locator = MaxNLocator(7, steps=[1, 2, 2.5, 5, 10])
    ticks = [tick for tick in locator.tick_values(0, scale.end) if tick <= scale.end]
    grid[-1].set_xticks(ticks, [number(tick) for tick in ticks])
    return figure


def dots_of(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Fifty quantiles of the runs; NaN for the dots that stand for never."""
    if not len(values):
        return np.full(DOTS, np.nan)
    runs = np.where(np.isnan(values), np.inf, values)
    ordered = np.quantile(runs, (np.arange(DOTS) + 0.5) / DOTS, method="inverted_cdf")
    return np.where(np.isinf(ordered), np.nan, ordered)


def _scale(rows: Sequence[NDArray[np.float64]], never: bool) -> Scale:
    """The largest dots with which no row stacks too high."""
    end = 1.02 * max(float(np.nanmax(dots, initial=0.0)) for dots in rows) or 1.0
    for bins in range(40, 160, 2):
        scale = Scale(end, bins, 1)
        most = max(int(np.isnan(dots).sum()) for dots in rows)
        scale = Scale(end, bins, -(-most // max(int(scale.up), 1)) if never else 0)
        if all(_stacks(dots, scale).max(initial=0) <= scale.up for dots in rows):
            break
    return scale


def _stacks(dots: NDArray[np.float64], scale: Scale) -> NDArray[np.intp]:
    known = dots[~np.isnan(dots)]
    return np.bincount((known / scale.width).astype(np.intp))


def _row(axes: Axes, dots: NDArray[np.float64], scale: Scale, colour: str) -> None:
    """Stacks of dots, and to the right those that stand for never."""
    for place, count in enumerate(_stacks(dots, scale)):
        for level in range(count):
            _dot(axes, place, level, scale, colour)
    for index in range(int(np.isnan(dots).sum())):
        place, level = divmod(index, int(scale.up))
        _dot(axes, scale.bins + 1 + place, level, scale, colour)
    axes.set_xlim(0, scale.across * scale.width)
    axes.set_ylim(0, scale.up)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    if scale.never:
        _never(axes, dots, scale)
    middle = np.sort(np.where(np.isnan(dots), np.inf, dots))[DOTS // 2]
    if np.isfinite(middle):
        axes.axvline(middle, color=INK, lw=1.2, zorder=3)


def _dot(axes: Axes, place: int, level: int, scale: Scale, colour: str) -> None:
    centre = ((place + 0.5) * scale.width, level + 0.5)
    axes.add_patch(Ellipse(centre, 0.9 * scale.width, 0.9, color=colour, lw=0))


def _never(axes: Axes, dots: NDArray[np.float64], scale: Scale) -> None:
    """Name the dots beyond the horizon."""
    start = (scale.bins + 0.5) * scale.width
    axes.axvspan(start, axes.get_xlim()[1], color="#f0f0f0", zorder=0, lw=0)
    text = f"never: {int(np.isnan(dots).sum())} of {DOTS}"
    axes.annotate(
        text,
        (1, 1),
        xycoords="axes fraction",
        xytext=(0, 3),
        textcoords="offset points",
        ha="right",
        va="bottom",
        size=9,
        color=PALE,
    )


def _median(arm: Arm) -> str:
    middle = float(quantiles(np.where(np.isnan(arm.values), np.inf, arm.values)[None], [0.5])[0][0])
    return f"median {number(middle)}" if np.isfinite(middle) else "in most futures never"
