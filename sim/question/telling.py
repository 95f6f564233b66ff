"""The answers of `why` in words."""

from __future__ import annotations

import pandas as pd

from sim.question.retold import run_words
from sim.question.story import Line
from sim.question.why import Chain, Paths
from sim.report.wording import in_100

ROWS = {"article": 8, "rule": 12, "event": 12}
HEADS = {"article": "Articles", "rule": "Rules (kinds of event)", "event": "Events"}
GIVEN = ("front opened", "war broke out", "institutions changed", "treaty signed")
COLUMNS = ("on_path", "happened", "without")


def chain_told(found: Chain) -> str:
    """The chain as sentences, each an event of the ledger with its number."""
    told = [run_words(found.run), ""]
    told.append(f"The worst that happened: {found.what}. What led to it, from the first cause on:")
    told += ["", *map(str, found.steps)]
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


def outcome_told(found: Paths) -> str:
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
        cells.append((str(row["item"]), *shares))  # type: ignore[arg-type]
    widths = [max(len(row[place]) for row in cells) for place in range(4)]
    lines = [
        "  ".join([row[0].ljust(widths[0]), *(c.rjust(w) for c, w in zip(row[1:], widths[1:]))])
        for row in cells
    ]
    more = len(rows) - ROWS[sort]
    return [*lines, f"and {more} more"] if more > 0 else lines
