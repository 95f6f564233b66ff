"""A few runs told from their ledgers: what happened, to whom, and because of what."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sim.report.context import Context
from sim.report.slices import at, reference, swept
from sim.report.wording import day_words, held_words, lever_words, listed, number
from sim.study.store import Study

AMOUNTS = ("sender_casualties", "belligerents")
HEIGHT = "escalation_index"


@dataclass(frozen=True)
class Line:
    """One event: its number and day, what it was, who did it to whom, by which article, and why."""

    number: int
    day: str
    what: str
    who: str
    towards: str
    article: str
    amount: str
    because: str


@dataclass(frozen=True)
class Story:
    """A run, why it is told, and its ledger."""

    replicate: int
    why: str
    where: str
    lines: list[Line]


def stories(study: Study, context: Context) -> list[Story]:
    """An ordinary run at the reference point, the gravest, and one for each headline."""
    held = reference(study.points, context)
    told = {name: held[name] for name in swept(study.points, context)}
    point = at(study.points, held)
    if point.empty:
        return []
    number_of = int(point["point"].iloc[0])
    events = study.events[study.events["point"] == number_of]
    runs = study.runs_at({"point": number_of}, [one.name for one in context.outcomes])
    runs = runs[runs["replicate"].isin(events["replicate"].unique())].reset_index(drop=True)
    return [
        Story(replicate, why, held_words(told), _lines(events, replicate))
        for replicate, why in _chosen(runs, context).items()
    ]


def _chosen(runs: pd.DataFrame, context: Context) -> dict[int, str]:
    """Replicates worth telling, each with all the reasons for which it was chosen."""
    reasons: dict[int, list[str]] = {}
    if runs.empty:
        return {}
    amount = next((name for name in AMOUNTS if context.has(name)), None)
    if amount is not None:
        far = (runs[amount] - runs[amount].median()).abs()
        _add(reasons, runs, int(far.idxmin()), f"an ordinary run: {context.words(amount)} nearest "
             "the median")  # fmt: skip
    if context.has(HEIGHT):
        _add(reasons, runs, int(runs[HEIGHT].idxmax()), "the run that climbed most")
    for name in context.headlines():
        happened = runs[runs[name] > 0]
        if len(happened):
            _add(reasons, runs, int(happened.index[0]), f"the first run with {context.words(name)}")
    return {replicate: listed(why) for replicate, why in reasons.items()}


def _add(reasons: dict[int, list[str]], runs: pd.DataFrame, row: int, why: str) -> None:
    reasons.setdefault(int(runs.loc[row, "replicate"]), []).append(why)


def _lines(events: pd.DataFrame, replicate: int) -> list[Line]:
    rows = events[events["replicate"] == replicate].to_dict("records")
    known = {row["event"]: row for row in rows}
    return [
        Line(
            int(row["event"]),
            day_words(row["date"]),
            str(row["kind"]),
            _name(row["actor"]),
            _name(row["target"]),
            lever_words(_name(row["article"])),
            number(row["amount"]) if row["amount"] else "",
            _because(known.get(row["cause"])),
        )
        for row in rows
    ]


def _because(cause: dict[str, object] | None) -> str:
    """The event that led to this one, in words."""
    if cause is None:
        return ""
    return f"event {cause['event']}: {cause['kind']} ({day_words(cause['date'])})"  # type: ignore[arg-type]


def _name(value: object) -> str:
    """A name; nobody is empty."""
    return value if isinstance(value, str) else ""
