"""Does report.html hold what the study holds, whatever was typed, and nothing from elsewhere?"""

from __future__ import annotations

import html
import re
from urllib.parse import unquote

import numpy as np
import pytest
from program import call
from report_made import WICKED, grid_in, made
from study_fakes import simulate
from test_figures import context_of, dead_at_12_000, study_of

from sim.report.html.axes import grid_of
from sim.report.html.estimates import _by_point, _places
from sim.study.estimate import paired
from sim.study.store import load

SECTIONS = ("found", "explore", "figures", "runs", "asked", "sources", "limits", "again")
FROM_ELSEWHERE = re.compile(r"""(?:src|href|action)\s*=\s*(?!["']?(?:data:|\#))|@import|url\(""")


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    return made(tmp_path_factory.mktemp("study"), title=WICKED)


def test_the_page_has_every_section_and_stays_small(page):
    text = page.read_text(encoding="utf-8")
    assert [name for name in SECTIONS if f'<section id="{name}"' not in text] == []
    assert page.stat().st_size < 3_000_000
    assert text.count("not a forecast") >= 3


def test_nothing_comes_from_elsewhere(page):
    text = re.sub('"data:[^"]*"', '"data:"', page.read_text(encoding="utf-8"))
    assert FROM_ELSEWHERE.findall(text) == []
    assert FROM_ELSEWHERE.findall('<img src="https://a.b/c.png">')
    assert "default-src 'none'" in text


def texts(svg):
    return [" ".join(text.split()) for text in re.findall(r"<text[^>]*>([^<]*)</text>", svg)]


def test_the_figures_in_the_page_say_what_the_files_say(page):
    addresses = re.findall('"data:image/svg.xml,([^"]*)"', page.read_text(encoding="utf-8"))
    shown = [texts(unquote(html.unescape(address))) for address in addresses]
    kept = [texts(file.read_text(encoding="utf-8")) for file in page.parent.glob("figures/*.svg")]
    assert sorted(shown) == sorted(kept)
    assert any(re.search(r"\.\d\d", text) for figure in kept for text in figure)


def test_what_was_typed_shows_as_text(page):
    text = page.read_text(encoding="utf-8")
    assert "alert(1)" in text
    assert "<script>alert" not in text


def test_the_explorer_holds_the_estimates_of_every_point(page):
    points, grid = load(page.parent).points, grid_in(page)
    assert [axis["values"] for axis in grid["axes"]] == [["0", "6,000", "12,000"], ["0", "1", "2"]]
    for across, size in enumerate([0, 6_000, 12_000]):
        for up, heat in enumerate([0, 1, 2]):
            row = grid["order"][3 * across + up]
            there = points.iloc[row]
            assert (there["deployment.size"], there["escalation.intensity"]) == (size, heat)
            shown = grid["estimates"]["nuclear_signalling"]["mid"][row]
            assert shown == pytest.approx(there["nuclear_signalling"], rel=1e-3)


def test_the_explorer_pairs_runs_as_the_study_does(page):
    study, grid = load(page.parent), grid_in(page)
    held, n = {"escalation.intensity": 2.0}, len(study.points)
    one = paired(study.runs, "deployment.size", 0, 12_000, "sender_casualties", held)
    a, b = (int(study.points[(study.points["deployment.size"] == size)
                             & (study.points["escalation.intensity"] == 2)].index[0])
            for size in (0, 12_000))  # fmt: skip
    cell = a * (2 * n - a - 1) // 2 + b - a - 1
    shown = grid["estimates"]["sender_casualties"]
    assert (shown["up"][cell], shown["down"][cell], grid["pairs"][cell]) == (one.up, one.down, 12)
    assert shown["mean"][cell] == pytest.approx(one.mean, rel=5e-3)
    assert shown["half"][cell] == pytest.approx(one.high - one.mean, rel=5e-2)


def test_a_time_that_never_came_is_infinite_and_a_failed_run_is_nothing(tmp_path):
    study = study_of(tmp_path, {"deployment.size": [0]}, 6)
    runs = study.runs
    runs.loc[0, "days_to_restore"] = np.nan
    runs.loc[1, ["failed", "days_to_restore"]] = [True, np.nan]
    values = _by_point(runs, "days_to_restore", *_places(study.points, runs))
    assert np.isinf(values[0, 0]) and np.isnan(values[0, 1])


@pytest.mark.parametrize(
    ("values", "replicates", "engine"),
    [
        ({}, 1, simulate),
        ({"deployment.size": [0, 12_000]}, 4, dead_at_12_000),
        ({"honour.mode": ["model", "always", "never"]}, 3, simulate),
    ],
)
def test_small_and_half_failed_studies_have_a_page(tmp_path, values, replicates, engine):
    text = made(tmp_path, values, replicates, engine=engine).read_text(encoding="utf-8")
    assert '<section id="found"' in text


def test_a_study_without_a_good_run_says_so(tmp_path):
    page = made(tmp_path, {"deployment.size": [12_000]}, 3, engine=dead_at_12_000)
    assert "No run of this study came to an end: 3 of 3 runs failed" in page.read_text("utf-8")


def test_points_that_are_no_grid_get_one_slider(tmp_path):
    study = study_of(tmp_path, {"deployment.size": [0, 6_000], "escalation.intensity": [0, 1]}, 3)
    found = grid_of(study.points.drop(index=2), context_of(study))
    assert [axis.name for axis in found.axes] == ["point"]
    assert found.axes[0].values[2] == "3 of 3: deployment size 6,000, escalation intensity 1"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "report needs one study, not 0"),
        (["nowhere"], "no study in 'nowhere'"),
        (["a", "b"], "report needs one study, not 2"),
        (["nowhere", "out=no/such/folder/x.html"], "there is no folder 'no/such/folder'"),
        (["nowhere", "out=."], "'.' is not a file to write"),
    ],
)
def test_the_verb_refuses_what_it_cannot_do(capsys, arguments, said):
    answer = call(capsys, "report", *arguments)
    assert answer.status == 2
    assert said in answer.err
