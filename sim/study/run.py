"""Runs a plan in batches on threads and keeps every finished batch."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import numpy as np

from sim.study import lock, parts
from sim.study.chunk import EVENT_TYPE, Chunk
from sim.study.declared import Simulate
from sim.study.keeper import Keeper, Progress
from sim.study.manifest import Identity
from sim.study.plan import Batch, Plan
from sim.study.same import refuse_another
from sim.study.store import Study, load


def run_study(
    plan: Plan,
    identity: Identity,
    folder: Path,
    simulate: Simulate,
    blueprint: Any,
    *,
    workers: int = 1,
    headline: str = "",
    progress: Progress | None = None,
    going_on: Callable[[int, int], None] | None = None,
) -> Study:
    """Run the batches that ``folder`` lacks and leave a complete study there.

    Batches run on ``workers`` threads and are stored in order, so that the result depends on
    the plan alone. Batches that are there, whole, are not run again: ``going_on`` is told how
    many runs they hold. A run that raises is a failed row. On Ctrl-C the finished batches are
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
            with closing(chunks(plan, missing, simulate, blueprint, workers)) as results:
                for batch, chunk in results:
                    keeper.keep(batch, chunk)
        except KeyboardInterrupt:
            keeper.finish("interrupted")
            raise
        keeper.finish("finished")
    return load(folder)


def chunks(
    plan: Plan, batches: Iterable[Batch], simulate: Simulate, blueprint: Any, workers: int
) -> Generator[tuple[Batch, Chunk], None, None]:
    """Results in the order of the batches, with a few batches ahead and never all at once."""
    ahead: deque[tuple[Batch, Future[Chunk]]] = deque()
    with ThreadPoolExecutor(max_workers=workers) as executor:
        try:
            for batch in batches:
                task = executor.submit(run_batch, plan, simulate, blueprint, batch)
                ahead.append((batch, task))
                if len(ahead) > 2 * workers:
                    yield _next(ahead)
            while ahead:
                yield _next(ahead)
        finally:
            executor.shutdown(wait=False, cancel_futures=True)


def _next(ahead: deque[tuple[Batch, Future[Chunk]]]) -> tuple[Batch, Chunk]:
    """The oldest result; waits in short steps so that Ctrl-C is heard on every system."""
    batch, task = ahead.popleft()
    while not task.done():
        wait([task], timeout=0.5)
    return batch, task.result()


def run_batch(plan: Plan, simulate: Simulate, blueprint: Any, batch: Batch) -> Chunk:
    """Run a batch; when the engine raises, run by run, so that only the guilty run fails."""
    with suppress(Exception):
        return simulate(blueprint, batch.points, batch.replicates, plan.seed)
    runs = [
        _run_alone(plan, simulate, blueprint, batch, place, replicate)
        for replicate in batch.replicates
        for place in range(len(batch.points))
    ]
    return _joined(plan, runs)


def _run_alone(
    plan: Plan, simulate: Simulate, blueprint: Any, batch: Batch, place: int, replicate: int
) -> Chunk | str:
    """One run, or the error it raised."""
    try:
        return simulate(blueprint, [batch.points[place]], [replicate], plan.seed)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _joined(plan: Plan, runs: list[Chunk | str]) -> Chunk:
    """One chunk from single runs; errors become runs without outcomes, series and events."""
    good = [run for run in runs if isinstance(run, Chunk)]
    samples = good[0].series.shape[1:] if good else (0, len(plan.series))
    series = np.full((len(runs), *samples), np.nan, dtype=np.float32)
    outcomes = {one.name: np.full(len(runs), np.nan) for one in plan.outcomes}
    ledgers, errors = [], []
    for place, run in enumerate(runs):
        errors.append(run if isinstance(run, str) else run.errors[0])
        if isinstance(run, Chunk):
            series[place] = run.series[0]
            ledgers.append(run.events.copy())
            ledgers[-1]["run"] = place
            for name, values in outcomes.items():
                values[place] = run.outcomes[name][0]
    events = np.concatenate(ledgers) if ledgers else np.empty(0, EVENT_TYPE)
    return Chunk(outcomes, series, events, errors)
