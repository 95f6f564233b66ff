"""A run questioned from Python: replayed, and asked for what led to the worst of it."""

from __future__ import annotations

from dataclasses import dataclass

from sim.python import shown
from sim.python.shown import Picture
from sim.question import retold
from sim.question.opened import Opened
from sim.question.replay import replay
from sim.question.telling import chain_told, outcome_told
from sim.question.why import why_outcome, why_run
from sim.report.context import NEVER_A_FORECAST


@dataclass(frozen=True)
class Story:
    """Lines that tell a run or an outcome, and a timeline where there is one."""

    title: str
    lines: list[str]
    picture: Picture | None = None

    def __repr__(self) -> str:
        """The lines."""
        return "\n".join([self.title, "", *self.lines, "", NEVER_A_FORECAST])

    def _repr_html_(self) -> str:
        picture = "" if self.picture is None else self.picture._repr_html_()
        return shown.html(
            [shown.paragraph(self.title), picture, shown.listing(self.lines),
             shown.paragraph(NEVER_A_FORECAST)]
        )  # fmt: skip


def replayed(opened: Opened, run: int) -> Story:
    """A run rebuilt as Mesa agents, day by day. RuntimeError when it is not the stored run."""
    found = replay(opened, run)
    if found.differences:
        raise RuntimeError(f"run {run} is not the stored run: {'; '.join(found.differences)}")
    figure, words = retold.picture(opened, found)
    lines = [*map(str, retold.told(opened, found))]
    lines.append(f"Equal to the stored run, to the bit: {found.checked}.")
    picture = Picture(f"run {run}", words, figure)
    return Story(retold.run_words(found.history.run), lines, picture)


def because(opened: Opened, run: int | None, outcome: str | None) -> Story:
    """What led to the worst of a run, or what lay on the paths to an outcome."""
    if run is not None:
        title, *lines = chain_told(why_run(opened, run)).splitlines()
    else:
        title, *lines = outcome_told(why_outcome(opened, str(outcome))).splitlines()
    return Story(title, lines)
