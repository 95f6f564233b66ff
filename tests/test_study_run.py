"""Does a study keep every finished run, in the same bytes, whatever happens?"""

from __future__ import annotations

import threading
from hashlib import sha256

import numpy as np
import pytest
from study_fakes import OUTCOMES, identity, plan, simulate

from sim.study import store
from sim.study.chunk import Chunk
from sim.study.run import run_study


def study_at(folder, the_plan=None, engine=simulate, **options):
    the_plan = the_plan or plan()
    store.create(the_plan, identity(), out=folder)
    return run_study(the_plan, identity(), folder, engine, None, **options)


def bytes_of(folder):
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*.parquet"))
    }


def test_tables_have_the_promised_shape(tmp_path):
    study = study_at(tmp_path)
    names = [one.name for one in OUTCOMES]
    levers = ["deployment.size", "escalation.intensity", "honour.mode"]
    columns = ["point", "replicate", "seed", *levers, *names, "failed", "error"]
    assert list(study.runs) == columns
    assert len(study.runs) == 40
    assert study.runs["replicate"].is_monotonic_increasing
    assert study.runs["deployment.size"].dtype == np.int64
    assert study.points["n"].tolist() == [10] * 4
    assert set(study.bands["series"]) == {"sender_casualties", "area_held"}
    assert len(study.bands) == 4 * 127 * 2
    totals = study.shares.groupby(["point", "day", "series"])["share"].sum()
    assert np.allclose(totals, 1.0)
    assert (study.shares["n"] == 10).all()
    assert study.manifest["status"] == "finished"
    assert study.manifest["runs"] == 40
    assert not list(tmp_path.rglob("*.tmp"))


def test_every_column_has_unit_and_meaning(tmp_path):
    study = study_at(tmp_path)
    for table in ("runs", "points", "bands", "shares", "events"):
        assert set(getattr(study, table)) == set(study.manifest["columns"][table]), table


def test_paths_are_the_weekly_series_run_by_run(tmp_path):
    study = study_at(tmp_path)
    paths, bands = study.paths, study.bands
    assert len(paths) == 40 * 127
    assert paths["area_held"].dtype == np.float32
    mean = paths.groupby(["point", "day"])["area_held"].mean().to_numpy()
    area = bands[bands["series"] == "area_held"].sort_values(["point", "day"])
    assert np.allclose(mean, area["mean"], rtol=1e-6)
    assert study.manifest["replicates_in_paths"] == 10


def test_paths_are_bounded_and_leave_out_failed_runs(tmp_path):
    def fails(blueprint, points, replicates, seed):
        chunk = simulate(blueprint, points, replicates, seed)
        return Chunk(chunk.outcomes, chunk.series, chunk.events, ["", "broken"] * 20)

    kept = study_at(tmp_path, engine=fails).paths
    assert set(kept["point"]) == {0, 2}
    many = plan({"deployment.size": list(range(300))}, replicates=1000)
    assert many.path_replicates == 8_000 // 300
    assert plan({"deployment.size": list(range(8_001))}).path_replicates == 0


@pytest.mark.parametrize(
    ("points", "replicates", "paths", "ledgers"),
    [(1, 3000, 2000, 2000), (1, 700, 700, 700), (2, 3000, 2000, 2000), (40, 250, 200, 100)],
)
def test_few_points_keep_more_runs_each(points, replicates, paths, ledgers):
    """A study of one point can be scored; the main job keeps no more than it can hold."""
    made = plan({"deployment.size": list(range(points))}, replicates=replicates)
    assert len(made.points) == points
    assert (made.path_replicates, made.event_replicates) == (paths, ledgers)


def test_the_ledger_speaks_in_words(tmp_path):
    events = study_at(tmp_path).events
    assert len(events) == 80
    first, second = events.iloc[0], events.iloc[1]
    assert (first["kind"], first["actor"], first["article"]) == (
        "obligation called",
        "RUS",
        "csp_2024.4",
    )
    assert str(second["date"].date()) == "2024-10-08"
    assert second.isna()[["target", "article"]].all()
    assert second["cause"] == 0


def test_same_bytes_for_any_number_of_workers(tmp_path):
    large = plan(replicates=120)
    study_at(tmp_path / "a", large, workers=1)
    study_at(tmp_path / "b", large, workers=3)
    assert bytes_of(tmp_path / "a") == bytes_of(tmp_path / "b")
    assert len(list((tmp_path / "a" / "runs").iterdir())) == 3


def test_only_the_first_replicates_enter_ledger_and_bands(tmp_path):
    study = study_at(tmp_path, plan({"deployment.size": list(range(10))}, replicates=520))
    assert study.events["replicate"].max() == 399
    assert study.bands["n"].max() == 500
    assert study.manifest["replicates_in_events"] == 400
    assert study.manifest["replicates_in_bands_and_shares"] == 500


def broken_at(point, replicate):
    def engine(blueprint, points, replicates, seed):
        if replicate in replicates and any(one["deployment.size"] == point for one in points):
            raise ZeroDivisionError("no line of contact")
        return simulate(blueprint, points, replicates, seed)

    return engine


def test_a_run_that_raises_is_a_row(tmp_path):
    study = study_at(tmp_path, engine=broken_at(12_000, 3))
    failed = study.runs[study.runs["failed"]]
    assert failed["replicate"].tolist() == [3, 3]
    assert failed["error"].tolist() == ["ZeroDivisionError: no line of contact"] * 2
    assert failed["sender_casualties"].isna().all()
    assert study.points["failed"].tolist() == [0, 0, 1, 1]
    assert study.bands.groupby("point")["n"].max().tolist() == [10, 10, 9, 9]
    assert study.manifest["failed"] == 2


def test_a_study_whose_every_run_fails_is_still_a_study(tmp_path):
    def engine(blueprint, points, replicates, seed):
        raise ValueError("no world")

    study = study_at(tmp_path, engine=engine)
    assert study.runs["failed"].all()
    assert study.points["n"].tolist() == [0] * 4
    assert study.bands.empty
    assert study.events.empty


def test_ctrl_c_keeps_what_is_finished(tmp_path):
    def interrupt(done, total, headline):
        if done >= 400:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        study_at(tmp_path, plan(replicates=300), progress=interrupt)
    study = store.load(tmp_path)
    assert study.manifest["status"] == "interrupted"
    assert (len(study.runs), study.manifest["runs"]) == (400, 400)
    assert study.points["n"].tolist() == [100] * 4


def test_only_a_few_batches_are_ahead(tmp_path):
    started, most, gate = [], [], threading.Lock()

    def engine(blueprint, points, replicates, seed):
        with gate:
            started.append(replicates)
        return simulate(blueprint, points, replicates, seed)

    def watch(done, total, headline):
        most.append(len(started) - done // 200)

    study_at(tmp_path, plan(replicates=600), engine, workers=2, progress=watch)
    assert max(most) <= 5


def test_progress_tells_the_headline_with_its_interval(tmp_path):
    told = []
    study = study_at(
        tmp_path,
        plan(replicates=100),
        headline="nuclear_signalling",
        progress=lambda *state: told.append(state),
    )
    assert [(done, total) for done, total, _ in told] == [(200, 400), (400, 400)]
    last = told[-1][2]
    assert last.share == pytest.approx(study.runs["nuclear_signalling"].mean())
    assert last.low < last.share < last.high
