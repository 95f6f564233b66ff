"""Ridgelines: the shape of an amount at every value of the main lever, one above the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray
from scipy.stats import gaussian_kde

from sim.report.context import Context
from sim.report.figures.arms import Arm, arms
from sim.report.figures.style import HALO, INK, sheet, steps, styled
from sim.report.wording import held_words, lever_label, number, sentence_case, unit_words
from sim.study.store import Study

OUTCOMES = ("sender_casualties",)
MOST, FEWEST = 10, 2
LEAST_RUNS = 20
HEIGHT = 0.9
PLACES = 120
Floats = NDArray[np.float64]


def figures(study: Study, context: Context) -> Iterator[tuple[str, Figure]]:
    """Ridgelines of casualties, where several values of the lever differ."""
    for outcome in OUTCOMES:
        if context.has(outcome) and len(shown(study, context, outcome)) >= FEWEST:
            yield f"ridges_{outcome}", ridges(study, context, outcome)


def shown(study: Study, context: Context, outcome: str) -> list[Arm]:
    """The arms with a shape to draw."""
    found = arms(study, context, outcome, MOST, 0.05).arms
    return [arm for arm in found if len(np.unique(arm.values[arm.values > 0])) >= LEAST_RUNS]


@styled
def ridges(study: Study, context: Context, outcome: str) -> Figure:
    """A smoothed density of the runs above none a row, all as high; a line marks the median."""
    found, drawn = arms(study, context, outcome, MOST, 0.05), shown(study, context, outcome)
    declared = next(one for one in context.outcomes if one.name == outcome)
    words = sentence_case(context.words(outcome))
    subtitle = f"Smoothed shape of {found.least:,} runs a row {held_words(found.held)}".strip()
    subtitle += ", those with none left out and named at the right; each is drawn as high as the "
    subtitle += (
        "others; a line marks the median of all its runs; beyond the axis lies at most 1 run "
    )
    subtitle += "in 100" + found.notes()
    figure = sheet(8.6, 1.0 + 0.42 * len(drawn), words, subtitle, context)
    axes = figure.add_subplot()
    end = 1.02 * max(float(np.quantile(arm.values, 0.99)) for arm in drawn)
    places = np.linspace(0, end, PLACES)
    for row, (arm, colour) in enumerate(zip(drawn, steps(len(drawn), 0.75))):
        shape = gaussian_kde(arm.values[arm.values > 0])(places)
        _ridge(axes, row, places, HEIGHT * shape / shape.max(), colour)
        _name(axes, row, arm, HEIGHT * shape / shape.max(), places)
    axes.set_yticks(-np.arange(len(drawn)), [arm.label for arm in drawn])
    axes.set_ylabel(lever_label(found.lever, context))
    axes.set_xlabel(f"{words} ({unit_words(declared.unit)})")
    axes.set_xlim(0, end)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_formatter(lambda value, _: number(value))
    return figure


def _ridge(axes: Axes, row: int, places: Floats, shape: Floats, colour: str) -> None:
    axes.fill_between(places, -row, shape - row, color=colour, alpha=0.85, lw=0, zorder=row)
    axes.plot(places, shape - row, color="white", lw=1.2, zorder=row)


def _name(axes: Axes, row: int, arm: Arm, shape: Floats, places: Floats) -> None:
    """The median as a line with its number, and at the right how many runs have none."""
    middle = float(np.median(arm.values))
    height = float(np.interp(middle, places, shape))
    axes.plot([middle, middle], [-row, height - row], color=INK, lw=1.4, zorder=row)
    look: Any = {"textcoords": "offset points", "size": 8.5, "color": INK, "zorder": 100}
    axes.annotate(number(middle), (middle, -row), (4, 3), path_effects=HALO, **look)
    none = 100 * float(np.mean(arm.values == 0))
    axes.annotate(
        f"none in {none:.0f} of 100", (1, -row), (4, 2), xycoords=axes.get_yaxis_transform(), **look
    )
