"""Fan charts: how a weekly series spreads over the runs, against the public record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from sim.report.context import Context
from sim.report.figures.record import record_points
from sim.report.figures.style import INK, OKABE_ITO, cutoff_words, dates, sheet, styled
from sim.report.slices import point_at, reference, swept
from sim.report.wording import held_words, number, sentence_case, unit_words
from sim.study.store import Study

SERIES = ("sender_casualties", "area_held")
BANDS = (("q05", "q95", "#C9D3E0", "90 in 100 runs"), ("q25", "q75", "#8FA5C2", "50 in 100 runs"))
MEDIAN = "#1F3A5F"
MARKERS = "osD^vPX"
MARGIN = pd.Timedelta(days=21)
MOST_PATHS = 8
PATH = "#B3541E"


def figures(study: Study, context: Context) -> Iterator[tuple[str, Figure]]:
    """A fan chart for each series that was sampled, at the reference point."""
    point = point_at(study.points, reference(study.points, context))
    sampled = study.bands[(study.bands["point"] == point) & (study.bands["n"] > 0)]
    for series in SERIES:
        declared = any(one.name == series for one in context.series)
        if declared and (sampled["series"] == series).any():
            yield f"fan_{series}", fan(study, context, series)


@styled
def fan(study: Study, context: Context, series: str) -> Figure:
    """The whole horizon on the left; on the right the months that the record covers."""
    values = reference(study.points, context)
    point = point_at(study.points, values)
    bands = study.bands[(study.bands["series"] == series) & (study.bands["point"] == point)]
    points = record_points(context, series)
    points = points[points["date"] <= bands["date"].max()]
    told = {name: values[name] for name in swept(study.points, context)}
    subtitle = f"{int(bands['n'].max()):,} runs {held_words(told)}".strip()
    subtitle += "; bands hold so many of them on each day"
    paths = real_paths(study, point, series)
    subtitle += f"; thin lines: the first {paths.shape[1]} runs" if paths.shape[1] else ""
    if len(points):
        subtitle += f"; markers: reports to {cutoff_words(context)}, bars: from low to high"
    title = sentence_case(context.words(series))
    figure = sheet(12.0, 3.9, title, subtitle, context)
    panels = figure.subplots(1, 1 if points.empty else 2, squeeze=False)[0]
    for axes in panels:
        _bands(axes, bands)
        _paths(axes, paths)
        dates(axes, context)
        axes.yaxis.set_major_formatter(lambda value, _: number(value))
    declared = next(one for one in context.series if one.name == series)
    panels[0].set_ylabel(f"{title} ({unit_words(declared.unit)})")
    if len(panels) > 1:
        panels[0].set_title("Whole horizon")
        _record(panels[1], points)
        _zoom(panels[1], bands, points, pd.Timestamp(context.cutoff))
    _legend(panels[-1])
    return figure


def real_paths(study: Study, point: int, series: str) -> pd.DataFrame:
    """The series of the first runs of a point, a column each, by date, whatever they look like."""
    kept = study.paths[study.paths["point"] == point]
    first = sorted(kept["replicate"].unique())[:MOST_PATHS]
    return kept[kept["replicate"].isin(first)].pivot(
        index="date", columns="replicate", values=series
    )


def _paths(axes: Axes, paths: pd.DataFrame) -> None:
    for place, run in enumerate(paths):
        label = "single runs" if place == 0 else None
        axes.plot(
            paths.index.to_numpy(), paths[run].to_numpy(), color=PATH, lw=0.8, alpha=0.75,
            label=label,
        )  # fmt: skip


def _bands(axes: Axes, bands: pd.DataFrame) -> None:
    when = bands["date"].to_numpy()
    for low, high, colour, label in BANDS:
        edges = bands[low].to_numpy(), bands[high].to_numpy()
        axes.fill_between(when, *edges, color=colour, lw=0, label=label)
    axes.plot(when, bands["q50"].to_numpy(), color=MEDIAN, lw=2, label="median of the runs")
    axes.set_xlim(when[0], when[-1])
    axes.set_ylim(0)


def _record(axes: Axes, points: pd.DataFrame) -> None:
    """Each report as a marker with its low–high bar, colour and shape by who reported it."""
    for place, (name, rows) in enumerate(points.groupby("reporter", sort=False)):
        errors = [rows["central"] - rows["low"], rows["high"] - rows["central"]]
        axes.errorbar(
            rows["date"],
            rows["central"],
            yerr=errors,
            fmt=MARKERS[place % len(MARKERS)],
            color=OKABE_ITO[(place + 1) % len(OKABE_ITO)],
            mec=INK,
            mew=0.6,
            ms=6.5,
            elinewidth=1.6,
            capsize=3,
            zorder=5,
            clip_on=False,
            label=str(name),
        )


def _zoom(axes: Axes, bands: pd.DataFrame, points: pd.DataFrame, cutoff: pd.Timestamp) -> None:
    """Show the months of the record alone, with room for the note at its end."""
    first, last = points["date"].min() - MARGIN, max(points["date"].max(), cutoff)
    last += (last - first) / 4
    inside = bands[(bands["date"] >= first) & (bands["date"] <= last)]
    axes.set_xlim(first, last)
    axes.set_ylim(0, 1.15 * max(inside["q95"].max(), points["high"].max()))
    axes.set_title("Against the public record")


def _legend(axes: Axes) -> None:
    place: Any = {"loc": "center left", "bbox_to_anchor": (1.01, 0.5)}
    axes.legend(frameon=False, fontsize=8.5, labelcolor=INK, **place)
