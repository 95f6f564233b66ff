"""The tables of headline estimates, as words: one for each lever that varies."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from sim.report import rare, scattered, slices
from sim.report.context import Context
from sim.report.slices import along, main_lever, reference, swept
from sim.report.wording import held_words, lever_words, value_label, whole
from sim.study.estimate import wilson

CASUALTIES, RESTORED = "sender_casualties", "days_to_restore"
BELLIGERENTS = "belligerents"
READING = (
    "reading: each line is one point of the design; probabilities are runs in 100, in brackets "
    "the 95 % sampling interval only; where fewer than 5 runs had an outcome, or had it not, the "
    "bounds are exact. Spread (P10–P90) is the spread of futures in the model. "
    "Neither says how wrong the model may be."
)


@dataclass(frozen=True)
class Lines:
    """A table in words: its title, its header, its rows, and notes under it."""

    title: str
    header: list[str]
    rows: list[list[str]]
    notes: tuple[str, ...] = ()


def tables(points: pd.DataFrame, context: Context) -> Iterator[Lines]:
    """A table along each lever that varies, the other levers held at the reference.

    Of points that are no grid, one table of some of them.
    """
    if slices.scattered(points, context):
        yield _points(points, context)
        return
    varied = swept(points, context)
    for lever in varied or [main_lever(points, context)]:
        held = {k: v for k, v in reference(points, context).items() if k in varied and k != lever}
        line = along(points, context, lever)
        title = f"By {lever_words(lever)} {held_words(held)}".strip()
        runs = f"{int(line['n'].min()):,} runs a line"
        table = Lines(
            f"{title} ({runs})",
            _header(lever, context),
            _rows(line, lever, context),
            _rare(line, lever, context),
        )
        yield with_failed(table, line)


def with_failed(lines: Lines, points: pd.DataFrame) -> Lines:
    """The table with the failed share of each line, where any run of it failed."""
    failed, runs = points["failed"], points["failed"] + points["n"]
    if not failed.any():
        return lines
    words = [f"{f:,} of {n:,} ({100 * f / n:.3g} %)" for f, n in zip(failed, runs)]
    rows = [[*row, told] for row, told in zip(lines.rows, words)]
    return replace(lines, header=[*lines.header, "runs that failed, in no share"], rows=rows)


def _points(points: pd.DataFrame, context: Context) -> Lines:
    """Some points of a design that is no grid."""
    lever, more = main_lever(points, context), scattered.others(points, context)
    line = scattered.shown(points, context)
    title = f"{len(line)} of {len(points):,} points, by {lever_words(lever)}"
    runs = f"{int(line['n'].min()):,} runs a line; all: summary.csv"
    first, *header = _header(lever, context)
    rows = [
        [row[0], *scattered.cells(point, more), *row[1:]]
        for point, row in zip(line.to_dict("records"), _rows(line, lever, context), strict=True)
    ]
    table = Lines(
        f"{title} ({runs})",
        [first, *map(lever_words, more), *header],
        rows,
        _rare(line, lever, context),
    )
    return with_failed(table, line)


def _rare(line: pd.DataFrame, lever: str, context: Context) -> tuple[str, ...]:
    """What is still possible of headlines that are rare."""
    found = ((name, rare.told(line, name, lever)) for name in context.headlines())
    return tuple(f"rare: {context.words(name)} {text}" for name, text in found if text)


def _header(lever: str, context: Context) -> list[str]:
    header = [lever_words(lever)]
    header += [f"{context.words(name)} in 100" for name in context.headlines()]
    if context.has(CASUALTIES):
        header.append(f"{context.words(CASUALTIES)}, median (P10–P90)")
    elif context.has(BELLIGERENTS):
        header.append(f"{context.words(BELLIGERENTS)}, median (P10–P90)")
    if context.has(RESTORED):
        header.append("border restored within the horizon in 100")
    return header


def _rows(line: pd.DataFrame, lever: str, context: Context) -> list[list[str]]:
    rows = []
    for point in line.to_dict("records"):
        row = [value_label(point[lever])]
        for name in context.headlines():
            ends = point[f"{name}_low"], point[f"{name}_high"]
            row.append(rare.cell(point[name], *ends, point["n"]))
        amount = next((name for name in (CASUALTIES, BELLIGERENTS) if context.has(name)), None)
        if amount is not None:
            middle, low, high = (whole(point[f"{amount}_p{p}"]) for p in (50, 10, 90))
            row.append(f"{middle} ({low}–{high})")
        if context.has(RESTORED):
            share = 1 - point[f"{RESTORED}_never"]
            low_share, high_share = wilson(share * point["n"], point["n"])
            row.append(rare.cell(share, float(low_share), float(high_share), point["n"]))
        rows.append(row)
    return rows
