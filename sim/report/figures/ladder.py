"""Escalation ladders: the share of runs on each rung, week by week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.context import Context
from sim.report.figures.style import beside, cutoff_words, dates, sheet, steps, styled
from sim.report.slices import point_at, reference, swept
from sim.report.wording import held_words, sentence_case
from sim.study.store import Study

RARE = 1.0


def figures(study: Study, context: Context) -> Iterator[tuple[str, Figure]]:
    """One figure with a panel for each ladder that was sampled, at the reference point.

    None where only the gravest dispute is measured: a case that begins with a war has no other.
    """
    names = [one.name for one in context.series if one.labels]
    if len(names) > 1 and len(study.shares):
        yield "ladder", ladder(study, context, names)


@styled
def ladder(study: Study, context: Context, names: Sequence[str]) -> Figure:
    """Stacked shares of runs on each rung, the gravest on top."""
    values = reference(study.points, context)
    point = point_at(study.points, values)
    shares = study.shares[study.shares["point"] == point]
    told = {name: values[name] for name in swept(study.points, context)}
    subtitle = f"Of {int(shares['n'].max()):,} runs {held_words(told)}".strip()
    subtitle += (
        ", how many in 100 stand on each rung that occurs; "
        f"dashed: record ends {cutoff_words(context)}"
    )
    rows = -(-len(names) // 2)
    figure = sheet(12.4, 2.8 * rows, "Escalation ladders", subtitle, context)
    panels = figure.subplots(rows, 2, squeeze=False).ravel()
    for axes, name in zip(panels, names):
        _stack(axes, shares[shares["series"] == name])
        dates(axes, context, on_colour=True)
        axes.set_title(sentence_case(context.words(name)))
        axes.set_ylabel("runs in 100")
    for axes in panels[len(names) :]:
        axes.set_axis_off()
    return figure


def _stack(axes: Axes, shares: pd.DataFrame) -> None:
    """Layers for the rungs that occur in any week, in steps of cividis over just those."""
    table = 100 * shares.pivot(index="date", columns="rung", values="share")
    labels = shares.drop_duplicates("rung").set_index("rung")["label"]
    occur = [rung for rung in table if table[rung].max() > 0]
    layers = [table[rung].to_numpy() for rung in occur]
    names = [_label(str(labels[rung]), float(table[rung].max())) for rung in occur]
    if layers:
        colours = steps(len(occur), 1.0)
        axes.stackplot(table.index.to_numpy(), *layers, colors=colours, labels=names, lw=0)
    axes.set_xlim(table.index[0], table.index[-1])
    axes.set_ylim(0, 100)
    beside(axes, axes.get_legend_handles_labels()[0])


def _label(name: str, most: float) -> str:
    """The rung's name, and whether it is too rare to be seen."""
    return name if most >= RARE else f"{name} (<1)"
