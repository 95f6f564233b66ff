"""From parts to chunks of work and back: a few chunks ahead, results in order, deaths made good."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, wait
from dataclasses import dataclass

from sim.study.chunk import Chunk, joined
from sim.study.executors.pool import Pool
from sim.study.plan import Batch, Plan
from sim.study.work import Task, task_of

Work = Callable[[Task], Chunk]
MOST_DEATHS = 3
HEARD = 0.5
"""Seconds after which Ctrl-C is heard, also where waiting cannot be interrupted."""


@dataclass
class Job:
    """A chunk under way, the part it is of, and how many workers died of it so far."""

    batch: Batch
    task: Task
    future: Future[Chunk]
    deaths: int = 0


def finished(
    plan: Plan, batches: Iterable[Batch], work: Work, pool: Pool, chunk: int
) -> Generator[tuple[Batch, Chunk], None, None]:
    """The parts in order, each joined from chunks of about ``chunk`` runs.

    At most 2 x workers + 1 chunks and one part are in memory, whatever the number of runs.
    """
    pieces: list[Chunk] = []
    done = False
    try:
        for batch, piece in _results(_jobs(plan, batches, chunk), work, pool):
            pieces.append(piece)
            if sum(len(one.errors) for one in pieces) == batch.runs:
                yield batch, joined(pieces)
                pieces = []
        done = True
    finally:
        pool.shutdown(wait=done, cancel_futures=True)


def _jobs(plan: Plan, batches: Iterable[Batch], chunk: int) -> Iterator[tuple[Batch, Task]]:
    for batch in batches:
        for piece in batch.chunks(chunk):
            yield batch, task_of(plan, piece)


def _results(
    jobs: Iterable[tuple[Batch, Task]], work: Work, pool: Pool
) -> Iterator[tuple[Batch, Chunk]]:
    ahead: deque[Job] = deque()
    for batch, task in jobs:
        ahead.append(Job(batch, task, pool.submit(work, task)))
        while len(ahead) > 2 * pool.width:
            yield _oldest(ahead, work, pool)
    while ahead:
        yield _oldest(ahead, work, pool)


def _oldest(ahead: deque[Job], work: Work, pool: Pool) -> tuple[Batch, Chunk]:
    """The oldest result; waits in short steps so that Ctrl-C is heard on every system."""
    job = ahead.popleft()
    while not job.future.done():
        wait([job.future], timeout=HEARD)
    return job.batch, job.future.result()
