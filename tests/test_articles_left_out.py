"""Is an article that a lever leaves out the same as a treaty without it, and are effects right?"""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest
from program import call

from sim import records
from sim.agents import simulate
from sim.blueprint import draft
from sim.errors import UsageError
from sim.reopened import context_of
from sim.report.articles import NONE, effect, left_out, shared_runs, tables
from sim.report.articles import columns_of as columns
from sim.scenario.load import load_scenario
from sim.scenario.spec import Focus, Scenario
from sim.study.store import load

CASE, LEVER = "dprk_russia_2024", "treaty.left_out"
TREATY = ("treaty_in_force_days", "obligations_", "voluntary_aid")


@cache
def case() -> Scenario:
    return load_scenario(CASE)


def point(word: str) -> dict[str, str]:
    return {LEVER: word, "honour.mode": "always"}


def bare(word: str) -> Scenario:
    """The scenario with the article cut out of its data, and the lever with it."""
    levers = {name: lever for name, lever in case().levers.items() if name != LEVER}
    treaties, focus = dict(case().treaties), case().focus
    if word == "all":
        del treaties["csp_2024"]
        focus = Focus(**{**focus.model_dump(), "treaty": None})
    else:
        articles = dict(treaties["csp_2024"].articles)
        del articles[word]
        treaties["csp_2024"] = treaties["csp_2024"].model_copy(update={"articles": articles})
    cut = "treaties.csp_2024." if word == "all" else f"treaties.csp_2024.articles.{word}."
    priors = {n: p for n, p in case().uncertainties.items() if not p.path.startswith(cut)}
    changes = {"treaties": treaties, "focus": focus, "levers": levers, "uncertainties": priors}
    return case().model_copy(update=changes)


@pytest.mark.parametrize("word", ["art_4", "art_8", "art_23", "all"])
def test_an_article_left_out_is_as_if_it_had_never_been_written(word):
    ours = records.simulate(draft(case()), [point(word)], range(4), 3)
    theirs = records.simulate(draft(bare(word)), [{"honour.mode": "always"}], range(4), 3)
    for name, values in ours.outcomes.items():
        if word != "all" or not name.startswith(TREATY):
            assert np.array_equal(values, theirs.outcomes[name], equal_nan=True), name
    assert np.array_equal(ours.series, theirs.series)


def test_leaving_out_mutual_aid_keeps_the_soldiers_at_home():
    words = ["none", "art_4", "art_6", "all"]
    chunk = records.simulate(draft(case()), [point(word) for word in words], range(3), 3)
    sent = chunk.outcomes["peak_deployed"].reshape(3, 4)
    assert (sent[:, [0, 2]] > 0).all() and (sent[:, [1, 3]] == 0).all()
    called = chunk.outcomes["obligations_called"].reshape(3, 4)
    assert (called[:, 1] <= called[:, 0]).all() and (called[:, 1] < called[:, 0]).any()
    assert (called[:, 3] == 0).all()


def test_both_engines_leave_out_the_same():
    points = [point("art_4")]
    compiled = records.simulate(draft(case()), points, [1], 3)
    mesa = simulate(draft(case()), points, [1], 3)
    for name, values in compiled.outcomes.items():
        assert np.array_equal(values, mesa.outcomes[name], equal_nan=True), name


@pytest.mark.parametrize(
    ("path", "value", "fault"),
    [
        ("path", "treaties.csp_2025.articles", "did you mean 'csp_2024'"),
        ("choices", ["none", "art_44"], "did you mean 'art_4'"),
        ("default", "art_99", "art_9"),
    ],
)
def test_wrong_levers_are_told(path, value, fault):
    with pytest.raises(UsageError, match=fault):
        load_scenario(CASE, {f"levers.{LEVER}.{path}": value})


def test_the_summary_attributes_the_outcomes(tmp_path, capsys):
    words = ["+experiment=articles", f"{LEVER}=none,art_4,all", "replicates=20"]
    assert call(capsys, *words, f"out={tmp_path / 'study'}").status == 0
    study = load(tmp_path / "study")
    text = (study.folder / "summary.md").read_text(encoding="utf-8")
    assert "## What each article adds" in text
    assert "| art_4: Military and other help without delay" in text
    context = context_of(study)
    assert left_out(study) == (LEVER, "csp_2024")
    (table,) = tables(study, context)
    assert [row[0].split(":")[0] for row in table.rows] == ["art_4", "all"]
    runs = shared_runs(study, context, LEVER)
    column = next(one for one in columns(context) if one.outcome == "sender_casualties")
    wide = pd.pivot(study.runs, index="replicate", columns=LEVER, values="sender_casualties")
    change = wide[NONE] - wide["art_4"]
    assert effect(runs, LEVER, "art_4", column).mean == pytest.approx(change.mean())


def test_many_words_are_told_together(tmp_path, capsys):
    words = ["+experiment=articles", "replicates=2", f"out={tmp_path / 'study'}"]
    assert call(capsys, *words).status == 0
    text = (tmp_path / "study" / "README.md").read_text(encoding="utf-8")
    assert "## What each article adds" in text
    assert max(len(line) for line in text.splitlines() if line[:2] in ("2.", "3.", "4.")) < 400
