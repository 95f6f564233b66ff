"""`python -m sim why STUDY --run N` and `why STUDY --outcome X`: chains of causes, and shares."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from sim.cli.asked import RUN, Asked, one_run, read
from sim.cli.words import printable, show
from sim.errors import usage_error
from sim.question.opened import Opened, open_study
from sim.question.retold import run_words
from sim.question.story import Line
from sim.question.why import Chain, Paths, why_outcome, why_run
from sim.report.context import NEVER_A_FORECAST
from sim.report.wording import in_100
from sim.study import files

USAGE = "python -m sim why STUDY --run N, or why STUDY --outcome NAME"
ROWS = {"article": 8, "rule": 12, "event": 12}
HEADS = {"article": "Articles", "rule": "Rules (kinds of event)", "event": "Events"}
GIVEN = ("front opened", "war broke out", "institutions changed", "treaty signed")


def run_why(arguments: Sequence[str]) -> None:
    """Answer for one run, or for an outcome."""
    asked = read(arguments, (*RUN, "outcome"), USAGE)
    outcome = asked.one("outcome")
    if outcome is not None and any(name in asked.settings for name in RUN):
        raise usage_error("either one run or an outcome", hint=USAGE)
    opened = open_study(asked.studies[0])
    if outcome is None:
        show(_chain_told(why_run(opened, one_run(asked, opened, USAGE))))
    else:
        _tell_outcome(asked, opened, outcome)
    show(f"\n{NEVER_A_FORECAST}")


def _chain_told(found: Chain) -> str:
    """The chain as sentences, each an event of the ledger with its number."""
    told = [printable(run_words(found.run)), ""]
    told.append(f"The worst that happened: {found.what}. What led to it, from the first cause on:")
    told += ["", *(printable(str(line)) for line in found.steps)]
    if found.steps:
        told += ["", f"Event {found.steps[0].event} has no event before it: {_root(found)}."]
    return "\n".join(told)


def _root(found: Chain) -> str:
    """What stands at the root of a chain."""
    first: Line = found.steps[0]
    if first.kind in GIVEN:
        return "the scenario gives it"
    if first.kind in ("first goods arrived", "consignment lost"):
        return "it follows from the scenario's standing flows"
    return "it comes by the rates of the rules themselves"


def _tell_outcome(asked: Asked, opened: Opened, outcome: str) -> None:
    found = why_outcome(opened, outcome)
    show(_outcome_told(found))
    if found.having:
        path = Path(opened.study.folder) / "why" / f"{outcome}.csv"
        files.write_text(path, found.table.to_csv(index=False, lineterminator="\n"))
        show(f"\nSaved   {path}   all {len(found.table)} rows")


def _outcome_told(found: Paths) -> str:
    """How many runs, and the commonest items on the path of each sort."""
    told = [
        f"{found.outcome}: {found.what.words}, in {found.having:,} of {found.kept:,} runs.",
        f"These are the runs whose ledger is kept, of {found.runs:,} in the study, at all points.",
    ]
    if found.unseen:
        told.append(f"In {found.unseen:,} of them it stood from the start: no event, no path.")
    if found.having == 0:
        return "\n".join([*told, "No run had it, so there is no path to it."])
    told.append("Runs in 100 (95 % interval): on the path to the first such event; happened at all")
    told.append("in runs with the outcome; happened at all in runs without it.")
    for sort, rows in found.table.groupby("sort", sort=False):
        told += ["", *_rows(str(sort), rows)]
    return "\n".join(told)


def _rows(sort: str, rows: pd.DataFrame) -> list[str]:
    """The first rows of a sort in columns."""
    cells = [(HEADS[sort], "on the path", "happened", "without it")]
    for row in rows.head(ROWS[sort]).to_dict("records"):
        shares = [in_100(row[n], row[f"{n}_low"], row[f"{n}_high"]) for n in COLUMNS]
        cells.append((printable(row["item"]), *shares))  # type: ignore[arg-type]
    widths = [max(len(row[place]) for row in cells) for place in range(4)]
    lines = [
        "  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:]))])
        for row in cells
    ]
    more = len(rows) - ROWS[sort]
    return [*lines, f"and {more} more"] if more > 0 else lines


COLUMNS = ("on_path", "happened", "without")
