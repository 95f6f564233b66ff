"""Futures of one history: the same run to the morning of a day, and fresh luck from then on.

The replicate of every draw from that day on is `FRESH` + the number of the future, in every
branch: so a change is seen with the luck held. What was drawn before stays: uncertain numbers of
the run, delays that have begun, services' errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from sim.blueprint import Blueprint, samples
from sim.outcomes import OUTCOMES, SAMPLE_DAYS, SERIES
from sim.question.changes import Change
from sim.study.chunk import Chunk, events_table, overflowing
from sim.study.declared import Point

FRESH = 1 << 31
"""First replicate of fresh luck: beyond those of any study."""
Luck = Sequence[int]


def compiled(
    blueprint: Blueprint,
    point: Point,
    replicate: int,
    seed: int,
    day: int,
    branches: Sequence[Sequence[Change]],
    luck: Luck,
) -> Chunk:
    """All futures of all branches, branch after branch, in compiled code."""
    from sim import records

    world = records.arrays(blueprint, [point], [replicate], seed)
    if day > 0:
        records.live(world, 0, day)
    size = len(luck)
    futures = {name: np.repeat(rows, size * len(branches), axis=0) for name, rows in world.items()}
    futures["clock"]["replicate"] = np.tile(np.asarray(luck, dtype=np.int64), len(branches))
    for number, changes in enumerate(branches):
        for change in changes:
            for address, value in change.numbers:
                records.put(futures, slice(number * size, (number + 1) * size), address, value)
    return records.live(futures, day, blueprint.horizon)


def mesa(
    blueprint: Blueprint,
    point: Point,
    replicate: int,
    seed: int,
    day: int,
    branches: Sequence[Sequence[Change]],
    luck: Luck,
) -> Chunk:
    """The same as Mesa models, for where numba is missing: the history is lived each time."""
    from sim.agents import World

    lives = []
    for changes in branches:
        for fresh in luck:
            world = World(blueprint, point, replicate, seed)
            for _ in range(day):
                world.step()
            world.clock.replicate = fresh
            for change in changes:
                for address, value in change.numbers:
                    world.put(address, value)
            lives.append(_live(world, day))
    outcomes, series, ledgers, errors = zip(*lives)
    columns = {one.name: np.array([row[i] for row in outcomes]) for i, one in enumerate(OUTCOMES)}
    return Chunk(columns, np.stack(series), events_table(ledgers), list(errors))


def _live(world: Any, first: int) -> tuple[Any, Any, Any, str]:
    """Live a world to its horizon: outcomes, weekly series, ledger and error."""
    horizon = world.blueprint.horizon
    series = np.full((len(samples(horizon, SAMPLE_DAYS)), len(SERIES)), np.nan, dtype=np.float32)
    outcomes, error = [np.nan] * len(OUTCOMES), ""
    try:
        for day in range(first, horizon):
            world.step()
            if day % SAMPLE_DAYS == 0:
                series[day // SAMPLE_DAYS] = [measured.measure(world) for measured in SERIES]
        outcomes = [outcome.measure(world) for outcome in OUTCOMES]
        error = overflowing(world.clock.overflow)
    except (ArithmeticError, ValueError, IndexError) as fault:
        error = f"day {world.clock.day}: {type(fault).__name__}: {fault}"
    if error:
        outcomes = [np.nan] * len(OUTCOMES)
    return outcomes, series, [vars(line) for line in world.ledger[: world.clock.events]], error
