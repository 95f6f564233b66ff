"""Words beside each figure: alternative text, and its numbers as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.report.context import Context
from sim.report.effects import effects_lines
from sim.report.figures import differences, endings, entries, heatmap, incidence, rows
from sim.report.lines import Lines, tables
from sim.report.sentences import headlines_along, medians
from sim.report.slices import along, at, main_lever, point_at, reference, swept, values_of
from sim.report.telling import Telling
from sim.report.wording import (
    day_words,
    held_words,
    in_100,
    lever_words,
    number,
    sentence_case,
    unit_words,
    value_label,
    whole,
)
from sim.study.estimate import Paired, wilson
from sim.study.store import Study

QUARTER = 91


@dataclass(frozen=True)
class Beside:
    """The alternative text of a figure, and its numbers."""

    alt: str
    table: Lines


Words = Callable[[Study, Context, str], Beside]


def beside(study: Study, context: Context, name: str) -> Beside:
    """What stands beside the figure of this name; the part before the first _ is its kind."""
    kind, _, subject = name.partition("_")
    return WORDS[kind](study, context, subject)


def _where(study: Study, context: Context, *without: str) -> str:
    """The levers that vary and are held in a figure, as half a sentence."""
    values = reference(study.points, context)
    names = [name for name in swept(study.points, context) if name not in without]
    return held_words({name: values[name] for name in names})


def _heat(study: Study, context: Context, outcome: str) -> Beside:
    points = study.points
    across, up = heatmap.levers_of(points, context)
    held = {k: v for k, v in reference(points, context).items() if k not in (across, up)}
    table = at(points, held)
    title = f"{sentence_case(context.words(outcome))}: runs in 100"
    by = f"{lever_words(across)} and {lever_words(up)}"
    ends = [table.loc[table[outcome].fillna(fill).agg(pick)]
            for fill, pick in ((2.0, "idxmin"), (-1.0, "idxmax"))]  # fmt: skip
    low, high = (
        f"{whole(100 * row[outcome])} at {value_label(row[across])} and {value_label(row[up])}"
        for row in ends
    )
    columns = values_of(points, context, across)
    body = [
        [value_label(line), *(_cell(at(table, {across: one, up: line}), outcome)
                              for one in columns)]
        for line in reversed(values_of(points, context, up))
    ]  # fmt: skip
    header = [f"{lever_words(up)} \\ {lever_words(across)}", *map(value_label, columns)]
    return Beside(f"Heat map. {title}, by {by}: from {low} to {high}.", Lines(title, header, body))


def _cell(row: pd.DataFrame, name: str) -> str:
    if row.empty:
        return "–"
    one = row.iloc[0]
    return in_100(one[name], one[f"{name}_low"], one[f"{name}_high"])


def _spread(picture: str) -> Words:
    """Percentiles along the main lever, for pictures of one distribution a value."""

    def words(study: Study, context: Context, outcome: str) -> Beside:
        told = Telling(study.points, context)
        title = f"{picture}: {context.words(outcome)} by {lever_words(told.lever)}"
        timed = f"{outcome}_never" in study.points
        header = [lever_words(told.lever), "runs", "P10", "median", "P90"]
        body = [
            [
                value_label(row[told.lever]),
                f"{int(row['n']):,}",
                *(whole(row[f"{outcome}_{part}"]) for part in ("p10", "p50", "p90")),
                *([f"{100 * row[f'{outcome}_never']:.0f}"] if timed else []),
            ]
            for _, row in told.line(told.lever).iterrows()
        ]
        header += ["never, in 100"] if timed else []
        return Beside(f"{picture}. {medians(told, outcome)}", Lines(title, header, body))

    return words


def _fan(study: Study, context: Context, series: str) -> Beside:
    point = point_at(study.points, reference(study.points, context))
    bands = study.bands[(study.bands["series"] == series) & (study.bands["point"] == point)]
    last = bands.iloc[-1]
    where, words = _where(study, context), context.words(series)
    unit = next(unit_words(one.unit) for one in context.series if one.name == series)
    q05, q25, q50, q75, q95 = (whole(last[name]) for name in ("q05", "q25", "q50", "q75", "q95"))
    alt = (
        f"Fan chart of {words}, week by week {where}: on {day_words(last['date'])} the median is "
        f"{q50} {unit}, half of the runs lie between {q25} and {q75}, 90 of 100 between {q05} "
        f"and {q95}."
    )
    kept = bands[bands["day"] % QUARTER == 0]
    body = [
        [day_words(row["date"]), *(whole(row[q]) for q in ("q05", "q25", "q50", "q75", "q95"))]
        for row in kept.to_dict("records")
    ]
    header = ["day", "P5", "P25", "median", "P75", "P95"]
    return Beside(alt, Lines(f"{sentence_case(words)} ({unit})", header, body))


def _ladder(study: Study, context: Context, _: str) -> Beside:
    point = point_at(study.points, reference(study.points, context))
    shares = study.shares[study.shares["point"] == point]
    kept = shares[(shares["day"] % (2 * QUARTER) == 0) | (shares["day"] == shares["day"].max())]
    groups = kept.groupby(["series", "day"], sort=False)
    body = [
        [sentence_case(context.words(str(series))), day_words(rows["date"].iloc[0]), _rungs(rows)]
        for (series, _), rows in groups
        if str(series) in {one.name for one in context.series}
    ]
    ends = [f"{row[0]}: {row[2]}" for row in body if row[1] == body[-1][1]]
    alt = (
        f"Stacked shares of runs on each rung of each ladder, week by week "
        f"{_where(study, context)}. On {body[-1][1]}: {'; '.join(ends)} (runs in 100)."
    )
    return Beside(alt, Lines("Escalation ladders", ["ladder", "day", "runs in 100"], body))


def _rungs(rows: pd.DataFrame) -> str:
    """The rungs that occur, with their shares."""
    occur = rows[rows["share"] > 0]
    return ", ".join(f"{row.label} {100 * row.share:.0f}" for row in occur.itertuples())


def _endings(study: Study, context: Context, _: str) -> Beside:
    lever = main_lever(study.points, context)
    held = {k: v for k, v in reference(study.points, context).items() if k != lever}
    runs = study.runs_at(held, [lever, *endings.NEEDED])
    body, first = [], ""
    for value in values_of(study.points, context, lever):
        shares, _days = endings.modes(at(runs, {lever: value}))
        body.append([value_label(value), *(f"{100 * share:.0f}" for share in shares)])
        told = [f"{mode} {cell}" for mode, cell in zip(endings.MODES, body[-1][1:])]
        if value == reference(study.points, context)[lever]:
            first = f"at {value_label(value)}: {', '.join(told)}"
    alt = f"Bars of how the fighting ended, in runs of 100, by {lever_words(lever)}; {first}."
    return Beside(alt, Lines("How the fighting ended", [lever_words(lever), *endings.MODES], body))


def _incidence(study: Study, context: Context, _: str) -> Beside:
    lever, arms = main_lever(study.points, context), incidence.shown(study, context)
    days = np.append(np.arange(0, incidence.horizon(arms), QUARTER), incidence.horizon(arms))
    body, ends = [], []
    for value, runs in arms:
        shares = 100 * incidence.ended_by(runs, days)
        where = f"{lever_words(lever)} {value_label(value)}"
        for day, line in zip(days, shares.T):
            body.append([where, f"{day:.0f}", *(f"{share:.0f}" for share in line)])
        told = [f"{mode} {cell}" for mode, cell in zip(endings.MODES, body[-1][2:])]
        ends.append(f"at {where} {', '.join(told)}")
    alt = (
        f"Stacked shares of runs by how they ended, over the days; on the last: {'; '.join(ends)}."
    )
    header = [lever_words(lever), "by day", *endings.MODES[:-1]]
    return Beside(alt, Lines("When and how the fighting ended, runs in 100", header, body))


def _differences(study: Study, context: Context, _: str) -> Beside:
    base, found = differences.compared(study, context)
    lever = lever_words(main_lever(study.points, context))
    body = [
        [value_label(line[0].b), *(_change(one) for one in line)] for line in zip(*found.values())
    ]
    told = ", ".join(f"{context.words(name)} {cell}" for name, cell in zip(found, body[-1][1:]))
    alt = (
        f"Paired differences against {lever} {value_label(base)}, in runs of 100, with the pairs "
        f"in which it came about (+) and was spared (-): at {body[-1][0]} {told}."
    )
    title = f"What {lever} changes against {value_label(base)}, in runs of 100"
    return Beside(alt, Lines(title, [lever, *map(context.words, found)], body))


def _change(one: Paired) -> str:
    mean, low, high = (f"{100 * value:+.1f}" for value in (one.mean, one.low, one.high))
    return f"{mean} ({low} to {high}), +{one.up} -{one.down}"


def _sequences(study: Study, context: Context, _: str) -> Beside:
    same = _ladder(study, context, _)
    alt = (
        f"Single runs as coloured rows, one for each week's rung, sorted by the last "
        f"{_where(study, context)}. " + same.alt.partition(". ")[2]
    )
    return Beside(alt, same.table)


def _compliance(study: Study, context: Context, _: str) -> Beside:
    lever = main_lever(study.points, context)
    names = [name for name in rows.LEDGER if context.has(name)]
    line = along(study.points, context, lever)
    body = [
        [value_label(row[lever]), *(_mean(row, name) for name in names)]
        for _, row in line.iterrows()
    ]
    title = "What became of obligations, mean number a run"
    header = [lever_words(lever), *map(context.words, names)]
    held = reference(study.points, context)[lever]
    middle = next(row for row in body if row[0] == value_label(held))
    told = ", ".join(f"{name} {cell}" for name, cell in zip(header[1:], middle[1:]))
    alt = f"Bars. {title}, by {lever_words(lever)}; at {middle[0]}: {told}."
    return Beside(alt, Lines(title, header, body))


def _mean(row: pd.Series, name: str) -> str:
    mean, low, high = (number(row[f"{name}{end}"]) for end in ("", "_low", "_high"))
    return f"{mean} ({low}–{high})"


def _by(study: Study, context: Context, lever: str) -> Beside:
    name = next(one for one in context.levers if one.replace(".", "_") == lever)
    told = Telling(study.points, context)
    body = [
        [value_label(row[name]), *(in_100(row[one], row[f"{one}_low"], row[f"{one}_high"])
                                   for one in context.headlines())]
        for _, row in told.line(name).iterrows()
    ]  # fmt: skip
    header = [lever_words(name), *map(context.words, context.headlines())]
    title = f"What changes with {lever_words(name)}: runs in 100"
    return Beside(f"Dots with intervals. {headlines_along(told, name)}", Lines(title, header, body))


def _entries(study: Study, context: Context, _: str) -> Beside:
    found, runs = entries.entered(study, context), int(study.events["replicate"].nunique())
    counts = found["actor"].value_counts()
    counts = counts[counts > 0]
    body = []
    for name, count in counts.items():
        share = in_100(count / runs, *(float(end) for end in wilson(count, runs)))
        body.append([str(name), share, whole(found.loc[found["actor"] == name, "day"].median())])
    told = "; ".join(f"{row[0]} {row[1]}" for row in body[:5])
    alt = (
        f"Who was drawn into war, in runs of 100, {_where(study, context)}".strip(", ")
        + f": {told}."
    )
    header = ["state", "runs in 100", "median day of entry"]
    return Beside(alt, Lines("Who was drawn into war", header, body))


def _scatter(study: Study, context: Context, outcome: str) -> Beside:
    lever = lever_words(main_lever(study.points, context))
    alt = f"A dot for each point with its interval: {context.words(outcome)} by {lever}."
    return Beside(alt, next(tables(study.points, context)))


def _effects(study: Study, context: Context, _: str) -> Beside:
    lines = next(effects_lines(study, context))
    return Beside(
        f"{lines.title}; largest first: {', '.join(row[0] for row in lines.rows)}.", lines
    )


WORDS: dict[str, Words] = {
    "heat": _heat,
    "ecdf": _spread("Cumulative shares of runs"),
    "dots": _spread("Fifty dots for each value"),
    "endings": _endings,
    "fan": _fan,
    "ladder": _ladder,
    "compliance": _compliance,
    "by": _by,
    "entries": _entries,
    "incidence": _incidence,
    "differences": _differences,
    "sequences": _sequences,
    "ridges": _spread("Ridgelines"),
    "scatter": _scatter,
    "effects": _effects,
}
