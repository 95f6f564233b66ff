"""Is Python as easy as the command line: the same studies, words, and mistakes told?"""

from __future__ import annotations

import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pandas as pd
import pytest
from program import ROOT, contents

import sim
from sim.python.plots import kinds

LEVERS = {"deployment.size": [0, 12000], "escalation.intensity": [1, 2]}


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("python") / "study"
    return sim.run("escalation", LEVERS, replicates=4, out=str(folder), quiet=True)


def test_import_is_light_and_names_few():
    heavy = "pandas,matplotlib,numba,scipy,hydra,mesa,numpy"
    code = f"import sim, sys; print([n for n in '{heavy}'.split(',') if n in sys.modules])"
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert answer.stdout.strip() == "[]"
    assert len(sim.__all__) <= 10
    assert all(hasattr(sim, name) for name in sim.__all__)
    with pytest.raises(AttributeError, match="no attribute 'lode'"):
        _ = sim.lode


def test_a_run_in_python_is_the_same_as_on_the_command_line(study, tmp_path):
    words = ["deployment.size=0,12000", "escalation.intensity=1,2", "replicates=4"]
    from sim.cli import main

    assert main(["+experiment=escalation", *words, f"out={tmp_path / 'other'}"]) == 0
    other = sim.load(tmp_path / "other")
    pd.testing.assert_frame_equal(study.runs, other.runs)
    assert other.config == study.config


def test_without_a_place_it_goes_to_studies_and_is_the_latest(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    made = sim.run(replicates=2, **{"honour.mode": "model"})
    assert "Saved" in capsys.readouterr().out
    assert (
        sim.load().folder.resolve() == made.folder.resolve() == sim.load("latest").folder.resolve()
    )
    assert set(made.runs["honour.mode"]) == {"model"}


def test_tables_by_levers(study):
    whole = study.table("lethal_aid")
    assert list(whole) == ["deployment.size", "escalation.intensity", "n", "in 100", "low", "high"]
    assert len(whole) == 4 and whole.attrs["held"] == {}
    line = study.table("days_to_restore", by="deployment.size")
    assert len(line) == 2 and line.attrs["held"] == {"escalation.intensity": 1.0}
    assert {"median", "never, in 100", "mean, days"} <= set(line)
    points = study.points.set_index(["deployment.size", "escalation.intensity"])
    for row in whole.to_dict("records"):
        at = (row["deployment.size"], row["escalation.intensity"])
        assert row["in 100"] == 100 * points.loc[at, "lethal_aid"]


@pytest.mark.parametrize("kind", ["", *kinds()])
def test_every_kind_of_figure_is_drawn_with_words_or_told_why_not(study, kind):
    before = contents(study.folder)
    try:
        picture = study.plot(kind)
    except sim.UsageError as error:
        assert "this study has no figure" in str(error)
        return
    root = ET.fromstring(picture.svg)
    assert root.tag.endswith("svg") and root.get("role") == "img" and root.get("aria-label")
    assert contents(study.folder) == before


def test_a_figure_of_an_outcome(study):
    assert study.plot("ecdf", "days_to_restore").name == "ecdf_days_to_restore"


def test_studies_and_comparisons_show_themselves(study, tmp_path):
    compared = sim.compare(study, **{"deployment.size": (0, 12000)})
    assert compared.paired and not compared.differing
    for shown in (study, compared):
        page, text = shown._repr_html_(), repr(shown)
        assert "<svg" in page and "<table>" in page and "aria-label" in page
        assert "not a forecast" in page and "not a forecast" in text
        assert "src=" not in page and 'href="http' not in page, "nothing from elsewhere"
        assert "| " in shown._repr_markdown_()
    assert f"Saved in {study.folder}" in repr(study)
    compared.plot().save(str(tmp_path / "picture.png"))
    assert (tmp_path / "picture.png").stat().st_size > 1000
    mean = compared.table.query("outcome == 'sender_casualties' and statistic == 'mean'")
    assert (mean["value"] > 0).all()


def test_comparing_two_studies_in_python(study, tmp_path):
    other = sim.run(
        "escalation", LEVERS, replicates=2, out=str(tmp_path / "b"), quiet=True,
        **{"scenario.params.helmbold": 0.75},
    )  # fmt: skip
    compared = sim.compare(study, other.folder, outcomes=["lethal_aid"])
    assert compared.differing == ["scenario.params.helmbold: nothing in A, 0.75 in B"]


@pytest.mark.parametrize(
    ("act", "fault"),
    [
        (lambda s: s.table("lethal_ade"), "did you mean 'lethal_aid'"),
        (lambda s: s.table("lethal_aid", by="size"), "not a lever"),
        (lambda s: s.plot("heatmp"), "did you mean 'heatmap'"),
        (lambda s: s.plot("ecdf", "moon"), "it has: ecdf_sender_casualties"),
        (lambda s: sim.run("escalaton"), "did you mean 'escalation'"),
        (lambda s: sim.run(levers={"deploymnt.size": 0}), "did you mean 'deployment.size'"),
        (lambda s: sim.run(levers={"deployment.size": []}), "no values"),
        (lambda s: sim.load("nowhere"), "no study in 'nowhere'"),
        (lambda s: sim.compare(s), "two studies, or one and the two values"),
        (lambda s: sim.compare(s, **{"deployment.size": 5}), "two values are needed"),
        (lambda s: sim.compare(s, **{"deployment.size": (0, 5)}), "5 was not run"),
    ],
)
def test_mistakes_are_one_clear_message(study, act, fault):
    with pytest.raises(sim.UsageError, match=fault):
        act(study)


def test_places_are_paths(study):
    assert isinstance(study.folder, Path) and not study.bands.empty and not study.events.empty
