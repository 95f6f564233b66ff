"""Quantile dot plots: fifty dots, each one of fifty equally likely futures of the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Ellipse
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from sim.report.context import Context
from sim.report.figures.arms import Arm, arms
from sim.report.figures.ecdf import OUTCOMES
from sim.report.figures.style import INK, sheet, steps, styled
from sim.report.wording import held_words, lever_words, number, sentence_case, unit_words
from sim.study.estimate import quantiles
from sim.study.store import Study

DOTS = 50
MOST = 4
WIDTH, ROW = 8.6, 1.6
PLOT_WIDTH, PLOT_HEIGHT = 8.34, 1.31
NARROWEST = 0.1
GAP = 2


def figures(study: Study, context: Context) -> Iterator[tuple[str, Figure]]:
    """Dot plots of casualties and of time to restore, where any arm has a spread."""
    for outcome in OUTCOMES:
        if context.has(outcome) and arms(study, context, outcome, MOST, NARROWEST).arms:
            yield f"dots_{outcome}", dot_plot(study, context, outcome)


@dataclass(frozen=True)
class Dots:
    """Fifty dots of a row: how many stand for none and for never, and the values of the rest."""

    none: int
    known: NDArray[np.float64]
    never: int


@dataclass(frozen=True)
class Scale:
    """Common to all rows: where the bins end, how many there are, columns for none and never."""

    end: float
    bins: int
    none: int
    never: int

    @property
    def width(self) -> float:
        """Width of a bin, in the outcome's unit."""
        return self.end / self.bins

    @property
    def left(self) -> int:
        """Columns before zero: those for none and a gap."""
        return self.none + GAP if self.none else 0

    @property
    def right(self) -> int:
        """Columns after the last bin: a gap and those for never."""
        return self.never + GAP if self.never else 0

    @property
    def up(self) -> float:
        """Height of a row in dots, so that a dot is as high as it is wide."""
        return PLOT_HEIGHT * (self.left + self.bins + self.right) / PLOT_WIDTH


@styled
def dot_plot(study: Study, context: Context, outcome: str) -> Figure:
    """A row of fifty dots for each of a few values of the main lever, on a common scale."""
    found = arms(study, context, outcome, MOST, NARROWEST)
    declared = next(one for one in context.outcomes if one.name == outcome)
    words, timed = sentence_case(context.words(outcome)), declared.kind == "time"
    where = f" {held_words(found.held)}" if found.held else ""
    subtitle = f"Each dot is 1 of {DOTS} equally likely futures of the model{where}"
    subtitle += "; the line marks the median" + found.notes()
    figure = sheet(WIDTH, 0.5 + ROW * len(found.arms), words, subtitle, context)
    grid = figure.subplots(len(found.arms), 1, sharex=True, squeeze=False)[:, 0]
    rows = [sorted_out(dots_of(arm.values), timed) for arm in found.arms]
    scale = _scale(rows)
    for axes, arm, dots, colour in zip(grid, found.arms, rows, steps(len(rows), 0.75)):
        middle = _median(arm)
        _row(axes, dots, scale, colour)
        if np.isfinite(middle) and (middle > 0 or not dots.none):
            axes.axvline(middle, color=INK, lw=1.2, zorder=3)
        axes.set_title(_title(found.lever, arm, dots, middle), size=9.5)
    grid[-1].set_xlabel(f"{words} ({unit_words(declared.unit)})")
    _ticks(grid[-1], scale)
    return figure


def dots_of(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Fifty quantiles of the runs; NaN for the dots that stand for never."""
    if not len(values):
        return np.full(DOTS, np.nan)
    runs = np.where(np.isnan(values), np.inf, values)
    ordered = np.quantile(runs, (np.arange(DOTS) + 0.5) / DOTS, method="inverted_cdf")
    return np.where(np.isinf(ordered), np.nan, ordered)


def sorted_out(dots: NDArray[np.float64], timed: bool) -> Dots:
    """The dots apart: zero of an amount is none of it, and stands beside the scale."""
    none = np.zeros(len(dots), dtype=bool) if timed else dots == 0
    never = np.isnan(dots)
    return Dots(int(none.sum()), dots[~none & ~never], int(never.sum()))


def _scale(rows: Sequence[Dots]) -> Scale:
    """The largest dots with which no row stacks too high."""
    end = 1.02 * max(float(dots.known.max(initial=0.0)) for dots in rows) or 1.0
    none, never = max(dots.none for dots in rows), max(dots.never for dots in rows)
    for bins in range(40, 160, 2):
        scale = Scale(end, bins, min(none, 1), min(never, 1))
        while (short := scale.none * int(scale.up) < none) or scale.never * int(scale.up) < never:
            scale = replace(scale, none=scale.none + short, never=scale.never + (not short))
        if all(_stacks(dots, scale).max(initial=0) <= scale.up for dots in rows):
            break
    return scale


def _stacks(dots: Dots, scale: Scale) -> NDArray[np.intp]:
    return np.bincount((dots.known / scale.width).astype(np.intp))


def _row(axes: Axes, dots: Dots, scale: Scale, colour: str) -> None:
    """Stacks of dots; to the left of the scale those for none, to the right those for never."""
    for place, count in enumerate(_stacks(dots, scale)):
        for level in range(count):
            _dot(axes, place, level, scale, colour)
    for count, first in ((dots.none, -scale.left), (dots.never, scale.bins + GAP)):
        for index in range(count):
            place, level = divmod(index, int(scale.up))
            _dot(axes, first + place, level, scale, colour)
    start, end = -scale.left * scale.width, (scale.bins + scale.right) * scale.width
    axes.set_xlim(start, end)
    axes.set_ylim(0, scale.up)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.set_box_aspect(PLOT_HEIGHT / PLOT_WIDTH)
    edge = (GAP - 0.3) * scale.width
    for shaded, low, high in ((scale.none, start, -edge), (scale.never, scale.end + edge, end)):
        if shaded:
            axes.axvspan(low, high, color="#f0f0f0", zorder=0, lw=0)


def _dot(axes: Axes, place: int, level: int, scale: Scale, colour: str) -> None:
    centre = ((place + 0.5) * scale.width, level + 0.5)
    axes.add_patch(Ellipse(centre, 0.9 * scale.width, 0.9, color=colour, lw=0))


def _ticks(axes: Axes, scale: Scale) -> None:
    """Round numbers, and the names of the shaded columns beside them."""
    locator = MaxNLocator(7, steps=[1, 2, 2.5, 5, 10])
    ticks = [float(tick) for tick in locator.tick_values(0, scale.end) if tick <= scale.end]
    names = [number(tick) for tick in ticks]
    if scale.none:
        ticks.append((scale.none / 2 - scale.left) * scale.width)
        names.append("none")
    if scale.never:
        ticks.append(scale.end + (GAP + scale.never / 2) * scale.width)
        names.append("never")
    axes.set_xticks(ticks, names)


def _title(lever: str, arm: Arm, dots: Dots, middle: float) -> str:
    """The lever's value, the median, and how many dots stand beside the scale."""
    text = f"median {number(middle)}" if np.isfinite(middle) else "in most futures never"
    text += f", none in {dots.none} of {DOTS}" if dots.none else ""
    text += f", never in {dots.never} of {DOTS}" if dots.never else ""
    return f"{lever_words(lever)} {arm.label}: {text}"


def _median(arm: Arm) -> float:
    """The median run, infinite when it never happens in most."""
    runs = np.where(np.isnan(arm.values), np.inf, arm.values)
    return float(quantiles(runs[None], [0.5])[0][0])
