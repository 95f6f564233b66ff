"""`python -m sim fork STUDY --run N --day D [--set NAME=VALUE]`: one history, many futures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pandas as pd

from sim.cli.asked import RUN, one_run, read, whole
from sim.cli.words import printable, show
from sim.errors import usage_error
from sim.outcomes import Outcome
from sim.question.fork import WITH, WITHOUT, Fork, fork
from sim.question.opened import Opened, open_study
from sim.question.retold import run_words
from sim.report.context import NEVER_A_FORECAST
from sim.report.wording import day_words, in_100, number, unit_words, value_label
from sim.study import files
from sim.study.estimate import wilson

USAGE = "python -m sim fork STUDY --run N --day D [--set NAME=VALUE] [--replicates 200]"
MOST = 100_000


def run_fork(arguments: Sequence[str]) -> None:
    """Fork a run and print what followed in its futures."""
    asked = read(arguments, (*RUN[:1], "point", "day", "set", "replicates"), USAGE)
    opened = open_study(asked.studies[0])
    run = one_run(asked, opened, USAGE)
    day = _day(asked.one("day"), opened)
    size = whole("replicates", asked.one("replicates") or "200", 2, MOST)
    found = fork(opened, run, day, asked.settings.get("set", []), size)
    show(_told(found, opened))
    show(f"\nSaved   {_save(found, opened)}\n{NEVER_A_FORECAST}")


def _day(text: str | None, opened: Opened) -> int:
    """A day of the run, by its number or its date."""
    if text is None:
        raise usage_error("the day of the fork is needed", path="day", hint=USAGE)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        try:
            return opened.blueprint.scenario.day(date.fromisoformat(text))
        except ValueError:
            raise usage_error(f"'{text}' is not a date", path="day") from None
    if not re.fullmatch(r"-?\d{1,9}", text):
        raise usage_error(f"'{text[:40]}' is not a day such as 440 or 2024-10-16", path="day")
    return int(text)


def _told(found: Fork, opened: Opened) -> str:
    """What was done, and a table of the outcomes that are not the same in every future."""
    day = opened.blueprint.scenario.start + timedelta(days=found.day)
    set_words = ", ".join(f"{one.name} = {value_label(one.value)}" for one in found.changes)
    told = [
        printable(run_words(found.run)),
        "",
        f"The history is that of the run to the morning of {day_words(day)} (day {found.day}); "
        f"then {found.replicates:,} futures of fresh luck",
        "each, the uncertain numbers as in the run. Engine: " + found.engine + ".",
    ]
    if set_words:
        told.append(f"With the change: {printable(set_words)} from that day on, the same luck.")
    failed = int(found.table["failed"].sum())
    if failed:
        told.append(f"{failed} of {len(found.table)} futures failed and are left out.")
    rows = [row for one in found.outcomes if (row := _row(found, one))]
    return "\n".join([*told, "", *_columns([_head(found), *rows]), "", *_reading(found)])


def _head(found: Fork) -> list[str]:
    changed = ["with the change", "difference (95 %)"] if found.changes else []
    return ["outcome", "the run itself", "futures" if not changed else "without", *changed]


def _row(found: Fork, outcome: Outcome) -> list[str] | None:
    """One outcome: the run itself, its futures, those with the change, the paired difference."""
    name = outcome.name
    values = found.table.loc[~found.table["failed"], name]
    if values.nunique(dropna=False) <= 1:
        return None
    itself = found.run.outcomes[name]
    cells = [f"{name} ({unit_words(outcome.unit)})", _itself(outcome, itself)]
    for branch in (WITHOUT, WITH) if found.changes else (WITHOUT,):
        cells.append(_spread(outcome, found.branch(branch)[name]))
    if found.changes:
        one = found.difference(name)
        scale = 100 if outcome.kind == "probability" else 1
        middle, low, high = (_signed(scale * value) for value in (one.mean, one.low, one.high))
        cells.append(f"{middle} ({low} to {high})" if one.n else "–")
    return cells


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else ''}{number(value)}"


def _itself(outcome: Outcome, value: float) -> str:
    if outcome.kind == "probability":
        return "yes" if value else "no"
    return "never" if np.isnan(value) else number(value)


def _spread(outcome: Outcome, values: pd.Series) -> str:
    """Runs in 100 with their interval; or the median and the middle 90 of 100."""
    known = values.dropna()
    if outcome.kind == "probability":
        low, high = wilson(known.sum(), len(known))
        return in_100(float(known.mean()), float(low), float(high)) + " in 100"
    if not len(known):
        return "never"
    middle = f"{number(known.median())} ({number(known.quantile(0.05))}–"
    told = f"{middle}{number(known.quantile(0.95))})"
    never = len(values) - len(known)
    return f"{told}, never {100 * never / len(values):.0f} in 100" if never else told


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return [
        "  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:]))])
        for row in rows
    ]


def _reading(found: Fork) -> list[str]:
    told = [
        "Futures: in 100 with the 95 % interval (Wilson), or the median and the middle 90 of 100."
    ]
    if found.changes:
        told.append("Difference: mean over futures of the same luck; for times, where both came.")
    return told


def _save(found: Fork, opened: Opened) -> Path:
    """Every future as a row of a table, outside the study's own tables."""
    values = ((one.name, value_label(one.value).replace(",", "")) for one in found.changes)
    words = "".join(f"_{name}={value}" for name, value in values)
    name = re.sub(r"[^\w.=-]+", "-", f"run-{found.run.number:06d}_day-{found.day:04d}{words}")[:150]
    path = opened.study.folder / "forks" / f"{name}.csv"
    table = found.table.drop(columns="point").rename(columns={"replicate": "future"})
    files.write_text(path, table.to_csv(index=False, lineterminator="\n"))
    return path
