"""From parts to chunks of work and back: a few chunks ahead, results in order, deaths made good."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, wait
from dataclasses import dataclass
from pickle import PickleError

from sim.study.chunk import Chunk, joined
from sim.study.executors.pool import Pool
from sim.study.plan import Batch, Plan
from sim.study.work import Task, task_of

MOST_DEATHS = 3
HEARD = 0.5
"""Seconds after which Ctrl-C is heard, also where waiting cannot be interrupted."""

UNREAD = (ImportError, AttributeError, RuntimeError, PickleError)
"""What comes of a task where casus is missing or another version."""


class Unread(Exception):
    """A worker, or the scheduler between, cannot read what it is sent."""


@dataclass(frozen=True)
class Crew:
    """Who does the work.

    work: does a task, wherever the pool has it done. alone: does one run by run, each in a process
    that only it can kill. chunk: runs of a task, at most. lost: told of the part whose chunk lost
    its worker, and how many it lost so far.
    """

    pool: Pool
    work: Callable[[Task], Chunk]
    alone: Callable[[Task], Chunk]
    chunk: int
    lost: Callable[[Batch, int], None]


@dataclass
class Job:
    """A chunk under way, the part it is of, and how many workers died of it so far."""

    batch: Batch
    task: Task
    future: Future[Chunk]
    deaths: int = 0


def finished(
    plan: Plan, batches: Iterable[Batch], crew: Crew
) -> Generator[tuple[Batch, Chunk], None, None]:
    """The parts in order, each joined from its chunks.

    At most 2 x workers + 1 chunks and one part are in memory, whatever the number of runs.
    """
    pieces: list[Chunk] = []
    done = False
    try:
        for batch, piece in _results(_tasks(plan, batches, crew.chunk), crew):
            pieces.append(piece)
            if sum(len(one.errors) for one in pieces) == batch.runs:
                yield batch, joined(pieces)
                pieces = []
        done = True
    finally:
        crew.pool.shutdown(wait=done, cancel_futures=True)


def _tasks(plan: Plan, batches: Iterable[Batch], chunk: int) -> Iterator[tuple[Batch, Task]]:
    for batch in batches:
        for piece in batch.chunks(chunk):
            yield batch, task_of(plan, piece)


def _results(tasks: Iterable[tuple[Batch, Task]], crew: Crew) -> Iterator[tuple[Batch, Chunk]]:
    ahead: deque[Job] = deque()
    for batch, task in tasks:
        ahead.append(Job(batch, task, crew.pool.submit(crew.work, task)))
        while len(ahead) > 2 * crew.pool.width:
            yield _oldest(ahead, crew)
    while ahead:
        yield _oldest(ahead, crew)


def _oldest(ahead: deque[Job], crew: Crew) -> tuple[Batch, Chunk]:
    """The oldest result; waits in short steps so that Ctrl-C is heard on every system.

    A chunk whose worker died is run again; after three deaths run by run, so that only a guilty
    run fails. One dead process may end several chunks, all run again at once.
    """
    job = ahead[0]
    while not job.future.done() or _to_be_run_again(job, crew):
        crew.pool.check()
        wait([job.future], timeout=HEARD)
        for one in filter(lambda one: _to_be_run_again(one, crew), ahead):
            one.deaths += 1
            crew.lost(one.batch, one.deaths)
            if one.deaths < MOST_DEATHS:
                one.future = crew.pool.submit(crew.work, one.task)
    chunk = crew.alone(job.task) if _died(job, crew) else _result(job, crew)
    ahead.popleft()
    return job.batch, chunk


def _result(job: Job, crew: Crew) -> Chunk:
    """The result. Raises Unread when the task never became work, elsewhere."""
    try:
        return job.future.result()
    except UNREAD as error:
        if not crew.pool.deaths:
            raise
        said = str(error).strip().splitlines() or [type(error).__name__]
        raise Unread(f"the work cannot be read there: {said[0]}") from None


def _to_be_run_again(job: Job, crew: Crew) -> bool:
    return job.deaths < MOST_DEATHS and _died(job, crew)


def _died(job: Job, crew: Crew) -> bool:
    future = job.future
    if not future.done() or future.cancelled():
        return False
    return isinstance(future.exception(), crew.pool.deaths)
