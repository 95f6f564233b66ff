"""Cumulative shares of runs: how often an outcome stays below a value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.report.context import Context
from sim.report.figures.arms import Arm, Arms, arms
from sim.report.figures.style import INK, OKABE_ITO, PALE, sheet, steps, styled
from sim.report.wording import held_words, lever_label, number, sentence_case, unit_words
from sim.study.store import Study

OUTCOMES = ("sender_casualties", "days_to_restore")
MOST = 6
DASHES = ("-", (0, (5, 2)), (0, (1, 1.2)), (0, (7, 2, 1, 2)), (0, (3, 1)), (0, (9, 3)))
APART = 6.5
FAR = 1.3
MARGIN = 0.012


def figures(study: Study, context: Context) -> Iterator[tuple[str, Figure]]:
    """The cumulative shares of casualties and of time to restore, where they are measured."""
    for outcome in OUTCOMES:
        if context.has(outcome):
            yield f"ecdf_{outcome}", ecdf(study, context, outcome)


@styled
def ecdf(study: Study, context: Context, outcome: str) -> Figure:
    """One step curve for each value of the main lever; a time that never comes is a plateau."""
    declared = next(one for one in context.outcomes if one.name == outcome)
    found = arms(study, context, outcome, MOST)
    timed = declared.kind == "time"
    words = sentence_case(context.words(outcome))
    end, cut = _end(found.arms, timed)
    subtitle = _subtitle(found, timed) + cut
    figure = sheet(8.6, 4.2, words, subtitle, context)
    axes = figure.add_subplot()
    _curves(axes, found.arms, end, not context.levers[found.lever].choices)
    if timed:
        _plateaus(axes, found.arms)
    else:
        _medians(axes, lever_label(found.lever, context))
    axes.set_xlabel(f"{words} ({unit_words(declared.unit)})")
    axes.set_ylabel("runs in 100")
    axes.grid(axis="y", color="#e6e6e6", lw=0.7)
    axes.set_axisbelow(True)
    axes.xaxis.set_major_formatter(lambda value, _: number(value))
    return figure


def _subtitle(found: Arms, timed: bool) -> str:
    what = "by that day" if timed else "at or below that value"
    text = f"Runs in 100 {what}, by {found.lever_words} {held_words(found.held)}".strip()
    text += f"; {found.least:,} runs a curve"
    text += "; what a curve leaves below 100 never happened" if timed else ""
    return text + found.notes()


def _end(found: Sequence[Arm], timed: bool) -> tuple[float, str]:
    """The right end of the axis, and a note where single runs lie far beyond it."""
    known = [arm.values[~np.isnan(arm.values)] for arm in found]
    largest = max((float(values.max(initial=0.0)) for values in known), default=0.0)
    end = max((float(np.quantile(values, 0.99)) for values in known if len(values)), default=0.0)
    if timed or largest <= FAR * end or end == 0:
        return 1.02 * largest or 1.0, ""
    far = f"; at most 1 run in 100 lies beyond the axis, the largest at {number(largest)}"
    return 1.02 * end, far


def _curves(axes: Axes, found: Sequence[Arm], end: float, ordered: bool) -> None:
    """Steps of cividis for numbers, Okabe-Ito and dashes for words; a dot marks the median."""
    colours = steps(len(found)) if ordered else OKABE_ITO
    for place, (arm, colour) in enumerate(zip(found, colours)):
        x, y = _steps(arm.values, end)
        look: Any = {"color": colour, "ls": "-" if ordered else DASHES[place], "lw": 2}
        axes.plot(x, y, drawstyle="steps-post", label=_legend(arm), **look)
        if y[-1] >= 50:
            middle = x[np.searchsorted(y, 50)]
            axes.plot(middle, 50, "o", color=colour, ms=6.5, mec="white", zorder=4)
    axes.axhline(50, color=PALE, lw=0.7, ls=":")
    axes.set_xlim(-MARGIN * end, end)
    axes.set_ylim(0, 101)


def _steps(
    values: NDArray[np.float64], end: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Corners of the step curve, in runs of 100, up to a common right end."""
    known = np.sort(values[values <= end])
    share = 100 * np.arange(1, len(known) + 1) / max(len(values), 1)
    last = share[-1] if len(share) else 0.0
    return np.concatenate([[0], known, [end]]), np.concatenate([[0], share, [last]])


def _legend(arm: Arm) -> str:
    if arm.constant:
        return f"{arm.label}: {number(arm.values[0])} in every run"
    middle = np.nan if np.isnan(arm.values).all() else np.nanmedian(arm.values)
    return f"{arm.label}: median {number(float(middle))}"


def _medians(axes: Axes, title: str) -> None:
    """A legend with the medians."""
    place: Any = {"loc": "center left", "bbox_to_anchor": (1.01, 0.5), "title_fontsize": 9}
    axes.legend(frameon=False, title=title, fontsize=9, alignment="left", **place)


def _plateaus(axes: Axes, found: Sequence[Arm]) -> None:
    """Name each curve where it ends, with the share of runs in which it never happened."""
    never = [
        100 * float(np.mean(np.isnan(arm.values))) if len(arm.values) else 100.0 for arm in found
    ]
    ends = np.array([100 - share for share in never])
    places = _apart(ends)
    right: Any = {"xycoords": axes.get_yaxis_transform(), "annotation_clip": False}
    for arm, share, end, place in zip(found, never, ends, places):
        text = f"{arm.label}: not in {share:.0f} of 100"
        line: Any = {"arrowstyle": "-", "color": PALE, "lw": 0.7, "shrinkA": 2, "shrinkB": 0}
        line["relpos"] = (0, 0.5)
        axes.annotate(
            text,
            (1.0, end),
            (1.045, place),
            textcoords=axes.get_yaxis_transform(),
            va="center",
            size=9,
            color=INK,
            arrowprops=line,
            **right,
        )


def _apart(heights: NDArray[np.float64]) -> NDArray[np.float64]:
    """The heights, moved as little as need be to stand apart and stay between 0 and 100."""
    order = np.argsort(heights, kind="stable")
    placed = heights[order].copy()
    for place in range(1, len(placed)):
        placed[place] = max(placed[place], placed[place - 1] + APART)
    placed -= max(0.0, float(np.mean(placed - heights[order]))) if len(placed) else 0.0
    top = 100.0
    for place in reversed(range(len(placed))):
        placed[place] = top = min(placed[place], top)
        top -= APART
    result = np.empty_like(placed)
    result[order] = placed
    return result
