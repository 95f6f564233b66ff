"""Both worlds side by side: the compiled one phase by phase, the Mesa one as agents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, get_type_hints

import numpy as np
from numba import njit

from sim import records
from sim.agents import World
from sim.blueprint import Blueprint
from sim.compiling.pointer import address_of
from sim.phases import PHASES
from sim.rules.entities import MANY, ONE
from sim.study.chunk import Chunk

KINDS = {**ONE, **MANY}
FIELDS = {name: tuple(get_type_hints(kind)) for name, kind in KINDS.items()}
TYPES = {
    name: tuple(hint if hint in (int, float) else list for hint in get_type_hints(kind).values())
    for name, kind in KINDS.items()
}
READ = {name: attrgetter(*fields) for name, fields in FIELDS.items()}
FIXED = ("params", "rungs", "clauses", "calendar")
"""Nothing writes to these after the first morning; compared at the end of the run only."""

Run = tuple[Mapping[str, float | int | str], int, int]
"""A point, a replicate and a seed."""


def _stepper(phase: Callable[..., Any]) -> Callable[..., None]:
    """One phase over all runs of a batch, as `records._live` runs them all over one."""

    @njit(cache=True, nogil=True, _nrt=False)
    def step(clock, params, focus, states, forces, fronts, relations, rungs, reports, flows,
             consignments, treaties, ratifications, clauses, duties, calendar, ledger):  # fmt: skip
        for i in range(len(clock)):
            content = records.World(
                clock[i], params[i], focus[i], states[i], forces[i], fronts[i], relations[i],
                rungs[i], reports[i], flows[i], consignments[i], treaties[i], ratifications[i],
                clauses[i], duties[i], calendar[i], ledger[i],
            )  # fmt: skip
            phase(address_of(content))

    return step


STEPPERS = {phase.__name__: _stepper(phase) for phase in PHASES}


class Batch:
    """Runs in the compiled world that advance one phase at a time."""

    def __init__(self, blueprint: Blueprint, runs: Sequence[Run]) -> None:
        worlds = [records.arrays(blueprint, [point], [rep], seed) for point, rep, seed in runs]
        self.arrays = {name: np.concatenate([w[name] for w in worlds]) for name in worlds[0]}

    def wake(self) -> None:
        """The clock moves on by a day."""
        self.arrays["clock"]["day"] += 1

    def act(self, phase: str) -> None:
        """One phase in all runs."""
        STEPPERS[phase](*(self.arrays[name] for name in records.World._fields))

    def day(self) -> None:
        """One day in all runs."""
        self.wake()
        for phase in STEPPERS:
            self.act(phase)

    def rows(
        self, name: str, run: int, first: int = 0, last: int | None = None
    ) -> list[tuple[Any, ...]]:
        """The rows of one entity in one run, in plain numbers."""
        content = self.arrays[name][run]
        if name in ONE:
            return [content.item()]
        rows: list[tuple[Any, ...]] = content[first:last].tolist()
        if name == "clauses":
            return [(*row[:-1], row[-1].tolist()) for row in rows]
        return rows


def mesa_rows(
    world: World, name: str, first: int = 0, last: int | None = None
) -> list[tuple[Any, ...]]:
    """The rows of one entity of the Mesa world."""
    things = getattr(world, name)
    read = READ[name]
    return [read(things)] if name in ONE else [read(thing) for thing in things[first:last]]


def differences(world: World, batch: Batch, run: int, whole: bool = False) -> Iterator[str]:
    """Where the two worlds differ, by entity, place and field.

    `whole` looks at the whole ledger, not its last lines, at what never changes, and at the types
    of the Mesa world's numbers.
    """
    lines = world.clock.events
    for name in KINDS:
        if name in FIXED and not whole:
            continue
        first, last = (0, None) if name != "ledger" or whole else (max(0, lines - 8), lines)
        mesa = mesa_rows(world, name, first, last)
        compiled = batch.rows(name, run, first, last)
        if mesa != compiled or (whole and not _well_typed(name, mesa)):
            yield from _told(name, first, mesa, compiled)


def _well_typed(name: str, rows: Sequence[Any]) -> bool:
    return all(tuple(map(type, row)) == TYPES[name] for row in rows)


def _told(name: str, first: int, mesa: Sequence[Any], compiled: Sequence[Any]) -> Iterator[str]:
    for place, (ours, theirs) in enumerate(zip(mesa, compiled, strict=True), first):
        for field, kind, a, b in zip(FIELDS[name], TYPES[name], ours, theirs, strict=True):
            if a != b or type(a) is not kind:
                yield f"{name}[{place}].{field}: Mesa {a!r}, compiled {b!r}, declared {kind}"


def assert_same_bits(world: World, batch: Batch, run: int) -> None:
    """The very bytes of every state variable: minus zero is not zero."""
    for name in KINDS:
        ours = np.array(mesa_rows(world, name), dtype=records.TYPES[name])
        assert ours.tobytes() == batch.arrays[name][run].tobytes(), name


def assert_equal_by_phase(blueprint: Blueprint, runs: Sequence[Run], days: int) -> list[World]:
    """Advance both worlds phase by phase and compare after each; return the Mesa worlds."""
    batch = Batch(blueprint, runs)
    worlds = [World(blueprint, point, rep, seed) for point, rep, seed in runs]
    for day in range(days):
        batch.wake()
        for world in worlds:
            world.clock.day += 1
        for phase in PHASES:
            batch.act(phase.__name__)
            for run, world in enumerate(worlds):
                phase(world)
                found = list(differences(world, batch, run))
                assert not found, f"run {runs[run]}, day {day}, phase {phase.__name__}: {found[:5]}"
    _assert_equal_ends(worlds, batch)
    return worlds


def assert_equal_by_day(blueprint: Blueprint, runs: Sequence[Run], days: int) -> list[World]:
    """Advance both worlds and compare each evening; return the Mesa worlds."""
    batch = Batch(blueprint, runs)
    worlds = [World(blueprint, point, rep, seed) for point, rep, seed in runs]
    for day in range(days):
        batch.day()
        for run, world in enumerate(worlds):
            world.step()
            found = list(differences(world, batch, run))
            assert not found, f"run {runs[run]}, evening of day {day}: {found[:5]}"
    _assert_equal_ends(worlds, batch)
    return worlds


def _assert_equal_ends(worlds: Sequence[World], batch: Batch) -> None:
    for run, world in enumerate(worlds):
        assert not list(differences(world, batch, run, whole=True))
        assert_same_bits(world, batch, run)


def assert_equal_chunks(ours: Chunk, theirs: Chunk) -> None:
    """The same outcomes, weekly series, ledger and errors, to the bit."""
    assert ours.errors == theirs.errors == [""] * len(ours.errors)
    for name, values in ours.outcomes.items():
        assert np.array_equal(values, theirs.outcomes[name], equal_nan=True), name
    assert np.array_equal(ours.series, theirs.series, equal_nan=True)
    assert np.array_equal(ours.events, theirs.events)
