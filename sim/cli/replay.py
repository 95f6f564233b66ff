"""`python -m sim replay STUDY --run N`: one run as Mesa agents, equal to the bit, in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from sim.cli.asked import RUN, one_run, read
from sim.cli.words import printable, show
from sim.question import retold
from sim.question.opened import open_study
from sim.question.replay import replay
from sim.report.context import NEVER_A_FORECAST

USAGE = "python -m sim replay STUDY --run N"
FINE, FAILED = 0, 1


def run_replay(arguments: Sequence[str]) -> int:
    """Replay a run and tell it; exit status 1 where it is not the stored run."""
    asked = read(arguments, RUN, USAGE)
    opened = open_study(asked.studies[0])
    found = replay(opened, one_run(asked, opened, USAGE))
    show(printable(retold.run_words(found.history.run)) + "\n")
    for line in retold.told(opened, found):
        show(printable(str(line)))
    if found.history.error:
        show(f"\nThe run failed: {printable(found.history.error)}")
    if found.differences:
        show("\nNot the stored run:")
        show("\n".join(f"  {printable(one)}" for one in found.differences))
        return FAILED
    folder = retold.write(opened, found)
    show(f"\nEqual to the stored run, to the bit: {found.checked}.\n{NEVER_A_FORECAST}")
    show(f"Saved   {folder}\nNext    python -m sim why {asked.studies[0]} "
         f"--run {found.history.run.number}")  # fmt: skip
    return FINE
