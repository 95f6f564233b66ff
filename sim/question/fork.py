"""One run's history to a day, and what could have followed: with and without a change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from sim.applies import applicable
from sim.errors import usage_error
from sim.outcomes import OUTCOMES, Outcome
from sim.question import futures
from sim.question.changes import Change, read_changes
from sim.question.history import quickest
from sim.question.opened import Opened, Run
from sim.study.estimate import Paired, paired

WITHOUT, WITH = 0, 1


@dataclass(frozen=True)
class Fork:
    """The futures of a run from the morning of a day on.

    table: one row a future (branch, future, failed, error, outcomes): branch 0 without the
    change, 1 with it; the same number of a future is the same luck in both.
    """

    run: Run
    day: int
    changes: list[Change]
    replicates: int
    engine: str
    table: pd.DataFrame
    outcomes: tuple[Outcome, ...]

    def branch(self, number: int) -> pd.DataFrame:
        """The futures of a branch that did not fail."""
        rows = self.table
        return rows[(rows["branch"] == number) & ~rows["failed"]]

    def difference(self, outcome: str) -> Paired:
        """With the change less without it, over futures of the same luck, with 95 % interval."""
        return paired(self.table, "branch", WITHOUT, WITH, outcome)


def fork(
    opened: Opened,
    number: int,
    day: int,
    typed: Sequence[str] = (),
    replicates: int = 200,
    engine: str | None = None,
) -> Fork:
    """Let a run go on from the morning of `day` with fresh luck, with and without changes.

    Raises UsageError for a day outside the run, a run that is not there or failed before, and
    changes that cannot be set.
    """
    run, blueprint = opened.run(number), opened.blueprint
    if not 0 <= day < blueprint.horizon:
        scenario = blueprint.scenario
        fault = f"day {day} is outside the run: its days are 0 to {blueprint.horizon - 1}"
        raise usage_error(fault, path="day", hint=f"{scenario.start} is day 0; a date will do too")
    if run.error:
        raise usage_error(f"run {number} failed: {run.error}", path="run")
    changes = read_changes(blueprint, typed)
    branches = [[], changes] if changes else [[]]
    luck = range(futures.FRESH, futures.FRESH + replicates)
    name = engine or quickest()
    live = futures.compiled if name == "compiled" else futures.mesa
    chunk = live(blueprint, run.levers, run.replicate, opened.seed, day, branches, luck)
    table = pd.DataFrame(
        {
            "branch": [place for place in range(len(branches)) for _ in luck],
            "point": [place for place in range(len(branches)) for _ in luck],
            "replicate": [fresh for _ in branches for fresh in range(replicates)],
            **chunk.outcomes,
            "failed": [error != "" for error in chunk.errors],
            "error": chunk.errors,
        }
    )
    applied = applicable(OUTCOMES, blueprint.scenario.focus)
    return Fork(run, day, changes, replicates, name, table, applied)
