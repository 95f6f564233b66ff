"""Runs a plan, chunk by chunk, on an executor and keeps every finished part."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from sim.study import lock, parts
from sim.study.declared import Simulate
from sim.study.executors.threads import Threads
from sim.study.flow import finished
from sim.study.keeper import Keeper, Progress
from sim.study.manifest import Identity
from sim.study.plan import CHUNK_RUNS, Plan
from sim.study.same import refuse_another
from sim.study.store import Study, load
from sim.study.work import perform


def run_study(
    plan: Plan,
    identity: Identity,
    folder: Path,
    simulate: Simulate,
    blueprint: Any,
    *,
    workers: int = 1,
    chunk: int = CHUNK_RUNS,
    headline: str = "",
    progress: Progress | None = None,
    going_on: Callable[[int, int], None] | None = None,
) -> Study:
    """Run the parts that ``folder`` lacks and leave a complete study there.

    The work is done in chunks of about ``chunk`` runs and stored in order, so that the result
    depends on the plan alone. Parts that are there, whole, are not run again: ``going_on`` is told
    how many runs they hold. A run that raises is a failed row. On Ctrl-C the finished parts are
    kept and summarised, the manifest says ``interrupted``, and KeyboardInterrupt is raised again.
    UsageError when the folder holds another study or another process is at work in it.
    """
    with lock.held(folder):
        refuse_another(folder, plan, identity)
        done = parts.recover(folder, plan, identity)
        keeper = Keeper(plan, identity, folder, headline, progress, workers)
        keeper.restore(done)
        if keeper.runs and going_on is not None:
            going_on(keeper.runs, plan.runs)
        known = {batch.number for batch, _ in done}
        missing = (batch for batch in plan.batches() if batch.number not in known)
        try:
            work = partial(perform, simulate, blueprint)
            with closing(finished(plan, missing, work, Threads(workers), chunk)) as results:
                for batch, result in results:
                    keeper.keep(batch, result)
        except KeyboardInterrupt:
            keeper.finish("interrupted")
            raise
        keeper.finish("finished")
    return load(folder)
