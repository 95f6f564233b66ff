"""A chunk of work, and how it is done: the same here, in another process, on another machine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from sim.study.chunk import Chunk, failed, joined, kept
from sim.study.declared import Point, Simulate
from sim.study.plan import Batch, Plan


@dataclass(frozen=True)
class Task:
    """Every point of every replicate, and what is to be handed back of them.

    ledgers, samples: of how many runs, the first ones, the events and the series are kept.
    outcomes, series: names and number, for runs that fail.
    """

    points: Sequence[Point]
    replicates: Sequence[int]
    seed: int
    ledgers: int
    samples: int
    outcomes: tuple[str, ...]
    series: int

    @property
    def runs(self) -> int:
        """Number of runs."""
        return len(self.points) * len(self.replicates)

    def singly(self) -> Iterator[Task]:
        """The same runs in the same order, one by one."""
        runs = ((point, number) for number in self.replicates for point in self.points)
        for place, (point, number) in enumerate(runs):
            ledgers, samples = int(place < self.ledgers), int(place < self.samples)
            yield replace(
                self, points=[point], replicates=[number], ledgers=ledgers, samples=samples
            )

    def failed(self, error: str) -> Chunk:
        """What becomes of a single run that cannot be done."""
        return kept(failed(self.outcomes, self.series, error), self.ledgers, self.samples)


def task_of(plan: Plan, chunk: Batch) -> Task:
    """The task of a chunk: only the events and series that the study keeps come back."""
    first, width = chunk.replicates.start - plan.first, len(chunk.points)
    kept_series = max(plan.path_replicates, plan.band_replicates)
    return Task(
        points=chunk.points,
        replicates=chunk.replicates,
        seed=plan.seed,
        ledgers=min(max(0, plan.event_replicates - first) * width, chunk.runs),
        samples=min(max(0, kept_series - first) * width, chunk.runs),
        outcomes=tuple(one.name for one in plan.outcomes),
        series=len(plan.series),
    )


def perform(simulate: Simulate, blueprint: Any, task: Task) -> Chunk:
    """Run a task; when the engine raises, run by run, so that only the guilty run fails."""
    with suppress(Exception):
        chunk = simulate(blueprint, task.points, task.replicates, task.seed)
        return kept(chunk, task.ledgers, task.samples)
    return joined([_alone(simulate, blueprint, run) for run in task.singly()])


def _alone(simulate: Simulate, blueprint: Any, run: Task) -> Chunk:
    try:
        chunk = simulate(blueprint, run.points, run.replicates, run.seed)
    except Exception as error:
        return run.failed(f"{type(error).__name__}: {error}")
    return kept(chunk, run.ledgers, run.samples)
