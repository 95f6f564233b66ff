"""What a study will cost, from a small pilot that is really run and not kept."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from sim.study import store
from sim.study.chunk import Chunk
from sim.study.declared import Point, Simulate
from sim.study.manifest import Identity
from sim.study.plan import Plan
from sim.study.run import run_study

PILOT_RUNS = 40
FEW_RUNS = 4
NUMBER, SHORT_NUMBER = 8, 4
"""Bytes of a number in the table of runs, and of one in the weekly series."""
DRAWING = 120e6
"""Bytes that the figures needed beyond the pilot, measured at the experiment escalation."""
KEPT = ("runs", "events", "paths", "points.parquet", "bands.parquet", "shares.parquet")


@dataclass(frozen=True)
class Line:
    """A cost that is `fixed` for each part and grows by `slope` with each run in it."""

    fixed: float
    slope: float


@dataclass(frozen=True)
class Pilot:
    """What the pilot measured.

    runs, failed: how many; error: of the first that failed. running: seconds, with all threads
    at work side by side. storing: seconds. sizes: bytes by table. unmoved: levers that changed
    no outcome in the pilot. samples: weekly samples of a run.
    """

    runs: int
    failed: int
    error: str
    running: Line
    storing: Line
    sizes: Mapping[str, Line]
    unmoved: Sequence[str]
    samples: int


@dataclass(frozen=True)
class Forecast:
    """Of the whole study: seconds of running and storing, bytes on disk, bytes of memory."""

    seconds: float
    disk: float
    memory: float


def pilot_points(points: Sequence[Point], levers: Sequence[str]) -> tuple[list[Point], list[str]]:
    """The first point, and for each lever that varies the same point with another of its values.

    Returns the points, and the levers that the second and further ones move.
    """
    base, moved = dict(points[0]), []
    for name in levers:
        other = next((p[name] for p in reversed(points) if p[name] != base[name]), base[name])
        if other != base[name]:
            moved.append((name, other))
    moved = moved[: PILOT_RUNS - 1]
    return [base, *({**base, name: value} for name, value in moved)], [name for name, _ in moved]


def pilot(
    plan: Plan, identity: Identity, simulate: Simulate, blueprint: Any, threads: int = 1
) -> Pilot:
    """Run some forty runs and a few on each thread, and store one part of both, to be removed."""
    points, moved = pilot_points(plan.points, list(plan.levers))
    many = max(2, PILOT_RUNS // len(points))
    small = replace(plan, points=points[:FEW_RUNS], replicates=1)
    large = replace(plan, points=points, replicates=many)
    _, few, whole = (
        _measured(one, identity, simulate, blueprint, threads) for one in (small, small, large)
    )
    errors = [error for error in whole.chunk.errors if error]
    return Pilot(
        runs=whole.runs,
        failed=len(errors),
        error=errors[0] if errors else "",
        running=_line(few.runs, few.running, whole.runs, whole.running),
        storing=_line(few.runs, few.storing, whole.runs, whole.storing),
        sizes={
            name: _line(few.runs, few.sizes[name], whole.runs, whole.sizes[name]) for name in KEPT
        },
        unmoved=[] if errors else _unmoved(whole.chunk, moved, many),
        samples=whole.chunk.series.shape[1],
    )


@dataclass(frozen=True)
class _Measured:
    runs: int
    running: float
    storing: float
    sizes: dict[str, float]
    chunk: Chunk


def _measured(
    plan: Plan,
    identity: Identity,
    simulate: Simulate,
    blueprint: Any,
    threads: int,
) -> _Measured:
    """One part a thread: run them side by side, then store the first as a study of its own."""
    small = replace(plan, runs_in_a_part=plan.runs)
    n = plan.replicates
    blocks = [range(plan.first + k * n, plan.first + (k + 1) * n) for k in range(threads)]
    started = time.perf_counter()
    with ThreadPoolExecutor(threads) as executor:
        work = executor.map(
            lambda block: simulate(blueprint, plan.points, block, plan.seed), blocks
        )
        chunk, *_ = work
    running = (time.perf_counter() - started) / threads
    with tempfile.TemporaryDirectory(prefix="casus-") as home:
        folder = store.create(small, identity, out=Path(home) / "pilot")
        started = time.perf_counter()
        run_study(small, identity, folder, lambda *_: chunk, blueprint)
        storing = time.perf_counter() - started
        sizes = {name: float(_size(folder / name)) for name in KEPT}
    return _Measured(small.runs, running, storing, sizes, chunk)


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(file.stat().st_size for file in files if file.is_file())


def _line(few: int, at_few: float, many: int, at_many: float) -> Line:
    """The line through two measurements, neither end below zero.

    >>> _line(4, 14.0, 40, 50.0)
    Line(fixed=10.0, slope=1.0)
    """
    slope = max(0.0, (at_many - at_few) / (many - few)) if many > few else at_many / many
    return Line(max(0.0, at_many - slope * many), slope)


def _unmoved(chunk: Chunk, moved: Sequence[str], replicates: int) -> list[str]:
    """The levers whose point came out as the first one in every outcome of every replicate."""
    outcomes = np.stack([*chunk.outcomes.values()]).reshape(len(chunk.outcomes), replicates, -1)
    same = [
        np.array_equal(outcomes[:, :, 0], outcomes[:, :, place], equal_nan=True)
        for place in range(1, len(moved) + 1)
    ]
    return [name for name, alike in zip(moved, same, strict=True) if alike]


def forecast(plan: Plan, found: Pilot, memory: float) -> Forecast:
    """Seconds, bytes on disk and bytes of memory of the whole study.

    memory: bytes that the pilot needed. Every table is charged by the runs that it keeps.
    """
    parts = -(-plan.runs // plan.runs_in_a_part)
    running = parts * found.running.fixed + plan.runs * found.running.slope
    storing = parts * found.storing.fixed + plan.runs * found.storing.slope
    return Forecast(
        running + storing, _disk(plan, found, parts), memory + DRAWING + _held(plan, found)
    )


def _disk(plan: Plan, found: Pilot, parts: int) -> float:
    """Bytes of the tables."""
    points = len(plan.points)
    kept = {
        "runs": plan.runs,
        "events": points * plan.event_replicates,
        "paths": points * max(plan.path_replicates, plan.band_replicates),
    }
    tables = sum(
        min(parts, kept[name]) * found.sizes[name].fixed + kept[name] * found.sizes[name].slope
        for name in kept
    )
    by_point = [name for name in KEPT if name not in kept]
    return tables + sum(found.sizes[n].fixed + points * found.sizes[n].slope for n in by_point)


def _held(plan: Plan, found: Pilot) -> float:
    """Bytes of the table of runs and of the weekly series behind the bands."""
    columns = len(plan.levers) + len(plan.outcomes)
    weekly = len(plan.points) * plan.band_replicates * found.samples * len(plan.series)
    return float(plan.runs * columns * NUMBER + weekly * SHORT_NUMBER)
