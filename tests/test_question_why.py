"""Do the causes in the ledger make stories, and do the shares of paths count what they say?"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import question_made
from program import call

from sim.blueprint import draft
from sim.job import words
from sim.outcomes import OUTCOMES, SERIES
from sim.question.history import history
from sim.question.opened import open_study
from sim.question.paths import ancestry, chain, realising, worst
from sim.question.story import lines
from sim.question.why import why_outcome, why_run
from sim.realised import REALISED, WORST
from sim.records import simulate
from sim.rules.ledger import KINDS
from sim.scenario.load import load_scenario
from sim.study.plan import Plan
from sim.study.tables import ledger_table

GIVEN = {"front opened", "war broke out", "institutions changed", "treaty signed"}
BY_RATE = {"step up", "step down", "first goods arrived", "consignment lost"}


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return question_made.made(tmp_path_factory.mktemp("q") / "study", *question_made.WORDS)


@pytest.fixture(scope="module")
def opened(study):
    return open_study(str(study))


def test_only_what_is_given_or_comes_by_a_rate_has_no_cause(opened):
    events = opened.study.events
    assert set(events.loc[events["cause"] < 0, "kind"]) <= GIVEN | BY_RATE
    assert (events["cause"] < events["event"]).all()
    stepped = events[(events["kind"] == "step up") & (events["amount"] == 10)]
    assert len(stepped) and (stepped["cause"] >= 0).all()


def test_a_cause_is_of_the_same_run_and_not_later(opened):
    events = opened.study.events
    later = events.merge(
        events, left_on=["point", "replicate", "cause"], right_on=["point", "replicate", "event"]
    )
    assert len(later) == (events["cause"] >= 0).sum()
    assert (later["day_x"] >= later["day_y"]).all()


@pytest.mark.parametrize("name", ["dprk_russia_2024", "july_1914", "korea_1950"])
def test_every_scenario_has_a_worst_and_a_chain_to_it(name):
    scenario = load_scenario(name)
    blueprint = draft(scenario)
    plan = Plan(
        scenario.levers, [{}], 3, 1, scenario.start, OUTCOMES, SERIES, words(blueprint)
    )  # fmt: skip
    chunk = simulate(blueprint, [{}], range(3), 1)
    table = ledger_table(plan, next(plan.batches()), chunk)
    new = table[realising(REALISED["new_major_party"], scenario, table)]
    assert set(new["replicate"]) == set(np.flatnonzero(chunk.outcomes["new_major_party"]))
    for _, events in table.groupby("replicate"):
        events = events.reset_index(drop=True)
        gravest = worst(scenario, events)
        assert gravest is not None
        story = chain(lines(scenario, events), gravest[1])
        assert story[0].kind in GIVEN | BY_RATE
        assert story[-1].event == gravest[1]
        assert [line.cause for line in story[1:]] == [line.event for line in story[:-1]]


def test_a_run_that_reached_war_reads_as_a_story_of_its_ledger(opened, capsys, study):
    runs = opened.study.runs
    row = runs[runs["new_major_party"] == 1].iloc[0]
    number = opened.number(int(row["point"]), int(row["replicate"]))
    found = why_run(opened, number)
    ledger = {line.event: line for line in lines(opened.blueprint.scenario,
                                                 history(opened, number).events)}  # fmt: skip
    assert len(found.steps) >= 3
    assert found.steps[-1].kind == "entered the war"
    assert all(ledger[step.event] == step for step in found.steps)
    said = call(capsys, "why", str(study), "--run", str(number))
    assert said.status == 0
    assert all(str(step) in said.out for step in found.steps)
    assert "a major power that was not at war entered it" in said.out


def test_the_lines_that_realise_an_outcome_are_there_exactly_when_it_is(opened):
    scenario, runs = opened.blueprint.scenario, opened.study.runs
    kinds = {one.name: one.kind for one in OUTCOMES}
    seen = 0
    for name, wanted in REALISED.items():
        marked = realising(wanted, scenario, opened.study.events)
        events = opened.study.events[marked]
        found = set(zip(events["point"], events["replicate"]))
        values = runs[name]
        yes = values.notna() if kinds[name] == "time" else values >= wanted.value
        expected = set(zip(runs.loc[yes, "point"], runs.loc[yes, "replicate"]))
        assert found == expected, name
        seen += bool(found)
    assert seen >= 12


def test_what_is_declared_exists():
    assert set(REALISED) <= {one.name for one in OUTCOMES}
    for wanted in (*REALISED.values(), *WORST):
        assert set(wanted.kinds) <= set(KINDS)


def test_paths_of_a_ledger_made_by_hand():
    run = np.array([0, 0, 0, 0, 2, 2, 2])
    cause = np.array([-1, 0, -1, 1, -1, -1, 0])
    marked = np.array([False, False, False, True, False, True, True])
    path = ancestry(run, cause, marked)
    assert path.tolist() == [True, True, False, True, False, True, False]


def test_shares_count_runs(opened):
    found = why_outcome(opened, "days_to_first_troops")
    sent = opened.study.runs["days_to_first_troops"].notna()
    assert (found.kept, found.having, found.unseen) == (50, int(sent.sum()), 0)
    articles = found.table[found.table["sort"] == "article"]
    assert articles["item"].tolist() == ["art. 4 of csp_2024"]
    assert articles["on_path"].tolist() == [1.0]
    events = found.table[found.table["sort"] == "event"].set_index("item")
    departed = events.loc["first departure: DPRK"]
    assert (departed["on_path"], departed["happened"], departed["without"]) == (1.0, 1.0, 0.0)
    opened_front = events.loc["front opened: Ukraine to Russia"]
    assert (opened_front["happened"], opened_front["without"]) == (1.0, 1.0)
    assert 0 < departed["on_path_low"] < 1


def test_an_outcome_is_told_with_its_number_of_runs(capsys, study):
    said = call(capsys, "why", str(study), "--outcome", "nuclear_signalling")
    assert (said.status, said.err) == (0, "")
    assert "in 100 (95 % interval)" in said.out
    assert f"of {50} runs" in said.out
    table = pd.read_csv(study / "why" / "nuclear_signalling.csv")
    assert {"article", "rule", "event"} >= set(table["sort"])


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("--outcome", "nuclear_signaling"), "did you mean 'nuclear_signalling'?"),
        (("--outcome", "net_transfer"), "no single event makes 'net_transfer' happen"),
        (("--outcome", "lethal_aid", "--run", "1"), "either one run or an outcome"),
        ((), "one run is needed, not 0"),
    ],
)
def test_wrong_words_are_one_message(capsys, study, words, fault):
    said = call(capsys, "why", str(study), *words)
    assert (said.status, fault in said.err) == (2, True)
