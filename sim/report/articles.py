"""What each article of a treaty does: the whole treaty against it with one article left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.report.context import Context
from sim.report.lines import BELLIGERENTS, CASUALTIES, RESTORED, Lines
from sim.report.slices import reference, values_of
from sim.report.wording import number, unit_words
from sim.study.estimate import Paired, paired
from sim.study.store import Study

NONE, ALL = "none", "all"
AMOUNTS = (CASUALTIES, BELLIGERENTS, "technology_gain", "net_transfer")
PATH = re.compile(r"treaties\.([^.]+)\.articles")
READING = (
    "Each cell is the outcome under the whole treaty less that without the article, in pairs of "
    "runs with the same luck: the mean difference and its 95 % interval. Bold: the interval "
    "leaves out no difference; of many intervals one in twenty does so by chance."
)


@dataclass(frozen=True)
class Column:
    """An outcome as it is attributed: a share in runs of 100 (of a time: that it comes), or a mean.

    scale: 100 for shares.
    """

    outcome: str
    header: str
    scale: float


def left_out(study: Study) -> tuple[str, str]:
    """The lever that leaves out articles and its treaty, where it varies; else empty words."""
    levers = study.config.get("scenario", {}).get("levers", {})
    for name, lever in levers.items():
        found = PATH.fullmatch(str(lever.get("path")))
        if found and name in study.points and {NONE} < set(study.points[name]):
            return name, found[1]
    return "", ""


def tables(study: Study, context: Context) -> Iterator[Lines]:
    """A row for each article left out and for no treaty, a column for each headline outcome."""
    lever, treaty = left_out(study)
    if not lever:
        return
    articles = study.config["scenario"]["treaties"][treaty]["articles"]
    columns, runs = list(columns_of(context)), shared_runs(study, context, lever)
    words = [w for w in values_of(study.points, context, lever) if w != NONE]
    rows = []
    for word in sorted(map(str, words), key=lambda word: word == ALL):
        title = "the whole treaty" if word == ALL else articles[word]["title"]
        cells = [told(effect(runs, lever, word, column), column) for column in columns]
        rows.append([f"{word}: {title}", *cells])
    yield Lines("What each article adds", ["", *(column.header for column in columns)], rows)


def columns_of(context: Context) -> Iterator[Column]:
    """The headline outcomes, some amounts, and the time until the border is restored."""
    for name in context.headlines():
        yield Column(name, f"{context.words(name)} in 100", 100.0)
    for one in context.outcomes:
        if one.name == RESTORED:
            yield Column(RESTORED, f"{context.words(RESTORED)}: comes, in 100", 100.0)
        if one.name in AMOUNTS:
            header = f"{context.words(one.name)}, mean {unit_words(one.unit)}"
            yield Column(one.name, header, 1.0)


def shared_runs(study: Study, context: Context, lever: str) -> pd.DataFrame:
    """The runs along the lever, the others held; a time as whether it came."""
    held = {k: v for k, v in reference(study.points, context).items() if k != lever}
    names = [column.outcome for column in columns_of(context)]
    runs = study.runs_at(held, [lever, *names])
    timed = [one.name for one in context.outcomes if one.kind == "time" and one.name in names]
    return runs.assign(**{name: runs[name].notna() * 1.0 for name in timed})


def effect(runs: pd.DataFrame, lever: str, word: str, column: Column) -> Paired | None:
    """The whole treaty less that without the article; None where all runs of either failed."""
    if not {NONE, word} <= set(runs[lever]):
        return None
    return paired(runs, lever, word, NONE, column.outcome)


def told(one: Paired | None, column: Column) -> str:
    """Mean difference and interval; bold when it leaves out no difference."""
    if one is None or np.isnan(one.mean):
        return "–"
    mean, low, high = (column.scale * value for value in (one.mean, one.low, one.high))
    mark = "**" if low > 0 or high < 0 else ""
    return f"{mark}{_sign(mean)}{mark} ({_sign(low)} to {_sign(high)})"


def _sign(value: float) -> str:
    return f"{'+' if value > 0 else ''}{number(value)}"
