"""(b) Kernel time over its floor: the same keyed draws and quantiles, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np
from numba import njit

from benchmarks.case import SEED, blueprint, points
from benchmarks.table import Row, over
from benchmarks.trace import Calls, trace
from sim import records
from sim.rules import quantiles
from sim.rules.draws import uniform_at
from sim.study.declared import Point

Work = Callable[[], object]


@njit
def draws(clock, calls):  # type: ignore[no-untyped-def]
    """All keyed draws, each with its own key."""
    total = 0.0
    for i in range(len(calls)):
        clock.replicate = calls[i, 0]
        total += uniform_at(clock, calls[i, 1], calls[i, 2], calls[i, 3], calls[i, 4])
    return total


def quantile(function: Callable[..., Any], arguments: int) -> Callable[[Any], Any]:
    """All calls of one quantile, each with its own arguments (rows of an array), compiled."""

    @njit
    def one(calls):  # type: ignore[no-untyped-def]
        total = 0.0
        for row in calls:
            total += function(row[0])
        return total

    @njit
    def two(calls):  # type: ignore[no-untyped-def]
        total = 0.0
        for row in calls:
            total += function(row[0], row[1])
        return total

    @njit
    def three(calls):  # type: ignore[no-untyped-def]
        total = 0.0
        for row in calls:
            total += function(row[0], row[1], row[2])
        return total

    return {1: one, 2: two, 3: three}[arguments]  # type: ignore[no-any-return]


def replays(calls: Calls) -> dict[str, Work]:
    """For each kind of call that runs made, a compiled loop over exactly those calls."""
    clock = records.arrays(blueprint(), points()[:1], [0], SEED)["clock"][0]
    table = np.array(calls["draw"], dtype=np.int64)
    found: dict[str, Work] = {"draw": partial(draws, clock, table)}
    for name in (name for name, made in calls.items() if made and name != "draw"):
        arguments = np.array(calls[name], dtype=np.float64)
        loop = quantile(getattr(quantiles, name), arguments.shape[1])
        found[name] = partial(loop, arguments)
    return found


def processor_time(work: Work) -> float:
    """Seconds of this thread's own processor time, which other processes do not lengthen much."""
    start = time.thread_time()
    work()
    return time.thread_time() - start


def measured(chosen: Sequence[Point], replicates: Sequence[int], rounds: int) -> tuple[Any, ...]:
    """Calls by kind; seconds of the kernel and of each replay, a figure a round, in turn."""
    calls = trace(chosen, replicates)
    work = replays(calls)
    world = partial(records.arrays, blueprint(), chosen, replicates, SEED)
    kernel = partial(records.simulate, blueprint(), chosen, replicates, SEED)
    every: list[Work] = [world, kernel, *work.values()]
    for each in every:
        each()
    whole, parts = [], []
    for _ in range(rounds):
        whole.append(processor_time(kernel) - processor_time(world))
        parts.append({name: processor_time(each) for name, each in work.items()})
    return calls, whole, parts


def rows(quick: bool) -> list[Row]:
    """Kernel, floor and ratio for each run; what the floor consists of."""
    chosen = points()[::20] if quick else points()
    runs = len(chosen)
    calls, whole, parts = measured(chosen, [0], 3 if quick else 25)
    floors = [sum(part.values()) for part in parts]
    told = [
        Row("(b) kernel", *over([1000 * x / runs for x in whole], "ms a run")),
        Row("(b) floor", *over([1000 * x / runs for x in floors], "ms a run")),
        Row("(b) kernel ÷ floor", *over([a / b for a, b in zip(whole, floors)]), "≤ 2.5"),
    ]
    for name in parts[0]:
        figure, _ = over([1000 * part[name] / runs for part in parts], "ms a run")
        told.append(Row(f"(b) of the floor: {name}", figure, f"{len(calls[name]) // runs:,} calls"))
    return told
