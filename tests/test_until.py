"""until=: a study grows look by look, and says at which look it stopped."""

import pandas as pd
import pytest

from sim.cli import main
from sim.study import stopping
from sim.study.store import load

WORDS = ("deployment.size=0,12000", "until=0.9", "of=lethal_aid:deployment.size:0:12000")


@pytest.fixture(autouse=True)
def small_looks(monkeypatch):
    monkeypatch.setattr(stopping, "FIRST", 4)


def asked(folder, *words):
    return main([*WORDS, f"out={folder}", *words])


def test_it_stops_at_the_budget_and_goes_on_from_where_it_was(tmp_path, capsys):
    words = ("until=0.001", "budget=9")
    assert main([*WORDS[:1], WORDS[2], *words, f"out={tmp_path / 'a'}"]) == 0
    said = capsys.readouterr().err + capsys.readouterr().out
    study = load(tmp_path / "a")
    looks = pd.read_csv(study.folder / "looks.csv")
    assert list(looks["replicates"]) == [4, 6, 9] == stopping.schedule(9)
    assert study.manifest["replicates"] == 9 and looks["last"].tolist() == [False, False, True]
    assert (study.folder / "summary.md").is_file(), said
    before = {path.name: path.read_bytes() for path in (study.folder / "runs").iterdir()}
    assert main([*WORDS[:1], WORDS[2], *words, f"out={tmp_path / 'a'}"]) == 0
    assert {p.name: p.read_bytes() for p in (study.folder / "runs").iterdir()} == before
    pd.testing.assert_frame_equal(pd.read_csv(study.folder / "looks.csv"), looks)


def test_it_stops_at_the_first_look_that_is_narrow_enough(tmp_path):
    assert asked(tmp_path / "b", "budget=40") == 0
    looks = pd.read_csv(tmp_path / "b" / "looks.csv")
    half = (looks["high"] - looks["low"]) / 2
    assert (half[:-1] > 0.9).all() and half.iloc[-1] <= 0.9
    assert load(tmp_path / "b").manifest["replicates"] == looks["replicates"].iloc[-1] < 40


def test_it_is_the_study_of_so_many_replicates(tmp_path):
    assert asked(tmp_path / "c", "budget=40") == 0
    grown = load(tmp_path / "c")
    number = grown.manifest["replicates"]
    assert main([WORDS[0], f"replicates={number}", f"out={tmp_path / 'd'}"]) == 0
    pd.testing.assert_frame_equal(grown.runs, load(tmp_path / "d").runs, check_exact=True)
    assert grown.manifest["hash"] == load(tmp_path / "d").manifest["hash"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("until=2",), "between 0 and 1"),
        (("until=0.1", "of=lethal_ade"), "did you mean 'lethal_aid'"),
        (("until=0.1", "of=lethal_aid:deployment.size:0:700"), "no point has deployment.size=700"),
        (("until=0.1", "of=lethal_aid:deploy:0:700"), "names no pair of a lever"),
        (("until=0.1", "replicates=50"), "finds the number of replicates itself"),
        (("budget=50",), "only beside until="),
        (("until=0.1", "budget=1"), "a whole number from 2"),
    ],
)
def test_what_cannot_be_is_refused_before_a_run(tmp_path, capsys, words, told):
    assert main(["deployment.size=0,12000", *words, f"out={tmp_path / 'e'}"]) == 2
    assert told in capsys.readouterr().err
    assert not (tmp_path / "e").exists()
