"""Is the folder of a study made safely, and opened again?"""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from study_fakes import identity, plan, simulate

from sim.errors import UsageError
from sim.study import columns, estimate, files, parts, place, store, weekly
from sim.study.run import run_study


def create(**options):
    return store.create(plan(), identity(), **options)


def finished(folder):
    create(out=folder)
    return run_study(plan(), identity(), folder, simulate, None)


def test_what_is_known_is_written_before_the_first_run(tmp_path):
    folder = create(out=tmp_path / "a" / "b")
    assert (folder / "config.yaml").read_text() == f"replicates: 10\n{identity().config}"
    assert (folder / "overrides.yaml").read_text() == "- replicates=10\n"
    assert "4 points x 10 replicates = 40 runs, seed 7" in (folder / "README.txt").read_text()
    said = json.loads((folder / "manifest.json").read_text())
    assert said["status"] == "running"
    assert said["hash"] == identity().digest
    assert said["versions"]["python"]


def test_no_machine_paths_in_a_study(tmp_path):
    folder = finished(tmp_path / "study").folder
    for path in folder.rglob("*.*"):
        assert str(tmp_path).encode() not in path.read_bytes(), path.name


def test_dated_folders_never_collide_and_latest_names_the_newest(tmp_path):
    made = [create(studies=tmp_path) for _ in range(3)]
    assert len(set(made)) == 3
    assert (tmp_path / "latest").read_text().strip() == made[-1].name
    assert store.load(tmp_path / "latest").folder == made[-1]
    assert identity().digest[:8] in made[0].name


def test_two_in_one_second(tmp_path):
    moment = datetime(2025, 1, 31, 12, 0, 0)
    first, second = (place.dated_folder(tmp_path, "a/b c", "0123456789", moment) for _ in "ab")
    assert first.name == "2025-01-31_120000_a-b-c_01234567"
    assert second.name == first.name + "-2"


@pytest.mark.parametrize("nested", ["", "/deeper"])
def test_a_file_in_the_way_is_refused(tmp_path, nested):
    (tmp_path / "file").write_text("mine")
    with pytest.raises(UsageError, match="cannot be used"):
        create(out=f"{tmp_path}/file{nested}")
    assert (tmp_path / "file").read_text() == "mine"


@pytest.mark.parametrize("out", ["/proc/nowhere", "a\0b", "x" * 5000])
def test_impossible_folders_are_refused(out):
    with pytest.raises(UsageError, match="cannot be used"):
        create(out=out)


def test_a_studies_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "studies").write_text("mine")
    with pytest.raises(UsageError, match="cannot be used for studies"):
        create(studies=tmp_path / "studies")


def test_another_study_is_not_touched_without_force(tmp_path):
    before = finished(tmp_path).runs
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match="already holds another study") as refusal:
        store.create(plan(), identity("honour"), out=tmp_path)
    assert "experiment is escalation there and honour here" in str(refusal.value)
    assert "force=true" in str(refusal.value)
    assert store.load(tmp_path).runs.equals(before)
    create(out=tmp_path, force=True)
    assert not (tmp_path / "runs").exists()
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_folder_with_other_things_is_refused_even_with_force(tmp_path):
    (tmp_path / "README.txt").write_text("mine")
    with pytest.raises(UsageError, match="holds no study"):
        create(out=tmp_path, force=True)
    assert (tmp_path / "README.txt").read_text() == "mine"


def test_an_interrupted_write_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "file"
    files.write_text(path, "old")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.write_text(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_what_is_no_study_is_said_so(tmp_path):
    with pytest.raises(UsageError, match="no study in"):
        store.load(tmp_path)


def test_a_damaged_table_is_one_message(tmp_path):
    study = finished(tmp_path)
    (tmp_path / "points.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(UsageError, match="is not as it was written"):
        _ = store.load(study.folder).points


def test_more_replicates_are_more_of_the_same_study(tmp_path):
    few, many = plan(replicates=50), plan(replicates=250)
    assert parts.made_by(identity(), next(few.batches())) == parts.made_by(
        identity(), next(many.batches())
    )
    create(out=tmp_path)
    with pytest.raises(UsageError, match="replicates is 10 there and 50 here"):
        store.create(few, identity(), out=tmp_path)


def test_runs_at_some_levers_are_those_of_the_whole_table(tmp_path):
    study = finished(tmp_path)
    at = {"deployment.size": 12_000, "honour.mode": "model"}
    some = study.runs_at(at, ["lethal_aid"])
    assert list(some) == ["point", "replicate", "failed", *at, "lethal_aid"]
    assert len(some) == 20
    chosen = study.runs[study.runs["deployment.size"] == 12_000].reset_index(drop=True)
    assert some.equals(chosen[list(some)])
    assert study.runs_at({"deployment.size": 1}, []).empty


def test_few_columns_at_a_time_give_the_same_bytes(tmp_path, monkeypatch):
    before = finished(tmp_path / "a").manifest["checksums"]
    monkeypatch.setattr(columns, "AT_A_TIME", 1)
    monkeypatch.setattr(weekly, "AT_A_TIME", 1)
    monkeypatch.setattr(estimate, "AT_A_TIME", 1)
    assert finished(tmp_path / "b").manifest["checksums"] == before
