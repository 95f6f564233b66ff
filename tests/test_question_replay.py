"""Is every run of a study made again from its folder, and equal to the bit?"""

from __future__ import annotations

import re
import shutil

import numpy as np
import pandas as pd
import pytest
import question_made
from program import FINE, call, contents

from sim.question import opened as opening
from sim.question.history import history
from sim.question.opened import open_study
from sim.question.replay import replay
from sim.question.sentences import SENTENCES
from sim.question.timeline import GROUPS
from sim.rules.ledger import KINDS
from sim.study.store import load


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return question_made.made(tmp_path_factory.mktemp("q") / "study", *question_made.WORDS)


@pytest.fixture(scope="module")
def opened(study):
    return open_study(str(study))


def random_runs(count):
    return [int(run) for run in np.random.default_rng(7).choice(50, size=count, replace=False)]


def test_a_run_is_numbered_by_its_row(opened):
    for number in random_runs(10):
        row, run = opened.study.runs.iloc[number], opened.run(number)
        assert (run.point, run.replicate) == (row["point"], row["replicate"])
        assert opened.number(run.point, run.replicate) == number


@pytest.mark.parametrize("number", random_runs(2))
def test_both_engines_make_the_same_history(opened, number):
    mesa, compiled = history(opened, number, "mesa"), history(opened, number, "compiled")
    pd.testing.assert_frame_equal(mesa.events, compiled.events, check_exact=True)
    pd.testing.assert_frame_equal(mesa.series, compiled.series, check_exact=True)
    np.testing.assert_equal(mesa.outcomes, compiled.outcomes)
    np.testing.assert_equal(mesa.outcomes, mesa.run.outcomes)


def _equal(opened, numbers):
    found = [replay(opened, number) for number in numbers]
    assert not [one.differences for one in found if one.differences]
    assert all("weekly samples" in one.checked for one in found)


def test_random_runs_are_equal_to_the_stored(opened):
    _equal(opened, random_runs(3))


@pytest.mark.slow
def test_fifty_random_runs_are_equal_to_the_stored(opened):
    _equal(opened, random_runs(50))


def test_a_stored_row_that_says_otherwise_is_named(opened, capsys, study, monkeypatch):
    stored = load(study).runs.copy()
    stored.loc[4, "belligerents"] += 1
    changed = opening.Opened(opened.study, opened.blueprint)
    changed.__dict__["rows"] = stored
    assert replay(changed, 4).differences[0].startswith("belligerents: ")
    monkeypatch.setattr("sim.cli.replay.open_study", lambda name: changed)
    said = call(capsys, "replay", str(study), "--run", "4")
    assert said.status == 1
    assert "Not the stored run:\n  belligerents: " in said.out
    assert call(capsys, "replay", str(study), "--run", "5").status == 0


def test_replay_tells_the_run_and_leaves_the_tables_alone(capsys, study):
    before = contents(study)
    said = call(capsys, "replay", str(study), "run=3")
    assert (said.status, said.err) == (0, "")
    assert "Equal to the stored run, to the bit: outcomes, " in said.out
    assert re.search(r"DPRK orders an expedition to Russia: .* \(because of \d+\)", said.out)
    after = contents(study)
    new = {name for name in after if name not in before}
    assert {name: after[name] for name in before} == before
    assert "replays/run-000003/figures/timeline.png" in new
    assert all(name.startswith("replays/") for name in new)
    story = (study / "replays/run-000003/story.md").read_text(encoding="utf-8")
    assert "![Run 3 of the study" in story and "not a forecast" in story


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ((), "one run is needed, not 0: a number from 0 to 49"),
        (("--run", "50"), "run 50 is not in the study: it holds runs 0 to 49"),
        (("--run", "x"), "run: a whole number from 0 to 10,000,000 is needed, not 'x'"),
        (("--run",), "'--run' needs a value"),
        (("run=1", "run=2"), "one run is needed, not 2"),
        (("--runs", "1"), "did you mean 'run'?"),
        (("point=1",), "point=P and replicate=R go together"),
        (("point=2", "replicate=0"), "point 2 is not in the study: its points are 0 to 1"),
        (("point=1", "replicate=0", "run=1"), "either run=N or point=P replicate=R"),
    ],
)
def test_wrong_words_are_one_message(capsys, study, words, fault):
    said = call(capsys, "replay", str(study), *words)
    assert said.status == 2
    assert fault in said.err


def test_other_rules_and_another_configuration_are_refused(capsys, study, tmp_path, monkeypatch):
    copy = shutil.copytree(study, tmp_path / "copy")
    with monkeypatch.context() as patch:
        patch.setattr(opening, "rules_hash", lambda: "0123456789abcdef")
        said = call(capsys, "replay", str(copy), "--run", "1")
        assert (said.status, "the study was run by other rules" in said.err) == (2, True)
    file = copy / "config.yaml"
    file.write_text(file.read_text().replace("capability: 0.", "capability: 1.", 1))
    said = call(capsys, "replay", str(copy), "--run", "1")
    assert (said.status, "config.yaml" in said.err) == (2, True)


def test_latest_and_a_lone_replicate(capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert call(capsys, "replay", "latest", "--run", "0").status == 2
    with monkeypatch.context() as patch:
        patch.setattr("sim.report.figures.draw_all", lambda study, context: [])
        words = (f"scenario={FINE}", "size=0,100", "replicate=9", "engine=mesa")
        assert call(capsys, *words).status == 0
    said = call(capsys, "replay", "latest", "point=1", "replicate=9")
    assert (said.status, said.err) == (0, "")
    assert "Run 1 (point 1, replicate 9)" in said.out


def test_every_kind_of_event_has_a_sentence_and_a_mark():
    assert set(SENTENCES) == set(KINDS)
    marked = [kind for _, _, *kinds in GROUPS.values() for kind in kinds]
    assert sorted(marked) == sorted(KINDS)
