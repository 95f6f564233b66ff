"""Does `python -m sim compare` say what changed, pair what it can, and write beside the studies?"""

from __future__ import annotations

import pandas as pd
import pytest
from program import call, contents

from sim.comparison import Estimate
from sim.comparison.words import told

SMALL = ("deployment.size=0,12000", "escalation.intensity=1,2", "replicates=3")


@pytest.fixture(scope="module")
def studies(tmp_path_factory):
    """A study of four points, and one of two of them with a number set by hand."""
    from sim.cli import main

    folder = tmp_path_factory.mktemp("studies")
    assert main(["+experiment=escalation", *SMALL, f"out={folder / 'grid'}"]) == 0
    by_hand = ["deployment.size=0,12000", "replicates=2", "scenario.params.helmbold=0.75"]
    assert main([*by_hand, f"out={folder / 'hand'}"]) == 0
    return folder


def test_two_arms_of_a_study(studies, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    before = contents(studies)
    said = call(capsys, "compare", str(studies / "grid"), "deployment.size=0:12000")
    assert said.status == 0, said.err
    assert "Paired by replicate (both arms are of one study): 3 futures" in said.out
    assert "DPRK casualties, mean people" in said.out
    assert "not a forecast" in said.out
    assert contents(studies) == before, "nothing is written into a study"
    (folder,) = (tmp_path / "comparisons").iterdir()
    assert folder.name == "grid_deployment.size=0_vs_deployment.size=12000"
    names = {path.name for path in folder.iterdir()}
    assert names == {"comparison.csv", "comparison.md", "differences.png", "differences.svg"}
    table = pd.read_csv(folder / "comparison.csv")
    runs = pd.read_parquet(studies / "grid" / "runs")
    wide = runs.pivot(
        index="replicate",
        columns=["escalation.intensity", "deployment.size"],
        values="sender_casualties",
    )
    mean = table[(table["outcome"] == "sender_casualties") & (table["statistic"] == "mean")]
    for intensity, value in zip(mean["escalation.intensity"], mean["value"]):
        change = wide[(intensity, 12000)] - wide[(intensity, 0)]
        assert value == pytest.approx(change.mean(), rel=1e-5)


def test_two_studies_name_what_differs(studies, tmp_path, capsys):
    out = tmp_path / "here"
    arms = (str(studies / "grid"), str(studies / "hand"), "outcome=lethal_aid,area_end")
    said = call(capsys, "compare", *arms, f"out={out}")
    assert said.status == 0, said.err
    assert "What differs:\n  scenario.params.helmbold: nothing in A, 0.75 in B" in said.out
    assert "Left out: 1 replicates that only one side has, 2 points" in said.out
    assert "scenario.params.helmbold" in (out / "comparison.md").read_text(encoding="utf-8")
    again = call(capsys, "compare", *arms, f"out={out}")
    assert again.out == said.out


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (["grid"], "compare needs two studies, or one and a lever"),
        (["grid", "deploymnt.size=0:12000"], "did you mean 'deployment.size'?"),
        (["grid", "deployment.size=0:5"], "5 was not run"),
        (["grid", "deployment.size=0:0"], "0 is compared with itself"),
        (["grid", "hand", "outcome=lethal"], "did you mean 'lethal_aid'?"),
        (["grid", "nothere"], "no study in 'nothere'"),
        (["grid", "hand", "out=grid/inside"], "holds a study"),
        (["grid", "hand", "out=."], "holds other files"),
        (["grid", "hand", "escalation.intensity=2"], "2 was not run"),
    ],
)
def test_wrong_words(studies, capsys, monkeypatch, words, fault):
    monkeypatch.chdir(studies)
    before = contents(studies)
    said = call(capsys, "compare", *words)
    assert said.status == 2
    assert fault in said.err
    assert "Traceback" not in said.err
    assert contents(studies) == before


def test_a_day_that_moves_to_never_is_told(studies, tmp_path, capsys):
    said = call(
        capsys, "compare", str(studies / "grid"), "deployment.size=0:12000",
        "escalation.intensity=1", "outcome=all", f"out={tmp_path / 'all'}",
    )  # fmt: skip
    assert said.status == 0, said.err
    assert "ended by collapse" in said.out
    table = pd.read_csv(tmp_path / "all" / "comparison.csv")
    runs = pd.read_parquet(studies / "grid" / "runs")
    assert set(table["outcome"]) <= set(runs) and len(set(table["outcome"])) > 40


def test_infinite_ends_have_words():
    assert told(Estimate(3.0, -1.0, float("inf"))) == "+3 (-1 to +inf)"
