"""`python -m sim show [STUDY]`: a study in a few lines, also while another process runs it."""

from __future__ import annotations

from collections.abc import Sequence

from sim.errors import UsageError, usage_error
from sim.reopened import context_of, open_study
from sim.report import progress, terminal
from sim.study import place
from sim.study.state import state_of

USAGE = "python -m sim show [STUDY]"


def run_show(arguments: Sequence[str]) -> None:
    """Show the study named, else the newest in `studies`. Raises UsageError."""
    if len(arguments) > 1:
        raise usage_error(f"show takes one study, not {len(arguments)}", hint=USAGE)
    study = open_study(arguments[0] if arguments else place.LATEST)
    state, console = state_of(study), terminal.open_console()
    progress.show_state(console, study, state)
    if state.status in ("finished", "interrupted") and study.manifest["checksums"]:
        try:
            terminal.show_results(console, study, context_of(study))
        except UsageError as error:
            terminal.say(console, f"Its tables are not shown: {error}")
    if state.status in ("stopped", "interrupted"):
        terminal.show_way_on(console, study.folder)
