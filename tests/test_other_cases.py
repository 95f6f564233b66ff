"""The other cases: what is given, what is refused, and how the score reads a run."""

from __future__ import annotations

import math
from datetime import date

import pandas as pd
import pytest

from sim.applies import NEEDS, applicable
from sim.blueprint import draft
from sim.cli import main
from sim.errors import UsageError
from sim.outcomes import OUTCOMES, SERIES
from sim.records import simulate
from sim.rules.ledger import ENTERED_WAR
from sim.scenario.load import load_scenario
from sim.validation.belligerents import CASES, connected, jaccard, recorded, tau

WARS = {"july_1914": date(1914, 7, 28), "korea_1950": date(1950, 6, 25)}
EVERY = pytest.mark.parametrize("case", WARS)


@EVERY
def test_only_the_war_s_first_day_is_given(case):
    (entry,) = load_scenario(case).calendar.values()
    assert (entry.kind, entry.date) == ("war_breaks_out", WARS[case])


@EVERY
def test_intercepts_are_the_published_ones_and_alignments_are_drawn_whole(case):
    scenario = load_scenario(case)
    published = {"july_1914": {1.13, 3.004}, "korea_1950": {-1.133}}[case]
    articles = [a for t in scenario.treaties.values() for a in t.articles.values()]
    owed = {a.intercept for a in articles if a.type not in ("alignment", "consultation")}
    assert owed == published
    drawn = {p.path: (p.low, p.high) for p in scenario.uncertainties.values()}
    for name, treaty in scenario.treaties.items():
        if treaty.informal:
            assert drawn[f"treaties.{name}.articles.stand_by.terms.honour"] == (0.0, 1.0)


@EVERY
def test_the_record_names_states_of_the_scenario_and_the_war_s_parties(case):
    scenario, history = load_scenario(case), recorded(CASES[case][1])
    war = scenario.relations[next(iter(scenario.calendar.values())).subject]
    assert history.parties == {war.actor, war.target}
    assert history.joined.keys() < scenario.states.keys()
    assert min(history.joined.values()) >= (WARS[case] - date(1970, 1, 1)).days


@EVERY
def test_outcomes_without_ground_are_left_out(case):
    scenario = load_scenario(case)
    kept = {one.name for one in applicable(OUTCOMES, scenario.focus)}
    assert kept == {one.name for one in OUTCOMES} - NEEDS.keys()
    assert {one.name for one in applicable(SERIES, scenario.focus)} == {"dispute_rung"}
    chunk = simulate(draft(scenario), [{}], range(2), 1)
    empty = {name for name, values in chunk.outcomes.items() if all(map(math.isnan, values))}
    assert empty and empty <= NEEDS.keys()


def test_the_case_with_an_expedition_measures_all():
    focus = load_scenario("dprk_russia_2024").focus
    assert applicable(OUTCOMES, focus) == OUTCOMES
    assert applicable(SERIES, focus) == SERIES
    assert NEEDS.keys() <= {one.name for one in (*OUTCOMES, *SERIES)}


def test_the_main_job_tells_what_it_does_not_draw(tmp_path, capsys):
    out = tmp_path / "study"
    assert (
        main(["scenario=korea_1950", "replicates=3", "scenario.end=1950-12-31", f"out={out}"]) == 0
    )
    said = capsys.readouterr().out
    assert "states at" in said
    assert "not drawn, for the scenario's focus names none: an expedition" in said
    drawn = {path.stem for path in (out / "figures").glob("*.png")}
    assert drawn == {"compliance", "entries"}
    assert "casualties" not in (out / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("treaties.rus_srb_alignment.informal", False, "an alignment has no text"),
        ("treaties.ger_auh_1879.informal", True, "needs a text, and the treaty is informal"),
        ("treaties.rus_srb_alignment.in_force_since", "1909-04-01", "never enters into force"),
        ("treaties.ger_auh_1879.articles.art_1.against", "ruz", "did you mean 'rus'"),
        ("treaties.london_1839.articles.guarantee.beneficiaries", ["ita"], "there is no party"),
        ("calendar.war.subject", "auh_to_rus", "climbs a ladder"),
        ("calendar.war.subject", "auh", "there is no relation 'auh'"),
        ("focus.area_on", "1914-08-01", "there is no front in focus"),
    ],
)
def test_faults_of_a_case_are_named(path, value, said):
    with pytest.raises(UsageError, match=said):
        load_scenario("july_1914", {path: value})


def test_states_of_another_war_enter_when_a_line_links_it():
    names = ["one", "two", "three", "four", "five"]
    lines = pd.DataFrame(
        {"kind": ENTERED_WAR, "actor": [2, 1, 4, 3], "target": [3, 0, 0, 1], "day": [5, 9, 9, 20]}
    ).to_dict("records")
    found = connected(lines, names, frozenset({"one", "two"}))
    assert found == {"five": 9.0, "four": 20.0, "three": 20.0}
    assert connected(lines[:1], names, frozenset({"one", "two"})) == {}


def test_scores():
    assert jaccard({"a"}, {"a"}) == jaccard(set(), set()) == 1.0
    assert jaccard({"a"}, {"b"}) == 0.0
    assert tau({"a": 1.0, "b": 2.0}, {"a": 3.0, "b": 4.0}) == 1.0
    assert tau({"a": 1.0, "b": 2.0}, {"a": 4.0, "b": 3.0}) == -1.0
    assert math.isnan(tau({"a": 1.0}, {"a": 4.0, "b": 3.0}))


def test_the_invented_case_has_no_history_and_names_no_real_state():
    scenario = load_scenario("two_rivals")
    assert not scenario.calendar and scenario.record is None
    real = {s.name for c in ("dprk_russia_2024", *WARS) for s in load_scenario(c).states.values()}
    assert real.isdisjoint(state.name for state in scenario.states.values())
    assert all(said.startswith("assumption") for path, said in scenario.sources.items()
               if not path.startswith("ladders."))  # fmt: skip


LEVERS = {
    "escalation.intensity": (0.5, 1.5, "max_dispute_rung", 1),
    "rivalry.reaction": (0.0, 0.04, "max_dispute_rung", 1),
    "deployment.size": (0, 20000, "sender_casualties", 1),
    "pact.firmness": (-5.0, 5.0, "peak_deployed", 1),
    "contested.accepted": (0.0, 1.0, "peak_deployed", 1),
    "honour.mode": ("never", "always", "peak_deployed", 1),
    "reports.bias": (0.5, 5.0, "lethal_aid", 1),
    "reports.spread": (0.0, 2.0, "lethal_aid", 1),
}
WAR = {"kind": "front_opens", "subject": "valley", "date": "2031-02-01"}


@pytest.mark.parametrize("lever", LEVERS)
def test_each_lever_of_the_invented_case_moves_what_it_speaks_of(lever):
    """Paired over 400 replicates, z > 4; where a war is needed it is given."""
    low, high, outcome, sign = LEVERS[lever]
    given = (
        {} if outcome == "max_dispute_rung" else {f"calendar.war.{k}": v for k, v in WAR.items()}
    )
    if lever == "reports.spread" or lever == "reports.bias":
        given["fronts.valley.recognised"] = True
    blueprint = draft(load_scenario("two_rivals", given))
    chunk = simulate(blueprint, [{lever: low}, {lever: high}], range(400), 5)
    values = chunk.outcomes[outcome].reshape(400, 2)
    change = sign * (values[:, 1] - values[:, 0])
    assert change.mean() > 4 * change.std(ddof=1) / math.sqrt(400)


def test_neither_war_nor_peace_is_certain_in_the_invented_case():
    chunk = simulate(draft(load_scenario("two_rivals")), [{}], range(300), 5)
    wars = (chunk.outcomes["max_dispute_rung"] >= 4).mean()
    assert 0.05 < wars < 0.95
