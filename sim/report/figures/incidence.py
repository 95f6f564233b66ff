"""When the fighting ended, and how: competing ends over the days, with those that never come."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from sim.report.context import Context
from sim.report.figures.endings import COLOURS, MODES, NEEDED, PEACE, RESTORED, kinds
from sim.report.figures.style import INK, sheet, styled
from sim.report.slices import at, main_lever, reference, spread, swept, values_of
from sim.report.wording import held_words, lever_words, value_label
from sim.study.declared import Value
from sim.study.store import Study

MOST, PLACES = 3, 120
LABELS = (*MODES[:-1], "still fighting")
Floats = NDArray[np.float64]


def figures(study: Study, context: Context) -> Iterator[tuple[str, Figure]]:
    """One figure, where a line can be restored and a war can end."""
    if all(context.has(name) for name in NEEDED):
        yield "incidence", incidence(study, context)


def shown(study: Study, context: Context) -> list[tuple[Value, pd.DataFrame]]:
    """Up to three values of the main lever with their runs, the other levers held."""
    lever, held = main_lever(study.points, context), reference(study.points, context)
    others = {name: value for name, value in held.items() if name != lever}
    runs = study.runs_at(others, [lever, *NEEDED])
    chosen = spread(values_of(study.points, context, lever), MOST, held[lever])
    return [(value, at(runs, {lever: value})) for value in chosen]


def ended_by(runs: pd.DataFrame, days: Floats) -> Floats:
    """Shares of runs that have ended by each day, by mode (modes but the last, days).

    Every run is seen to the horizon, so that these shares are the cumulative incidence itself
    (Aalen and Johansen 1978) and nothing has to be corrected for runs lost from sight.
    """
    if runs.empty:
        return np.zeros((len(MODES) - 1, len(days)))
    ends = (runs[RESTORED], runs[PEACE], runs[PEACE])
    return np.stack(
        [
            (end.where(kind).to_numpy(dtype=float)[:, None] <= days).mean(axis=0)
            for kind, end in zip(kinds(runs), ends)
        ]
    )


def horizon(arms: list[tuple[Value, pd.DataFrame]]) -> float:
    """The last day on which anything ended, at least one."""
    return max(
        [1.0, *(float(runs[[RESTORED, PEACE]].max().max()) for _, runs in arms if len(runs))]
    )


@styled
def incidence(study: Study, context: Context) -> Figure:
    """A panel for each value: stacked shares by mode over the days, what is left still fighting."""
    arms, lever = shown(study, context), main_lever(study.points, context)
    values = reference(study.points, context)
    told = {name: values[name] for name in swept(study.points, context) if name != lever}
    least = min(len(runs) for _, runs in arms)
    subtitle = f"Runs in 100 by how they have ended up to each day, {held_words(told)}".strip(", ")
    subtitle += f"; {least:,} runs a panel; grey: still fighting"
    figure = sheet(11.4, 3.1, "When and how the fighting ended", subtitle, context)
    panels = figure.subplots(1, len(arms), sharey=True, squeeze=False)[0]
    days = np.linspace(0, horizon(arms), PLACES)
    for axes, (value, runs) in zip(panels, arms):
        _stack(axes, ended_by(runs, days), days)
        axes.set_title(f"{lever_words(lever)} {value_label(value)}")
    panels[0].set_ylabel("runs in 100")
    panels[len(panels) // 2].set_xlabel("days from the opening of the front")
    _legend(panels[-1])
    return figure


def _stack(axes: Axes, shares: Floats, days: Floats) -> None:
    layers = [*(100 * shares), 100 * (1 - shares.sum(axis=0))]
    axes.stackplot(days, layers, colors=COLOURS, labels=LABELS, lw=0)
    axes.set_xlim(0, days[-1])
    axes.set_ylim(0, 100)


def _legend(axes: Axes) -> None:
    handles, names = axes.get_legend_handles_labels()
    axes.legend(
        handles[::-1],
        names[::-1],
        frameon=False,
        fontsize=9,
        labelcolor=INK,
        loc="center left",
        bbox_to_anchor=(1.01, 0.5),
    )
