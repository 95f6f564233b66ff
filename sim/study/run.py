"""Runs a plan in batches on threads and keeps every finished batch."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.study import files
from sim.study.chunk import EVENT_TYPE, Chunk
from sim.study.declared import Simulate
from sim.study.estimate import summarise, wilson
from sim.study.manifest import Identity, Progressed, now
from sim.study.plan import Batch, Plan
from sim.study.store import Study, load, write_manifest
from sim.study.tables import ledger_table, paths_table, runs_table
from sim.study.weekly import Weekly


@dataclass(frozen=True)
class Headline:
    """The share of runs so far with one outcome, and its 95 % interval (Wilson)."""

    name: str
    share: float
    low: float
    high: float


Progress = Callable[[int, int, Headline | None], None]


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
) -> Study:
    """Run every batch of the plan and leave a complete study in ``folder``.

    Batches run on ``workers`` threads and are stored in order, so that the result depends on
    the plan alone. A run that raises is a failed row. On Ctrl-C the finished batches are kept
    and summarised, the manifest says ``interrupted``, and KeyboardInterrupt is raised again.
    """
    keeper = Keeper(plan, identity, folder, headline, progress)
    try:
        with closing(chunks(plan, simulate, blueprint, workers)) as results:
            for batch, chunk in results:
                keeper.keep(batch, chunk)
    except KeyboardInterrupt:
        keeper.finish("interrupted")
        raise
    keeper.finish("finished")
    return load(folder)


def chunks(
    plan: Plan, simulate: Simulate, blueprint: Any, workers: int
) -> Generator[tuple[Batch, Chunk], None, None]:
    """Results in the order of the batches, with a few batches ahead and never all at once."""
    ahead: deque[tuple[Batch, Future[Chunk]]] = deque()
    with ThreadPoolExecutor(max_workers=workers) as executor:
        try:
            for batch in plan.batches():
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


class Keeper:
    """Stores batches as they arrive and, at the end, what was learnt from them."""

    def __init__(
        self,
        plan: Plan,
        identity: Identity,
        folder: Path,
        headline: str = "",
        progress: Progress | None = None,
    ) -> None:
        self.plan, self.identity, self.folder = plan, identity, folder
        self.headline, self.progress = headline, progress
        self.weekly, self.started = Weekly(plan), now()
        self.runs = self.known = 0
        self.successes = 0.0

    def keep(self, batch: Batch, chunk: Chunk) -> None:
        """Write the batch's parts and tell the progress so far."""
        part = f"part-{batch.number:06d}.parquet"
        files.write_table(self.folder / "runs" / part, runs_table(self.plan, batch, chunk))
        if batch.replicates.start < self.plan.event_replicates:
            table = ledger_table(self.plan, batch, chunk)
            files.write_table(self.folder / "events" / part, table)
        if batch.replicates.start < self.plan.path_replicates:
            table = paths_table(self.plan, batch, chunk)
            files.write_table(self.folder / "paths" / part, table)
        self.weekly.add(batch, chunk)
        self._count(batch, chunk)
        if self.progress is not None:
            self.progress(self.runs, self.plan.runs, self._headline())

    def finish(self, status: str) -> None:
        """Write points, bands, shares and the final manifest from the parts kept."""
        done = failed = 0
        if any((self.folder / "runs").glob("part-*.parquet")):
            runs = Study(self.folder).runs
            done, failed = len(runs), int(runs["failed"].sum())
            points = summarise(runs, self.plan.outcomes, self.plan.levers)
            files.write_table(self.folder / "points.parquet", points)
            files.write_table(self.folder / "bands.parquet", self.weekly.bands())
            files.write_table(self.folder / "shares.parquet", self.weekly.shares())
        progress = Progressed(status, self.started, now(), done, failed)
        write_manifest(self.folder, self.plan, self.identity, progress)

    def _count(self, batch: Batch, chunk: Chunk) -> None:
        self.runs += batch.runs
        if self.headline:
            values = chunk.outcomes[self.headline]
            self.known += int(np.sum(~np.isnan(values)))
            self.successes += float(np.nansum(values))

    def _headline(self) -> Headline | None:
        if not self.known:
            return None
        low, high = wilson(self.successes, self.known)
        return Headline(self.headline, self.successes / self.known, float(low), float(high))
