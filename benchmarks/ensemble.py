"""(a) Runs a second of the compiled ensemble, of `mesa.batch_run` and of EMA Workbench."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

from benchmarks.case import PROCESSES, compiled, points
from benchmarks.table import Row, over
from sim.study.chunk import Chunk

BATCH = 5
"""Replicates of all points that one thread runs at a time."""


@dataclass(frozen=True)
class Speeds:
    """Seconds a run of each contender, one figure a round."""

    compiled: list[float]
    batch_run: list[float]
    workbench: list[float]


def ensemble(batches: int) -> list[Chunk]:
    """All points for five replicates a batch, on two threads."""
    work = [range(BATCH * number, BATCH * (number + 1)) for number in range(batches)]
    with ThreadPoolExecutor(PROCESSES) as threads:
        return list(threads.map(lambda replicates: compiled(points(), replicates), work))


def runs_in(batches: int) -> int:
    """Runs of so many batches."""
    return batches * BATCH * len(points())


@cache
def speeds(quick: bool) -> Speeds:
    """The three in turn, several rounds: ours is given more runs, since it needs less time."""
    from benchmarks import under_mesa, under_workbench

    rounds, rival_runs, batches = (1, 8, 2) if quick else (3, 40, 24)
    compiled(points()[:1], [0])
    found = Speeds([], [], [])
    for _ in range(rounds):
        found.compiled.append(_seconds(lambda: ensemble(batches)) / runs_in(batches))
        found.batch_run.append(
            once_started(lambda runs: under_mesa.batch_run(range(runs // 2), [0, 1]), rival_runs)
        )
        found.workbench.append(once_started(under_workbench.evaluate, rival_runs))
    return found


def once_started(run: Callable[[int], object], runs: int) -> float:
    """Seconds a run, without the start of the processes: what `runs` more than two take."""
    few = _seconds(lambda: run(PROCESSES))
    return (_seconds(lambda: run(PROCESSES + runs)) - few) / runs


def _seconds(work: Callable[[], object]) -> float:
    """Time by the clock on the wall."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def rows(quick: bool) -> list[Row]:
    """Runs a second, and ratios taken round by round."""
    found = speeds(quick)
    rates = {
        "compiled ensemble, 2 threads": found.compiled,
        "`mesa.batch_run`, 2 processes, once started": found.batch_run,
        "EMA Workbench, 2 processes, once started": found.workbench,
    }
    told = [
        Row(f"(a) {name}", *over([1 / x for x in each], "runs/s")) for name, each in rates.items()
    ]
    beside_mesa = [b / c for b, c in zip(found.batch_run, found.compiled)]
    beside_workbench = [w / c for w, c in zip(found.workbench, found.compiled)]
    told.append(Row("(a) ours ÷ `mesa.batch_run`", *over(beside_mesa, "×"), "≥ 100, aim 200"))
    told.append(Row("(a) ours ÷ EMA Workbench", *over(beside_workbench, "×")))
    return told
