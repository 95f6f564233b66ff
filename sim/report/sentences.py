"""Sentences about what a study found, each made from its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import pandas as pd

from sim.report import rare
from sim.report.context import failed_words
from sim.report.telling import Telling
from sim.report.wording import lever_words, listed, number, value_label, whole
from sim.study.declared import Value
from sim.study.estimate import Paired, paired
from sim.study.store import Study

NEVER = "never within the horizon"
FATES = {"met": "met in time", "late": "late", "partial": "in part", "refused": "refused"}
UNSETTLED = 0.05
MOST = 6
"""Values that are told one by one; of more, those alike together, and of ledgers two."""
UNIT = "; the figures are runs in 100."

Text = Callable[[pd.Series], str]


def runs_made(told: Telling) -> str:
    """How much was run, and where the levers stand."""
    failed, n = int(told.points["failed"].sum()), len(told.points)
    held = [name for name in told.middle if name != told.lever]
    others = f"unless said otherwise {told.place(held)} hold, and " if held else ""
    lost = failed_words(failed, told.context.runs) or "none failed"
    return (
        f"{told.context.runs:,} runs at {n} {'point' if n == 1 else 'points'} were made and "
        f"{lost}; {others}brackets after runs in 100 give the 95 % sampling "
        "interval."
    )


def headlines_along(told: Telling, lever: str) -> str:
    """All headline probabilities along one of several levers."""
    parts = [_probability(told, lever, name) for name in told.context.headlines()]
    return f"{_along(told, lever)}, {listed(parts)}{UNIT}"


def headline(told: Telling, name: str) -> str:
    """One headline probability along the only lever."""
    return f"{_along(told, told.lever)}, {_probability(told, told.lever, name)}{UNIT}"


def where_largest(told: Telling, name: str) -> str:
    """The point at which a probability is largest."""
    worst = told.points.loc[told.points[name].fillna(-1.0).idxmax()]
    place = [f"{lever_words(one)} {value_label(worst[one])}" for one in told.varied]
    return (
        f"Of all points P({told.context.words(name)}) is largest at {listed(place)}, with "
        f"{_share(name)(worst)}{UNIT}"
    )


def pairs(told: Telling, study: Study) -> str:
    """The change of each headline between two values, replicate by replicate."""
    lever = told.lever
    a, b = told.compared(lever)
    if a == b:
        return f"Only one value of {lever_words(lever)} was run, so nothing is compared in pairs."
    held = {name: value for name, value in told.middle.items() if name != lever}
    if any(told.empty({**held, lever: value}) for value in (a, b)):
        return "The runs to compare in pairs failed."
    names = told.context.headlines()
    runs = pd.concat([study.runs_at({**held, lever: value}, names) for value in (a, b)])
    found = [paired(runs, lever, a, b, name, held) for name in names]
    parts = [f"{told.context.words(one.outcome)} by {_change(one)}" for one in found]
    return (
        f"In pairs of runs with the same luck, {lever_words(lever)} {value_label(b)} instead of "
        f"{value_label(a)} changes the runs in 100 with {listed(parts)}."
    )


def medians(told: Telling, name: str) -> str:
    """Median, P10 and P90 of an amount or a time along the lever."""
    course = _course(told, told.lever, _spread(name))
    text = f"{_along(told, told.lever)}, the median of {told.context.words(name)} {course}"
    if f"{name}_never" in told.points:
        never = _course(told, told.lever, lambda row: f"{whole(100 * row[f'{name}_never'])} in 100")
        text += f"; the share of runs in which that day does not come {never}"
    return text + "."


def ledger(told: Telling) -> str:
    """What became of obligations, at the reference of a number lever or at each word."""
    line, start = told.line(told.lever), f"By {lever_words(told.lever)}"
    fates = _alike([_fates(row) for _, row in line.iterrows()], line[told.lever])
    told_of = fates if len(fates) <= MOST else [fates[0], fates[-1]]
    parts = [f"at {where} {one}" for one, where in told_of]
    if told.ordered(told.lever):
        middle = line[line[told.lever] == told.middle[told.lever]].iloc[0]
        start, parts = f"At {told.place([told.lever])}", [_fates(middle)]
    return (
        f"{start}, a run holds on average {'; '.join(parts)}; acts of voluntary aid are those "
        "that came before the treaty bound."
    )


def what_it_is_not() -> str:
    """What the figures cannot say."""
    return (
        "The intervals are sampling error only, the spread from P10 to P90 holds chance and "
        "unknown parameters together, and neither says how wrong the model may be."
    )


def _along(told: Telling, lever: str) -> str:
    """The start of a sentence about a lever, with the place of the others that vary."""
    line, others = told.line(lever), [name for name in told.varied if name != lever]
    where = f" (at {told.place(others)})" if others else ""
    if len(line) < 2 or not told.ordered(lever):
        return f"By {lever_words(lever)}{where}"
    first, last = (value_label(line[lever].iloc[place]) for place in (0, -1))
    return f"As {lever_words(lever)} goes from {first} to {last}{where}"


def _course(told: Telling, lever: str, text: Text) -> str:
    """How something runs along a lever: from end to end of numbers, at each of the words."""
    line = told.line(lever)
    texts = [text(row) for _, row in line.iterrows()]
    if len(texts) < 2 or not told.ordered(lever):
        return "is " + listed([f"{one} at {where}" for one, where in _alike(texts, line[lever])])
    low, high = texts[0], texts[-1]
    return f"stays at {low}" if low == high else f"goes from {low} to {high}"


def _alike(texts: Sequence[str], values: Iterable[Value]) -> list[tuple[str, str]]:
    """Each text with the value at which it holds; of many values each text once, with all."""
    if len(texts) <= MOST:
        return [(text, value_label(value)) for text, value in zip(texts, values)]
    found: dict[str, list[str]] = {}
    for text, value in zip(texts, values):
        found.setdefault(text, []).append(value_label(value))
    if len(found) == 1:
        return [(texts[0], f"all {len(texts)} values")]
    return [(text, listed(where)) for text, where in found.items()]


def _probability(told: Telling, lever: str, name: str) -> str:
    return f"P({told.context.words(name)}) {_course(told, lever, _share(name))}"


def _share(name: str) -> Text:
    return lambda row: rare.words(row[name], row[f"{name}_low"], row[f"{name}_high"], row["n"])


def _spread(name: str) -> Text:
    """Median and P10–P90 of a point; a time that lies beyond the horizon never comes."""

    def text(row: pd.Series) -> str:
        timed = f"{name}_never" in row.index and row["n"] > 0
        p10, p50, p90 = (
            NEVER if timed and pd.isna(row[f"{name}_{p}"]) else whole(row[f"{name}_{p}"])
            for p in ("p10", "p50", "p90")
        )
        return f"{p50} (P10–P90 {p10} to {p90})"

    return text


def _change(one: Paired) -> str:
    low, mean, high = (f"{100 * value:+.1f}" for value in (one.low, one.mean, one.high))
    return f"{mean} ({low} to {high}; gained in {one.up} and lost in {one.down} of {one.n:,} pairs)"


def _fates(row: pd.Series) -> str:
    """Obligations called and what became of them, and the aid beside them."""
    fates = {words: row[f"obligations_{name}"] for name, words in FATES.items()}
    rest = row["obligations_called"] - sum(fates.values())
    if rest >= UNSETTLED:
        fates["unsettled by the end"] = rest
    counts = [f"{number(round(value, 2))} {words}" for words, value in fates.items()]
    return (
        f"{number(round(row['obligations_called'], 2))} obligations called ({', '.join(counts)}) "
        f"and {number(round(row['voluntary_aid'], 2))} acts of voluntary aid"
    )
