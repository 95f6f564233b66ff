"""P(outcome) over two levers: a number and its sampling error in every cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Normalize
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from numpy.typing import NDArray

from sim.report.context import Context
from sim.report.figures.style import INK, PALE, ink_on, sheet, styled
from sim.report.slices import at, reference, swept, values_of
from sim.report.wording import held_words, lever_label, sentence_case, value_label
from sim.study.declared import Value
from sim.study.store import Study

CONTOURS = {0.1: ":", 0.25: "--", 0.5: "-"}
MOST_CELLS = 400


def figures(study: Study, context: Context) -> Iterator[tuple[str, Figure]]:
    """A heat map for each headline probability, where two number levers vary."""
    varied = levers_of(study.points, context)
    if len(varied) < 2:
        return
    across, up = varied
    cells = len(values_of(study.points, context, across))
    if cells * len(values_of(study.points, context, up)) > MOST_CELLS:
        return
    for outcome in context.headlines():
        yield f"heat_{outcome}", heat_map(study.points, context, outcome, across, up)


def levers_of(points: pd.DataFrame, context: Context) -> list[str]:
    """The first two number levers that vary, or fewer where there are no two."""
    return [name for name in swept(points, context) if not context.levers[name].choices][:2]


@styled
def heat_map(points: pd.DataFrame, context: Context, outcome: str, across: str, up: str) -> Figure:
    """Runs in 100 with the outcome, by two levers; lines where the share passes 10, 25, 50."""
    held = {k: v for k, v in reference(points, context).items() if k not in (across, up)}
    varied = {k: v for k, v in held.items() if k in swept(points, context)}
    table = at(points, held)
    columns, rows = values_of(points, context, across), values_of(points, context, up)
    share, half = (
        _grid(table, across, up, columns, rows, column)
        for column in (table[outcome], (table[f"{outcome}_high"] - table[f"{outcome}_low"]) / 2)
    )
    where = f" {held_words(varied)}" if varied else ""
    subtitle = f"{int(table['n'].min()):,} runs a cell{where}; ± half the 95 % sampling interval"
    subtitle += "; colours from 0 to the largest cell"
    low, high = (_grid(table, across, up, columns, rows, table[f"{outcome}_{end}"])
                 for end in ("low", "high"))  # fmt: skip
    doubt = doubtful(share, low, high)
    if any(_passes(share, level) for level in CONTOURS):
        subtitle += "; white lines: where the share passes the level named"
    if doubt.any():
        subtitle += "; ?: the interval holds a named level, so that the cell may be on either side"
    width = max(6.6, 1.9 + 0.86 * len(columns))
    title = f"{sentence_case(context.words(outcome))}: in how many of 100 runs"
    figure = sheet(width, 0.85 + 0.62 * len(rows), title, subtitle, context)
    axes = figure.add_subplot()
    _cells(figure, axes, share, half)
    _borders(axes, share)
    _doubts(axes, doubt, share)
    _name(axes, columns, rows)
    axes.set_xlabel(lever_label(across, context))
    axes.set_ylabel(lever_label(up, context))
    return figure


def _grid(
    table: pd.DataFrame,
    across: str,
    up: str,
    columns: Sequence[Value],
    rows: Sequence[Value],
    column: pd.Series,
) -> NDArray[np.float64]:
    """The column as an array (rows, columns), NaN where no point was run."""
    cells = pd.Series(column.to_numpy(), index=pd.MultiIndex.from_frame(table[[up, across]]))
    whole = pd.MultiIndex.from_product([rows, columns])
    values: NDArray[np.float64] = cells.reindex(whole).to_numpy(dtype=float)
    return values.reshape(len(rows), len(columns))


def _cells(
    figure: Figure, axes: Axes, share: NDArray[np.float64], half: NDArray[np.float64]
) -> None:
    """Coloured cells from 0 to the largest share, with share and sampling error as text."""
    top = max(float(np.nanmax(share, initial=0.0)), 0.05)
    norm, colours = Normalize(0, 100 * top), matplotlib.colormaps["cividis"]
    image = axes.imshow(100 * share, origin="lower", aspect="auto", cmap=colours, norm=norm)
    bar = figure.colorbar(image, ax=axes, pad=0.02, fraction=0.04)
    bar.set_label("runs in 100")
    bar.outline.set_visible(False)
    for (row, column), value in np.ndenumerate(share):
        if np.isnan(value):
            continue
        ink = ink_on(colours(norm(100 * value)))
        digits = 0 if half[row, column] >= 0.01 else 1
        number, error = f"{100 * value:.{digits}f}", f"±{100 * half[row, column]:.{digits}f}"
        look: Any = {"ha": "center", "va": "center", "color": ink, "in_layout": False}
        axes.text(column, row + 0.14, number, size=12, **look)
        axes.text(column, row - 0.24, error, size=8, **look)


def _borders(axes: Axes, share: NDArray[np.float64]) -> None:
    """Steps along the edges of cells where the share passes a round level."""
    drawn = []
    for level, dash in CONTOURS.items():
        above = share >= level
        if not _passes(share, level):
            continue
        for (row, column), is_above in np.ndenumerate(above):
            _edge(axes, above, bool(is_above), row, column, dash)
        name = f"{100 * level:.0f} in 100"
        drawn.append(Line2D([], [], color="white", ls=dash, lw=2.4, label=name))
    if drawn:
        axes.legend(
            handles=drawn,
            loc="lower right",
            bbox_to_anchor=(1, 1),
            ncols=3,
            fontsize=8,
            facecolor="#555555",
            labelcolor="white",
            edgecolor="none",
            handlelength=3,
            title=None,
            borderaxespad=0.3,
        )


def _passes(share: NDArray[np.float64], level: float) -> bool:
    """Whether some cells reach the level and others do not."""
    return bool((share >= level).any()) and not bool((share >= level).all())


def doubtful(
    share: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """The cells whose interval holds a level that is drawn."""
    drawn = [level for level in CONTOURS if _passes(share, level)]
    found = [(low < level) & (level < high) for level in drawn]
    return np.any(found, axis=0) if found else np.zeros(share.shape, dtype=bool)


def _doubts(axes: Axes, doubt: NDArray[np.bool_], share: NDArray[np.float64]) -> None:
    """A question mark in the corner of each doubtful cell."""
    colours, top = matplotlib.colormaps["cividis"], max(float(np.nanmax(share, initial=0.0)), 0.05)
    for row, column in np.argwhere(doubt):
        ink = ink_on(colours(share[row, column] / top))
        place: Any = {"ha": "center", "va": "center", "color": ink, "in_layout": False}
        axes.text(column + 0.37, row + 0.3, "?", size=10, weight="bold", **place)


def _edge(
    axes: Axes, above: NDArray[np.bool_], is_above: bool, row: int, column: int, dash: str
) -> None:
    left, right, low, high = column - 0.5, column + 0.5, row - 0.5, row + 0.5
    if column + 1 < above.shape[1] and above[row, column + 1] != is_above:
        axes.plot([right, right], [low, high], color="white", ls=dash, lw=2.4)
    if row + 1 < above.shape[0] and above[row + 1, column] != is_above:
        axes.plot([left, right], [high, high], color="white", ls=dash, lw=2.4)


def _name(axes: Axes, columns: Sequence[Value], rows: Sequence[Value]) -> None:
    axes.set_xticks(range(len(columns)), [value_label(value) for value in columns])
    axes.set_yticks(range(len(rows)), [value_label(value) for value in rows])
    axes.tick_params(length=0, labelcolor=INK, color=PALE)
    axes.spines[:].set_visible(False)
