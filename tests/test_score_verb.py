"""`python -m sim score` from the outside: what it writes, says, forgives and refuses."""

from __future__ import annotations

import shutil

import pandas as pd
import pytest
import yaml
from program import BUILT_IN, FINE, call
from scoring_made import csv_file

from sim.cli import main
from sim.report import figures
from sim.scenario.places import CONFIGS
from sim.scoring.point import choose
from sim.scoring.predict import TARGET, predicted
from sim.scoring.record import read_record
from sim.study.store import load

RECORD = CONFIGS / "record" / BUILT_IN / "public_record.csv"
BLOCK = ("from=2024-12-01", "to=2025-01-31")


def study_of(folder, *typed):
    """A small study without figures."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "draw_all", lambda study, context: [])
        assert main([*typed, f"out={folder}", "engine=mesa", "seed=2"]) == 0
    return folder


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """Two points of the real case, historical and never."""
    folder = tmp_path_factory.mktemp("studies") / "study"
    short = "scenario.end=2025-03-31"
    return study_of(folder, "honour.mode=never,historical", "replicates=3", short)


@pytest.fixture
def copy(study, tmp_path):
    return shutil.copytree(study, tmp_path / "study")


def test_the_training_record(capsys, copy):
    said = call(capsys, "score", str(copy), str(RECORD), *BLOCK)
    assert (said.status, said.err) == (0, "")
    assert "Point: 1 (" in said.out
    assert "No treaty: point 0 of the study" in said.out
    assert "in sample" in said.out
    assert {path.name for path in (copy / "score").iterdir()} == {
        "score.csv", "score.md", "calibration.png",
    }  # fmt: skip
    scores = pd.read_csv(copy / "score" / "score.csv")
    assert scores["date"].between("2024-12-01", "2025-01-31").all()
    assert {"dprk_casualties_cum", "kursk_area_held.deepstate"} <= set(scores["series"])
    text = (copy / "score" / "score.md").read_text(encoding="utf-8")
    assert "ru_occupied_ukraine.deepstate" in text
    assert "not a forecast" in text
    before = {path.name: path.read_bytes() for path in (copy / "score").iterdir()}
    assert call(capsys, "score", str(copy), str(RECORD), *BLOCK) == said
    assert {path.name: path.read_bytes() for path in (copy / "score").iterdir()} == before


def test_fitted_to_the_record_before_the_block(capsys, copy):
    """With three runs all stay; their sources have learned, and the files say so."""
    plain = call(capsys, "score", str(copy), str(RECORD), *BLOCK, "fit=none")
    unfitted = pd.read_csv(copy / "score" / "score.csv")
    assert "Fit: none" in plain.out
    assert call(capsys, "score", str(copy), str(RECORD), *BLOCK) == plain
    said = call(capsys, "score", str(copy), str(RECORD), *BLOCK, "fit=before")
    assert (said.status, said.err) == (0, "")
    words = "fitted to the record before the block (2024-12-01): the 3 of 3 runs"
    assert words in said.out
    assert "No treaty: point 0 of the study; the 3 of 3 runs" in said.out
    text = (copy / "score" / "score.md").read_text(encoding="utf-8")
    assert words in text
    assert "Fitted to the record before the block: only the runs" in text
    fitted = pd.read_csv(copy / "score" / "score.csv")
    same = ["line", "series", "observed", "crps_persistence", "crps_constant_rate"]
    pd.testing.assert_frame_equal(fitted[same], unfitted[same])
    events = fitted["kind"] == "event"
    pd.testing.assert_frame_equal(fitted[events], unfitted[events])
    assert not fitted["crps"].equals(unfitted["crps"])


def test_a_fit_sees_nothing_of_the_block(capsys, copy, tmp_path):
    """Another value within the block changes its own scores and no prediction."""
    rows = RECORD.read_text(encoding="utf-8").splitlines()
    line = next(row for row in rows if row.startswith("ru_losses_monthly.ukraine_gs_claim,2024-12"))
    changed = tmp_path / "changed.csv"
    other = line.replace(",48670.0,48670.0,", ",148670.0,148670.0,")
    assert other != line
    changed.write_text("\n".join([*rows, ""]).replace(line, other), encoding="utf-8")
    found = []
    for record in (RECORD, changed):
        assert call(capsys, "score", str(copy), str(record), *BLOCK, "fit=before").status == 0
        found.append(pd.read_csv(copy / "score" / "score.csv"))
    predicted = ["line", "n", "median", "low50", "high50", "low90", "high90"]
    pd.testing.assert_frame_equal(found[0][predicted], found[1][predicted])
    assert (found[0]["crps"] != found[1]["crps"]).sum() == 1


def test_a_prior_that_has_seen_the_block_is_in_sample(capsys, tmp_path):
    short = ("scenario.end=2024-12-31", "replicates=2", "honour.mode=never,historical")
    folder = study_of(tmp_path / "study", *short, "prior=matched_2024_11_30")
    for first, words in (("2024-11-30", "in sample: the prior was matched"), ("2024-12-01", "")):
        block = (f"from={first}", "to=2024-12-20")
        said = call(capsys, "score", str(folder), str(RECORD), *block).out
        assert "Prior: prior matched to the record up to 2024-11-30" in said
        assert ("in sample: the prior was matched" in said) == bool(words)
    text = (folder / "score" / "score.md").read_text(encoding="utf-8")
    assert "prior matched to the record up to 2024-11-30. 4 runs" in text


def test_a_prior_that_has_changed_since_is_told(capsys, tmp_path):
    own = tmp_path / "own.csv"
    own.write_text("attrition\n1\n", encoding="utf-8")
    folder = study_of(tmp_path / "study", "scenario.end=2024-12-31", "replicates=2", f"prior={own}")
    block = ("from=2024-12-01", "to=2024-12-20")
    changed = "a prior that has changed since the study was made"
    assert changed not in call(capsys, "score", str(folder), str(RECORD), *block).out
    own.write_text("attrition\n2\n", encoding="utf-8")
    assert changed in call(capsys, "score", str(folder), str(RECORD), *block).out
    own.unlink()
    said = call(capsys, "score", str(folder), str(RECORD), *block)
    assert (said.status, "own.csv: prior: cannot be read" in said.err) == (2, True)


LATER = [
    "kursk_area_held.deepstate,2025-02-20,300,350,400,km2,DeepState,x,yes",
    "dprk_casualties_cum,2025-02-28,4500,5000,6000,killed+wounded,ROK NIS,x,yes",
    "dprk_casualties_cum,2027-02-28,4500,5000,6000,killed+wounded,ROK NIS,x,yes",
    "dprk_casualties_cum,2025-03-01,1,1,1,brigades,ROK NIS,x,yes",
    "never_seen_before,2025-02-20,1,1,1,things,Somebody,x,yes",
    "event.ladder.ROK.does_something_new,2025-02-21,1,1,1,event,Somebody,x,yes",
]


def test_a_record_that_goes_on_after_the_cut_off(capsys, copy, tmp_path):
    said = call(capsys, "score", str(copy), str(csv_file(tmp_path, *LATER)))
    assert said.status == 0
    assert "From 2025-02-01 to 2027-02-28" in said.out
    assert "out of sample" in said.out
    assert "2 rows are of unknown series" in said.out
    scores = pd.read_csv(copy / "score" / "score.csv")
    assert scores["series"].tolist() == ["kursk_area_held.deepstate", "dprk_casualties_cum"]
    # the nulls know the shipped record, though the new file does not hold it
    assert scores["crps_persistence"].notna().all()
    text = (copy / "score" / "score.md").read_text(encoding="utf-8")
    for words in ("`never_seen_before` (1): unknown series", "Beyond the study's horizon", "unit"):
        assert words in text


def test_a_record_of_unknown_series_alone_is_no_error(capsys, copy, tmp_path):
    assert call(capsys, "score", str(copy), str(RECORD), *BLOCK).status == 0
    said = call(capsys, "score", str(copy), str(csv_file(tmp_path, LATER[4])))
    assert said.status == 0
    assert "No row to score; 1 rows cannot be" in said.out
    assert not (copy / "score" / "calibration.png").exists()
    assert call(capsys, "score", str(copy), str(csv_file(tmp_path))).status == 0


def test_without_such_a_point_the_no_treaty_model_is_run(capsys, tmp_path):
    """By hand: the same run with honour.mode=never has the same area."""
    short = "scenario.end=2024-12-31"
    one = study_of(tmp_path / "one", "replicates=2", short)
    both = study_of(tmp_path / "both", "honour.mode=never,historical", "replicates=2", short)
    found = []
    for folder in (one, both):
        block = ("from=2024-12-01", "to=2024-12-20")
        assert call(capsys, "score", str(folder), str(RECORD), *block).status == 0
        found.append(pd.read_csv(folder / "score" / "score.csv"))
    assert len(found[0]) > 5
    pd.testing.assert_frame_equal(found[0], found[1])


def test_targets_for_history_matching(study):
    table = predicted(load(study), read_record(RECORD))
    assert list(table.columns) == TARGET
    assert not table["series"].eq("event.treaty.duma_ratifies").any()
    assert (table["error_variance"] > 0).all()
    assert (table["members"].map(len) == 3).all()
    assert (table["variance"] >= 0).all()


def test_the_point_that_is_scored(study):
    found = load(study)
    assert (choose(found), choose(found, 0)) == (1, 0)
    assert found.points.loc[1, "honour.mode"] == "historical"


WRONG = [
    (["score"], "score needs a study and a record"),
    (["score", "STUDY"], "score needs a study and a record"),
    (["score", "STUDY", "RECORD", "third"], "not 3"),
    (["score", "nowhere", "RECORD"], "no study in 'nowhere'"),
    (["score", "STUDY", "nowhere.csv"], "nowhere.csv: cannot be read"),
    (["score", "STUDY", "RECORD", "form=2025-01-01"], "did you mean 'from'?"),
    (["score", "STUDY", "RECORD", "from=yesterday"], "from: 'yesterday' is not a date"),
    (["score", "STUDY", "RECORD", "from=2025-01-01", "from=2025-01-02"], "is set twice"),
    (["score", "STUDY", "RECORD", "from=2025-01-01", "to=2024-01-01"], "comes before"),
    (["score", "STUDY", "RECORD", "point=9"], "no point 9; 0 to 1"),
    (["score", "STUDY", "RECORD", "point=-1"], "is not the number of a point"),
    (["score", "STUDY", "RECORD", "mapping=none.yaml"], "none.yaml"),
    (["score", "STUDY", "RECORD", "fit=bfore"], "fit: there is no fit 'bfore'"),
    (["score", "STUDY", "RECORD", "fit="], "known: none, before"),
    (["scroe", "STUDY", "RECORD"], "did you mean 'score'?"),
]


@pytest.mark.parametrize(("typed", "fault"), WRONG)
def test_wrong_usage_is_one_message_and_writes_nothing(capsys, copy, typed, fault):
    places = {"STUDY": str(copy), "RECORD": str(RECORD)}
    said = call(capsys, *(places.get(word, word) for word in typed))
    assert said.status == 2
    assert fault in said.err
    assert "Traceback" not in said.err
    assert not (copy / "score").exists()


def test_studies_that_cannot_be_scored(capsys, copy):
    config = copy / "config.yaml"
    tree = yaml.safe_load(config.read_text(encoding="utf-8"))
    config.write_text(yaml.safe_dump({**tree, "scenario": {"title": "x"}}), encoding="utf-8")
    said = call(capsys, "score", str(copy), str(RECORD))
    assert (said.status, "config.yaml: holds no scenario" in said.err) == (2, True)
    config.write_text(yaml.safe_dump(tree), encoding="utf-8")
    shutil.rmtree(copy / "paths")
    said = call(capsys, "score", str(copy), str(RECORD))
    assert (said.status, "keeps no weekly series run by run" in said.err) == (2, True)


def test_a_scenario_of_another_author(capsys, tmp_path):
    """No record and no lever honour.mode: with a mapping of one's own it is scored all the same."""
    folder = study_of(tmp_path / "study", f"scenario={FINE}", "replicates=4")
    level = {"quantity": "area_held", "units": ["km2"], "errors": [{"log_sd": 0.1}], "source": "t"}
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(yaml.safe_dump({"levels": {"area": level}}), encoding="utf-8")
    record = csv_file(tmp_path, "area,2024-02-10,1,2,3,km2,A,x,yes")
    assert "names no record" in call(capsys, "score", str(folder), str(record)).err
    said = call(capsys, "score", str(folder), str(record), f"mapping={mapping}")
    assert (said.status, said.err) == (0, "")
    assert "the scenario has no lever honour.mode" in said.out
    assert len(pd.read_csv(folder / "score" / "score.csv")) == 1
    said = call(capsys, "score", str(folder), str(record), f"mapping={mapping}", "fit=before")
    assert (said.status, "there is no matching 'fine'" in said.err) == (2, True)
