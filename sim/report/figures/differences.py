"""Paired differences: what a value of the main lever changes, run by run with the same luck."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.context import Context
from sim.report.figures.style import INK, OKABE_ITO, PALE, sheet, styled
from sim.report.slices import main_lever, reference, swept, values_of
from sim.report.telling import Telling
from sim.report.wording import held_words, lever_label, lever_words, sentence_case, value_label
from sim.study.declared import Value
from sim.study.estimate import Paired, paired
from sim.study.store import Study

MOST_ROWS = 16


def figures(study: Study, context: Context) -> Iterator[tuple[str, Figure]]:
    """One figure, where the main lever has a few values and there is something to count."""
    lever = main_lever(study.points, context)
    if 1 < study.points[lever].nunique() <= MOST_ROWS and context.headlines():
        if any(compared(study, context)[1].values()):
            yield "differences", differences(study, context)


def compared(study: Study, context: Context) -> tuple[Value, dict[str, list[Paired]]]:
    """The value compared with, and each headline's difference from it at every other value.

    Points at which no run came to an end are left out.
    """
    told = Telling(study.points, context)
    base, _ = told.compared(told.lever)
    held = {name: value for name, value in told.middle.items() if name != told.lever}
    values = [
        value
        for value in values_of(study.points, context, told.lever)
        if value != base and not told.empty({**held, told.lever: value})
    ]
    if told.empty({**held, told.lever: base}):
        values = []
    runs = study.runs_at(held, [told.lever, *context.headlines()])
    return base, {
        name: [paired(runs, told.lever, base, value, name, held) for value in values]
        for name in context.headlines()
    }


@styled
def differences(study: Study, context: Context) -> Figure:
    """A panel for each headline: change in runs of 100, with gains and losses in words."""
    base, found = compared(study, context)
    lever, values = main_lever(study.points, context), reference(study.points, context)
    told = {name: values[name] for name in swept(study.points, context) if name != lever}
    pairs = min(one.n for line in found.values() for one in line)
    start = f"{lever_words(lever)} {value_label(base)}"
    subtitle = f"Change in runs of 100 against {start} {held_words(told)}".strip()
    subtitle += f", in {pairs:,} pairs of runs with the same luck; lines are 95 % sampling "
    subtitle += "intervals; beside them the pairs in which it came about (+) and was spared (–)"
    first = next(iter(found.values()))
    title = f"What {lever_words(lever)} changes, future by future"
    figure = sheet(11.4, 0.9 + 0.4 * len(first), title, subtitle, context)
    panels = figure.subplots(1, len(found), sharey=True, sharex=True, squeeze=False)[0]
    for axes, (name, line) in zip(panels, found.items()):
        _row(axes, line)
        axes.set_title(sentence_case(context.words(name)), size=10)
    panels[0].set_yticks(np.arange(len(first)), [value_label(one.b) for one in first])
    panels[0].set_ylabel(lever_label(lever, context))
    panels[0].set_ylim(len(first) - 0.5, -0.5)
    return figure


def _row(axes: Axes, line: list[Paired]) -> None:
    places = np.arange(len(line))
    middle, low, high = (
        100 * np.array([getattr(one, end) for one in line]) for end in ("mean", "low", "high")
    )
    errors = np.nan_to_num([np.maximum(middle - low, 0), np.maximum(high - middle, 0)])
    axes.axvline(0, color=PALE, lw=1)
    axes.errorbar(middle, places, xerr=errors, fmt="o", color=OKABE_ITO[0], ms=6, elinewidth=2)
    for place, one in zip(places, line):
        axes.annotate(
            f"+{one.up} –{one.down}",
            (high[place], place),
            (5, 0),
            textcoords="offset points",
            va="center",
            size=8.5,
            color=INK,
        )
    axes.margins(x=0.25)
    axes.set_xlabel("change in runs of 100")
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color="#e6e6e6", lw=0.7)
    axes.set_axisbelow(True)
