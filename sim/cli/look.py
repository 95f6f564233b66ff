"""`python -m sim show [STUDY]`: a study in a few lines, also while another process runs it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.again import asked
from sim.errors import UsageError, usage_error
from sim.job import STUDIES, context_of
from sim.report import progress, terminal
from sim.study import place
from sim.study.state import state_of
from sim.study.store import load

LATEST = STUDIES / place.LATEST
USAGE = "python -m sim show [STUDY]"


def run_show(arguments: Sequence[str]) -> None:
    """Show the study named, else the newest in `studies`. Raises UsageError."""
    if len(arguments) > 1:
        raise usage_error(f"show takes one study, not {len(arguments)}", hint=USAGE)
    named = [word for word in arguments if word != place.LATEST or Path(word).exists()]
    study = load(named[0] if named else LATEST)
    state, console = state_of(study), terminal.open_console()
    progress.show_state(console, study, state)
    if state.status in ("finished", "interrupted") and study.manifest["checksums"]:
        try:
            terminal.show_results(console, study, context_of(asked(study), study))
        except UsageError as error:
            terminal.say(console, f"Its tables are not shown: {error}")
    if state.status in ("stopped", "interrupted"):
        terminal.show_way_on(console, study.folder)
