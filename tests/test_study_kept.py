"""Does a study that is there answer from disk, and only when it is the one asked for?"""

from __future__ import annotations

import json

import pytest
from program import FINE, call, contents

from sim import job
from sim.cli import main
from sim.report import figures
from sim.study.store import load

WORDS = (f"scenario={FINE}", "size=0,100", "engine=mesa", "workers=1", "replicates=3")
SAID = "Answered from disk: this study was finished on 2"


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(figures, "draw_all", lambda study, context: [])
    return tmp_path


@pytest.fixture
def first(elsewhere):
    """The study, run once, in `studies`."""
    assert main(WORDS) == 0
    return load("studies/latest").folder


def folders(elsewhere):
    return [path for path in (elsewhere / "studies").iterdir() if path.is_dir()]


def test_what_is_there_is_not_run_again(capsys, first, elsewhere):
    before = contents(first)
    (elsewhere / "studies" / "latest").write_text("another\n")
    said = call(capsys, *WORDS[:3], "workers=2", WORDS[4])
    assert (said.status, said.err) == (0, "")
    assert SAID in said.out and f"in studies/{first.name}\n" in said.out
    assert "By size" in said.out and "force=true   runs it again" in said.out
    assert contents(first) == before
    assert folders(elsewhere) == [elsewhere / first]
    assert load("studies/latest").folder == first


@pytest.mark.parametrize("word", ["force=true", "seed=2", "out=studies/x", "replicates=2"])
def test_what_is_not_the_same_is_run(capsys, first, elsewhere, word):
    said = call(capsys, *(one for one in WORDS if one[:4] != word[:4]), word)
    assert said.status == 0
    assert SAID not in said.out and "Done in" in said.out
    assert len(folders(elsewhere)) == 2


@pytest.mark.parametrize("change", ["engine", "rules", "numpy", "damaged"])
def test_made_otherwise_it_does_not_answer(capsys, first, change, monkeypatch):
    about = json.loads((first / "manifest.json").read_text())
    about |= {"engine": {"engine": "compiled"}, "rules": {"rules": "1-0"}}.get(change, {})
    about["versions"] |= {"numpy": "0.1"} if change == "numpy" else {}
    text = "{" if change == "damaged" else json.dumps(about)
    (first / "manifest.json").write_text(text)
    said = call(capsys, *WORDS)
    assert said.status == 0
    assert SAID not in said.out and "Some of these runs" not in said.out


def test_with_fewer_replicates_there_topup_is_named(capsys, first, elsewhere):
    said = call(capsys, *WORDS[:4], "replicates=5")
    assert said.status == 0
    assert f"python -m sim topup studies/{first.name} replicates=5\n" in said.out
    assert len(load("studies/latest").runs) == 10


def test_without_its_report_it_is_to_be_resumed(capsys, first):
    (first / "README.md").unlink()
    said = call(capsys, *WORDS)
    assert f"python -m sim resume studies/{first.name}\n" in said.out
    assert "Done in" in said.out


def test_when_every_run_failed_it_still_says_so(first, monkeypatch):
    file = first / "manifest.json"
    about = json.loads(file.read_text())
    file.write_text(json.dumps(about | {"failed": about["runs"]}))
    assert main(WORDS) == job.FAILED
