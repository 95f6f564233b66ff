"""Runs a plan, chunk by chunk, on an executor and keeps every finished part."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sim.errors import usage_error
from sim.study import lock, parts
from sim.study.chunk import Chunk
from sim.study.declared import Simulate
from sim.study.executors import KINDS, Where
from sim.study.executors.alone import alone
from sim.study.flow import Crew, Unread, finished
from sim.study.keeper import Keeper, Progress
from sim.study.manifest import Identity
from sim.study.plan import Plan
from sim.study.recipe import Mismatch, Recipe, run_by
from sim.study.same import refuse_another
from sim.study.store import Study, load
from sim.study.work import Task, perform

HERE = Where()


def run_study(
    plan: Plan,
    identity: Identity,
    folder: Path,
    simulate: Simulate,
    blueprint: Any,
    *,
    workers: int = 1,
    where: Where = HERE,
    recipe: Recipe | None = None,
    headline: str = "",
    progress: Progress | None = None,
    going_on: Callable[[int, int], None] | None = None,
) -> Study:
    """Run the parts that ``folder`` lacks and leave a complete study there.

    The work is done in chunks by ``workers``, in threads or ``where`` else, there from a
    ``recipe``; parts are stored in order, so that the result depends on the plan alone. Parts that
    are there, whole, are not run again: ``going_on`` is told how many runs they hold. A run that
    raises is a failed row. When it stops before its end (Ctrl-C, a worker with other code, a lost
    scheduler), what is finished is kept, the manifest says ``interrupted``, and KeyboardInterrupt,
    UsageError or ConnectionError is raised; UsageError too when the folder is another's.
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
        with stopping(keeper):
            here = partial(perform, simulate, blueprint)
            crew = _crew(where, workers, keeper, here, recipe)
            with closing(finished(plan, missing, crew)) as results:
                for batch, chunk in results:
                    keeper.keep(batch, chunk)
        keeper.finish("finished")
    return load(folder)


def _crew(
    where: Where, workers: int, keeper: Keeper, here: Callable[[Task], Chunk], recipe: Recipe | None
) -> Crew:
    """Workers, and what they do: the work as it is done here, or by the recipe."""
    pool = KINDS[where.kind](where, workers, keeper.folder)
    keeper.clock.workers = pool.width
    if recipe is None:
        return Crew(pool, here, here, where.chunk_runs, keeper.lost)
    work, singly = partial(run_by, recipe), partial(alone, recipe)
    return Crew(pool, work, singly, where.chunk_runs, keeper.lost)


@contextmanager
def stopping(keeper: Keeper) -> Iterator[None]:
    """Keep and summarise what is finished when the work stops before its end."""
    try:
        yield
    except (KeyboardInterrupt, ConnectionError, ChildProcessError):
        keeper.finish("interrupted")
        raise
    except CancelledError:
        keeper.finish("interrupted")
        raise ConnectionError(0, "the work under way was cancelled", "workers") from None
    except (Mismatch, Unread) as error:
        keeper.finish("interrupted")
        step = shlex.join(["python", "-m", "sim", "resume", str(keeper.folder)])
        hint = f"install the same versions everywhere; what is finished is kept: {step}"
        raise usage_error(str(error), path="workers", hint=hint) from None
