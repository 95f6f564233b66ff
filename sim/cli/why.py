"""`python -m sim why STUDY --run N` and `why STUDY --outcome X`: chains of causes, and shares."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.cli.asked import RUN, Asked, one_run, read
from sim.cli.words import printable, show
from sim.errors import usage_error
from sim.question.opened import Opened, open_study
from sim.question.telling import chain_told, outcome_told
from sim.question.why import why_outcome, why_run
from sim.report.context import NEVER_A_FORECAST
from sim.study import files

USAGE = "python -m sim why STUDY --run N, or why STUDY --outcome NAME"


def run_why(arguments: Sequence[str]) -> None:
    """Answer for one run, or for an outcome."""
    asked = read(arguments, (*RUN, "outcome"), USAGE)
    outcome = asked.one("outcome")
    if outcome is not None and any(name in asked.settings for name in RUN):
        raise usage_error("either one run or an outcome", hint=USAGE)
    opened = open_study(asked.studies[0])
    if outcome is None:
        _show(chain_told(why_run(opened, one_run(asked, opened, USAGE))))
    else:
        _tell_outcome(asked, opened, outcome)
    show(f"\n{NEVER_A_FORECAST}")


def _tell_outcome(asked: Asked, opened: Opened, outcome: str) -> None:
    found = why_outcome(opened, outcome)
    _show(outcome_told(found))
    if found.having:
        path = Path(opened.study.folder) / "why" / f"{outcome}.csv"
        files.write_text(path, found.table.to_csv(index=False, lineterminator="\n"))
        show(f"\nSaved   {path}   all {len(found.table)} rows")


def _show(text: str) -> None:
    """Show each line; names of a stranger's scenario hold nothing that a terminal obeys."""
    show("\n".join(map(printable, text.splitlines())))
