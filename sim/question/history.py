"""The history of one run: outcomes, weekly series and ledger, made again without stored paths."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec

import pandas as pd

from sim.question.opened import Opened, Run
from sim.recipe import engine as engine_named
from sim.study.tables import ledger_table, paths_table

KEYS = ["point", "replicate"]


@dataclass(frozen=True)
class History:
    """What a run was.

    outcomes: by name. series: one row a week (day, date, each series). events: the ledger, one
    row an event (event, day, date, kind, actor, target, article, amount, cause). error: why it
    failed, empty when it did not.
    """

    run: Run
    outcomes: dict[str, float]
    series: pd.DataFrame
    events: pd.DataFrame
    error: str


def history(opened: Opened, number: int, engine: str | None = None) -> History:
    """Make a run of a study again, on the compiled or the Mesa engine: the same bits.

    Without ``engine``, compiled where its code is ready, else Mesa, which starts at once.
    Raises UsageError when the study has no such run.
    """
    run = opened.run(number)
    plan = opened.plan(run)
    simulate = engine_named(engine or quickest())
    chunk = simulate(opened.blueprint, [run.levers], [run.replicate], opened.seed)
    batch = next(plan.batches())
    return History(
        run,
        {name: float(values[0]) for name, values in chunk.outcomes.items()},
        paths_table(plan, batch, chunk).drop(columns=KEYS),
        ledger_table(plan, batch, chunk).drop(columns=KEYS),
        chunk.errors[0],
    )


def quickest() -> str:
    """The engine that answers first for one run: compiled, unless it would compile first."""
    if find_spec("numba") is None:
        return "mesa"
    from sim.compiling.cache import is_compiled

    return "compiled" if is_compiled() else "mesa"
