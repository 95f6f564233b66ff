"""The compiled world: the same phases over structured arrays, many runs at once.

Each entity becomes a record type made from its state variables, whatever the scenario: numba
compiles once for all scenarios. A record hands out views that can be read and written by
attribute, so that the rules run unchanged.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from sim.blueprint import Blueprint, samples
from sim.blueprint.rows import Row, fields_of
from sim.compiling.cache import prepare_cache
from sim.compiling.fusion import jitable, sequence, whole_fours, writer
from sim.compiling.pointer import address_of
from sim.outcomes import OUTCOMES, SAMPLE_DAYS, SERIES
from sim.phases import PHASES
from sim.priors import WORD
from sim.rules.entities import MANY, ONE, TERMS
from sim.rules.rule import RULES
from sim.study.chunk import Chunk, ledger_rows, overflowing

Arrays = dict[str, NDArray[Any]]
Point = Mapping[str, float | int | str]

prepare_cache()
for _rule in RULES:
    jitable(_rule)


class World(NamedTuple):
    """The compiled world: one record or an array of records for each name that phases use."""

    clock: Any
    params: Any
    focus: Any
    states: Any
    forces: Any
    fronts: Any
    relations: Any
    rungs: Any
    reports: Any
    flows: Any
    consignments: Any
    treaties: Any
    ratifications: Any
    clauses: Any
    duties: Any
    calendar: Any
    ledger: Any


def record_type(kind: type) -> np.dtype[Any]:
    """The record of an entity: int64 and float64 fields, and a row of terms for clauses."""
    types: dict[Any, Any] = {int: np.int64, float: np.float64}
    fields: list[Any] = []
    for name, hint in fields_of(kind).items():
        plain = types.get(hint)
        fields.append((name, plain) if plain else (name, np.float64, (TERMS,)))
    return np.dtype(fields)


TYPES = {name: record_type(kind) for name, kind in {**ONE, **MANY}.items()}


_day = sequence(PHASES)
_outcomes = writer([outcome.measure for outcome in OUTCOMES])
_series = writer([measured.measure for measured in SERIES])


@njit(cache=True, nogil=True, _nrt=False)
def _live(worlds, outcomes, series, first, horizon, at):  # type: ignore[no-untyped-def]
    """Run the worlds from `at` on; arrays of shape (n_runs, …) in, outcomes and series out."""
    for i in range(at[0], len(worlds.clock)):
        at[0] = i
        content = World(
            worlds.clock[i],
            worlds.params[i],
            worlds.focus[i],
            worlds.states[i],
            worlds.forces[i],
            worlds.fronts[i],
            worlds.relations[i],
            worlds.rungs[i],
            worlds.reports[i],
            worlds.flows[i],
            worlds.consignments[i],
            worlds.treaties[i],
            worlds.ratifications[i],
            worlds.clauses[i],
            worlds.duties[i],
            worlds.calendar[i],
            worlds.ledger[i],
        )
        world = address_of(content)
        for day in range(first, horizon):
            world.clock.day = day
            _day(world)
            if day % SAMPLE_DAYS == 0:
                _series(world, series[i, day // SAMPLE_DAYS])
        _outcomes(world, outcomes[i])


def _fill(kind: str, rows: Sequence[Row], count: int) -> NDArray[Any]:
    """An array (count, len(rows)) with the same rows in each run."""
    names = TYPES[kind].names or ()
    first = np.array([tuple(row[name] for name in names) for row in rows], dtype=TYPES[kind])
    if not first.view(np.uint8).any():
        return np.zeros((count, len(rows)), dtype=TYPES[kind])  # pages are given when written
    return np.repeat(first[None], count, axis=0)


def arrays(
    blueprint: Blueprint, points: Sequence[Point], replicates: Sequence[int], seed: int
) -> Arrays:
    """The first mornings of all runs, replicate-major: ONE (n_runs,), MANY (n_runs, n_rows)."""
    count = len(points) * len(replicates)
    world = {name: _fill(name, [row], count)[:, 0].copy() for name, row in blueprint.one.items()}
    world |= {name: _fill(name, rows, count) for name, rows in blueprint.many.items()}
    clock = world["clock"]
    clock["seed_low"] = seed & WORD
    clock["seed_high"] = (seed >> 32) & WORD
    clock["replicate"] = np.repeat(np.asarray(replicates, dtype=np.int64), len(points))
    clock["day"] = -1
    for number, replicate in enumerate(replicates):
        these = slice(number * len(points), (number + 1) * len(points))
        for address, value in blueprint.luck(seed, replicate):
            put(world, these, address, value)
    for number, point in enumerate(points):
        for address, value in blueprint.setting(point):
            put(world, slice(number, None, len(points)), address, value)
    return world


def put(world: Arrays, runs: slice, address: Any, value: float) -> None:
    """Set the number at an address in some of the runs."""
    column = world[address.entity][address.field]
    if address.slot >= 0:
        column[runs, address.place, address.slot] = value
    elif address.place >= 0:
        column[runs, address.place] = value
    else:
        column[runs] = value


def simulate(
    blueprint: Blueprint, points: Sequence[Point], replicates: Sequence[int], seed: int
) -> Chunk:
    """Run every point for every replicate (replicate-major) in compiled code.

    The first call compiles; the kernel releases the GIL, so that threads run side by side. A run
    that raises is reported in `errors`, with NaN outcomes, and does not stop the others.
    """
    return live(arrays(blueprint, points, replicates, seed), 0, blueprint.horizon)


def live(world: Arrays, first: int, horizon: int) -> Chunk:
    """Run worlds that stand on the morning of day `first` to the evening before `horizon`.

    The worlds are changed in place. Series are NaN before `first`.
    """
    count = len(world["clock"])
    days = samples(horizon, SAMPLE_DAYS)
    outcomes = np.full((count, whole_fours(OUTCOMES)), np.nan)
    series = np.full((count, len(days), whole_fours(SERIES)), np.nan)
    errors = _run(world, outcomes, series, first, horizon)
    columns = {o.name: outcomes[:, i].copy() for i, o in enumerate(OUTCOMES)}
    events = ledger_rows(world["ledger"], world["clock"]["events"])
    return Chunk(columns, series[:, :, : len(SERIES)].astype(np.float32), events, errors)


def _run(
    world: Arrays, outcomes: NDArray[Any], series: NDArray[Any], first: int, horizon: int
) -> list[str]:
    worlds = World(**world)
    errors = [""] * len(outcomes)
    at = np.zeros(1, dtype=np.int64)
    while at[0] < len(outcomes):
        try:
            _live(worlds, outcomes, series, first, horizon, at)
            break
        except (ArithmeticError, ValueError, IndexError) as fault:
            day = world["clock"]["day"][at[0]]
            errors[at[0]] = f"day {day}: {type(fault).__name__}: {fault}"
            outcomes[at[0]] = np.nan
            at[0] += 1
    for number in np.flatnonzero(world["clock"]["overflow"]):
        errors[number] = errors[number] or overflowing(world["clock"]["overflow"][number])
        outcomes[number] = np.nan
    return errors
