"""Are parts small at first, few at last, and the same whatever the work is cut into?"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from study_fakes import identity, plan, simulate
from test_study_run import bytes_of

from sim.study import store
from sim.study.chunk import joined
from sim.study.executors import Where
from sim.study.plan import BATCH_RUNS, GROWTH, Plan
from sim.study.run import run_study
from sim.study.work import perform, task_of


def design(points, replicates, **options):
    return Plan({}, [{"x": one} for one in range(points)], replicates, 1, None, (), (), **options)


def spans(batches):
    return [(one.number, one.first, len(one.points), one.replicates) for one in batches]


def runs_of(batches):
    return [
        (replicate, batch.first + place)
        for batch in batches
        for replicate in batch.replicates
        for place in range(len(batch.points))
    ]


@given(st.integers(1, 700), st.integers(1, 40), st.integers(1, 40), st.integers(1, 50))
def test_a_study_is_the_beginning_of_a_longer_one(points, replicates, more, first):
    short = spans(design(points, replicates, runs_in_a_part=7, first=first).batches())
    long = spans(design(points, replicates + more, runs_in_a_part=7, first=first).batches())
    *shared, (number, place, width, last) = short
    assert shared == long[: len(shared)]
    assert (number, place, width) == long[len(shared)][:3]
    assert last == long[len(shared)][3][: len(last)]


@given(st.integers(1, 700), st.integers(1, 40), st.integers(1, 900))
def test_chunks_are_the_runs_in_their_order(points, replicates, chunk):
    batches = list(design(points, replicates, runs_in_a_part=9).batches())
    every = [(number, point) for number in range(replicates) for point in range(points)]
    pieces = [piece for batch in batches for piece in batch.chunks(chunk)]
    assert runs_of(batches) == runs_of(pieces) == every
    assert max(piece.runs for piece in pieces) <= chunk


@pytest.mark.parametrize("points", [1, 40, 333, 4_001, 100_000])
def test_a_million_runs_are_a_few_hundred_parts(points):
    sizes = [batch.runs for batch in design(points, 1_000_000 // points).batches()]
    assert sizes[0] <= BATCH_RUNS
    assert 250 <= len(sizes) <= 600
    assert max(sizes) <= GROWTH * BATCH_RUNS
    before = np.cumsum([0, *sizes[:-1]])
    assert all(size <= max(BATCH_RUNS, done // GROWTH) for size, done in zip(sizes, before))


def faulty(blueprint, points, replicates, seed):
    """Raises for one run, and for every run of one replicate."""
    if 12 in replicates or (3 in replicates and points[-1]["deployment.size"] == 12_000):
        raise ZeroDivisionError("no line")
    return simulate(blueprint, points, replicates, seed)


@pytest.mark.parametrize("engine", [simulate, faulty])
def test_the_same_bytes_for_any_chunk(tmp_path, engine, monkeypatch):
    for name, value in {"PATH": 24, "BAND": 36, "EVENT": 12}.items():
        monkeypatch.setattr(f"sim.study.plan.{name}_RUNS", value)
    the_plan = replace(plan(replicates=16), runs_in_a_part=4)
    assert (the_plan.event_replicates, the_plan.path_replicates) == (3, 6)
    for chunk in (1, 3, 7, 200):
        folder = tmp_path / str(chunk)
        store.create(the_plan, identity(), out=folder)
        run_study(the_plan, identity(), folder, engine, None, where=Where(chunk=chunk))
        assert bytes_of(folder) == bytes_of(tmp_path / "1")
    found = store.load(folder)
    assert (found.runs["failed"].sum() > 0) == (engine is faulty)
    assert found.bands["n"].max() == 9
    assert found.bands["n"].min() == 9 - (engine is faulty)


def test_only_what_is_kept_is_handed_back():
    the_plan = plan({"deployment.size": [0, 12_000]}, replicates=3_000)
    the_plan = replace(the_plan, runs_in_a_part=130)
    (batch,) = [one for one in the_plan.batches() if 1_999 in one.replicates]
    tasks = [task_of(the_plan, piece) for piece in batch.chunks(50)]
    chunks = [perform(simulate, None, task) for task in tasks]
    kept = 2 * (2_000 - batch.replicates.start)
    for chunk in (joined(chunks), perform(simulate, None, task_of(the_plan, batch))):
        assert len(chunk.errors) == batch.runs > kept == len(chunk.series)
        assert np.unique(chunk.events["run"]).tolist() == list(range(kept))
