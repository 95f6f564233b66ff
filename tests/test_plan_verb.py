"""Does `plan` say what would run, what is wrong or ignored, and about what it costs?"""

from __future__ import annotations

import re

import numpy as np
import pytest
from program import FINE, call
from study_fakes import LEVERS, identity, plan, simulate

from sim.study import store
from sim.study.chunk import Chunk
from sim.study.forecast import KEPT, forecast, pilot, pilot_points
from sim.study.run import run_study

WORDS = ("plan", f"scenario={FINE}", "engine=mesa", "replicates=20")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_forecast_names_runs_time_disk_and_keeps_nothing(elsewhere, capsys):
    status, out, err = call(capsys, *WORDS, "size=0,50,100", "points=5", "workers=4")
    assert (status, err) == (0, "")
    assert "runs      3 points x 20 replicates = 60 runs, seed 1" in out
    assert re.search(r"time      about \d+ (s|min) on 1 thread, by 40 pilot runs", out)
    assert re.search(r"disk      about [\d.]+ MB", out)
    assert "note      points= is ignored by design=grid" in out
    assert "note      workers= gains nothing with engine=mesa" in out
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("size=",), "size"),
        (("design=sobol",), "no lever varies"),
        (("size=0,0",), "0 is given twice"),
        (("sizee=0",), "did you mean 'size'?"),
        (("design=none.csv",), "cannot be read"),
    ],
)
def test_an_empty_or_wrong_design_is_refused(capsys, words, said):
    status, _, err = call(capsys, *WORDS, *words)
    assert status == 2 and said in err and "Traceback" not in err


def test_the_pilot_moves_one_lever_at_a_time():
    points = plan().points
    chosen, moved = pilot_points(points, list(LEVERS))
    assert moved == ["deployment.size", "escalation.intensity"]
    assert [tuple(point.values())[:2] for point in chosen] == [(0, 0.0), (12_000, 0.0), (0, 1.0)]


def test_a_lever_that_nothing_reads_is_found():
    def deaf(blueprint, points, replicates, seed) -> Chunk:
        still = [{**point, "escalation.intensity": 1.0} for point in points]
        return simulate(blueprint, still, replicates, seed)

    assert pilot(plan(), identity(), deaf, None).unmoved == ["escalation.intensity"]
    assert pilot(plan(), identity(), simulate, None).unmoved == []


def test_the_tables_take_about_the_disk_that_was_forecast(tmp_path):
    whole = plan(replicates=300)
    cost = forecast(whole, pilot(whole, identity(), simulate, None), 0.0)
    store.create(whole, identity(), out=tmp_path / "real")
    run_study(whole, identity(), tmp_path / "real", simulate, None)
    real = sum(
        file.stat().st_size
        for name in KEPT
        for file in [tmp_path / "real" / name, *(tmp_path / "real" / name).rglob("*")]
        if file.is_file()
    )
    assert 0.5 < cost.disk / real < 2


def test_costs_grow_with_runs():
    found = pilot(plan(), identity(), simulate, None)
    small, large = (forecast(plan(replicates=n), found, 0.0) for n in (10, 1_000))
    assert large.seconds > small.seconds and large.disk > small.disk
    assert large.memory > small.memory


def test_runs_that_fail_in_the_pilot_are_told():
    def failing(blueprint, points, replicates, seed) -> Chunk:
        chunk = simulate(blueprint, points, replicates, seed)
        nothing = {name: np.full_like(values, np.nan) for name, values in chunk.outcomes.items()}
        return Chunk(nothing, chunk.series, chunk.events, ["out of shells"] * len(chunk.errors))

    found = pilot(plan(), identity(), failing, None)
    assert (found.failed, found.error, found.unmoved) == (found.runs, "out of shells", [])
