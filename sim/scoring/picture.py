"""The calibration plot: PIT histogram, reliability of intervals, and every row by series."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray
from scipy.stats import binom

from sim.report.context import Context
from sim.report.figures.style import INK, OKABE_ITO, PALE, sheet, styled

BINS = 10
MOST_LETTERS = 34
BLUE, RED = OKABE_ITO[0], OKABE_ITO[1]
SHARES = np.arange(0.1, 1.0, 0.1)


def shorten(name: str, most: int) -> str:
    """A name cut to so many letters.

    >>> shorten("ladder.ROK.sanctions", 12)
    'ladder.ROK.…'
    """
    return name if len(name) <= most else name[: most - 1] + "…"


@styled
def calibration(scores: pd.DataFrame, context: Context, subtitle: str) -> Figure:
    """Three plots of the PIT of the rows that were not given."""
    fair = scores[~scores["given"].astype(bool)]
    names = sorted(fair["series"].unique(), reverse=True)
    height = 3.0 + 0.24 * len(names)
    figure = sheet(9.0, height + 0.9, "Is the model calibrated?", subtitle, context)
    grid = figure.add_gridspec(2, 2, height_ratios=[2.6, height - 2.2])
    pits = fair["pit"].to_numpy(dtype=float)
    _histogram(figure.add_subplot(grid[0, 0]), pits)
    _reliability(figure.add_subplot(grid[0, 1]), pits)
    _strip(figure.add_subplot(grid[1, :]), fair, names)
    return figure


def _histogram(axes: Axes, pits: NDArray[np.float64]) -> None:
    """Rows in each tenth of the predictive distribution, with the band of a calibrated one."""
    low, high = binom.interval(0.9, len(pits), 1 / BINS)
    axes.axhspan(low, high, color="#DDDDDD", zorder=0)
    axes.axhline(len(pits) / BINS, color=PALE, lw=1)
    axes.hist(pits, bins=BINS, range=(0, 1), color=BLUE, edgecolor="white")
    axes.set(xlim=(0, 1), xlabel="share of members below the report (PIT)", ylabel="rows")
    axes.set_title("Reports by tenth of the forecast", size=10)


def _reliability(axes: Axes, pits: NDArray[np.float64]) -> None:
    """Share of rows inside the central interval of each nominal share."""
    inside = [float(np.mean(np.abs(pits - 0.5) <= share / 2)) for share in SHARES]
    low, high = binom.interval(0.9, len(pits), SHARES)
    axes.fill_between(SHARES, low / len(pits), high / len(pits), color="#DDDDDD", lw=0)
    axes.plot([0, 1], [0, 1], color=PALE, lw=1)
    axes.plot(SHARES, inside, marker="o", color=BLUE)
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="nominal share", ylabel="share of rows inside")
    axes.set_title("Central intervals (grey: chance)", size=10)


def _strip(axes: Axes, fair: pd.DataFrame, names: list[str]) -> None:
    """Each row at its PIT, outside the 90 % interval in the warning colour."""
    axes.axvspan(0.05, 0.95, color="#EEEEEE", zorder=0)
    axes.axvspan(0.25, 0.75, color="#DDDDDD", zorder=0)
    inside = fair["in90"].astype(bool)
    for rows, colour, mark in ((fair[inside], BLUE, "o"), (fair[~inside], RED, "D")):
        places = [names.index(name) for name in rows["series"]]
        axes.scatter(rows["pit"], places, color=colour, marker=mark, s=28, alpha=0.8, zorder=3)
    axes.set(xlim=(-0.02, 1.02), ylim=(-0.7, len(names) - 0.3), xlabel="PIT of each report")
    words = [shorten(name.removeprefix("event."), MOST_LETTERS) for name in names]
    axes.set_yticks(range(len(names)), words, size=8, color=INK)
    axes.set_title("By series; shaded: 50 % and 90 % intervals", size=10)
