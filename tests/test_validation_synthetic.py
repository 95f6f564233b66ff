"""The world of many states: it is made, counted and judged as it says (EV-3)."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from sim.blueprint import LEDGER_LINES, draft
from sim.errors import UsageError
from sim.records import simulate
from sim.rules import ledger
from sim.rules.escalation import DISPLAY, QUIET, THREAT, USE_OF_FORCE, WAR
from sim.scenario.check import problems_of
from sim.scenario.load import load_scenario, validated
from sim.study.chunk import EVENT_TYPE, Chunk
from sim.validation.synthetic_patterns import SHAPE, met, misfit, patterns
from sim.validation.synthetic_record import Record, count, observe
from sim.validation.synthetic_search import INTRODUCTION, candidates, score
from sim.validation.synthetic_states import allies_of, scenario, world_tree
from sim.validation.synthetic_world import CHOSEN

HORIZON = 3653


@pytest.fixture(scope="module")
def chunk() -> Chunk:
    return simulate(draft(scenario(CHOSEN)), [{}], range(40, 60), 1)


def test_only_the_target_of_a_challenge_is_owed():
    made = draft(scenario(CHOSEN)).many
    assert len(made["duties"]) == sum(allies_of(CHOSEN))
    targets = {duty["beneficiary"] for duty in made["duties"]}
    assert len(targets) == sum(number > 0 for number in allies_of(CHOSEN))


def test_a_beneficiary_must_be_a_party():
    tree = world_tree(CHOSEN)
    tree["treaties"]["pact_19"]["articles"]["defence"]["beneficiaries"] = ["target_0"]
    faults = [f"{p.path}: {p.fault}" for p in problems_of(validated(tree, "x", "x"), tree)]
    path = "treaties.pact_19.articles.defence.beneficiaries"
    assert faults == [f"{path}: there is no party 'target_0'"]


def test_a_fault_of_the_made_scenario_is_told():
    with pytest.raises(UsageError, match="settlement"):
        scenario(replace(CHOSEN, settlement=0.5))


def test_the_ledger_has_room_for_many_quarrels(chunk):
    assert len(draft(scenario(CHOSEN)).many["ledger"]) > LEDGER_LINES
    assert len(draft(load_scenario("dprk_russia_2024")).many["ledger"]) == LEDGER_LINES
    assert not any(chunk.errors)
    assert np.bincount(chunk.events["run"]).max() > LEDGER_LINES


def test_every_war_opens_its_front_again_and_both_states_enter_it_again(chunk):
    events = pd.DataFrame(chunk.events)
    wars = events[(events["kind"] == ledger.STEP_UP) & (events["amount"] == WAR)]
    again = wars.groupby(["run", "actor"]).size()
    assert again.max() > 1
    assert (events["kind"] == ledger.OPENED).sum() == len(wars)
    entered = events[events["kind"] == ledger.ENTERED_WAR]
    steps = wars[["run", "event"]].rename(columns={"event": "cause"})
    sides = entered.merge(steps, on=["run", "cause"])
    assert len(sides) == 2 * len(wars)


def lines(*told: tuple[int, int, int, int, float, int]) -> Chunk:
    """A chunk of one run from (day, kind, actor, target, amount, cause)."""
    rows = [
        (0, number, day, kind, actor, target, -1, amount, cause)
        for number, (day, kind, actor, target, amount, cause) in enumerate(told)
    ]
    return Chunk({}, np.zeros((1, 0, 0)), np.array(rows, dtype=EVENT_TYPE), [""])


def to_war(day: int, actor: int, target: int) -> list[tuple[int, int, int, int, float, int]]:
    rungs = (THREAT, DISPLAY, USE_OF_FORCE, WAR)
    return [(day, ledger.STEP_UP, actor, target, float(rung), -1) for rung in rungs]


def test_disputes_wars_and_joiners_are_counted():
    record = count(
        [
            lines(
                *to_war(800, 0, 1),
                (801, ledger.CASUS, 5, 1, 2.0, -1),
                (801, ledger.CASUS, 6, 1, 2.0, -1),
                (830, ledger.ENTERED_WAR, 5, 0, 0.0, 4),
                (860, ledger.ENTERED_WAR, 6, 0, 0.0, 5),
                (900, ledger.SETTLED, 1, 0, 0.0, -1),
                *to_war(1000, 2, 3)[:3],
                (1010, ledger.STEP_DOWN, 2, 3, float(QUIET), -1),
                *to_war(1100, 0, 1),
                (1200, ledger.COLLAPSED, 0, 1, 0.0, -1),
                *to_war(3600, 0, 1),
            )
        ],
        HORIZON,
    )
    assert record.days.tolist() == [100.0, 100.0, 53.0]
    assert record.ended.tolist() == [True, True, False]
    assert record.settled == 0.5
    assert record.left[USE_OF_FORCE] == (4, 3)
    assert record.disputes == 4
    assert [lag.tolist() for lag in record.lags] == [[30.0, 60.0], []]
    assert record.joiners.tolist() == [2.0, 0.0]
    assert sorted(record.onsets) == [0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0]


def test_a_failed_run_is_no_record(monkeypatch):
    failed = replace(lines(*to_war(1, 0, 1)), errors=["the ledger is full"])
    monkeypatch.setattr("sim.records.simulate", lambda *_: failed)
    with pytest.raises(RuntimeError, match=r"1 of 1 runs of .* failed: the ledger is full"):
        observe(CHOSEN, 1, 1)


def as_published(stretch: float = 1.0) -> Record:
    """A record with the published numbers of disputes, wars, joiners, lags and years."""
    luck = np.random.default_rng(1)
    joiners = np.array([0.0] * 45 + [1.0] * 15 + [2.0] * 12 + [3.0] * 9 + [5.0] * 7 + [9.0] * 5)
    joiners = np.concatenate([joiners, [36.0, 35.0]])
    lags = [stretch * 290.7 * luck.weibull(0.687, int(number)) for number in joiners]
    years = [0.0] * 103 + [1.0] * 64 + [2.0] * 12 + [3.0, 4.0]
    return Record(
        disputes=2174,
        left={USE_OF_FORCE: (1569, 95)},
        days=stretch * 730.0 * luck.weibull(0.88, 95),
        ended=np.ones(95, dtype=bool),
        settled=1.0,
        joiners=joiners,
        lags=lags,
        onsets=np.array(years),
    )


def test_the_record_itself_meets_its_patterns():
    found = patterns(as_published())
    assert met(found) == ["i", "ii", "iii", "iv", "v"]
    assert misfit(found) < 0.2


def test_a_world_of_long_wars_and_late_joiners_does_not():
    found = patterns(as_published(stretch=3.0))
    assert met(found) == ["i", "iii", "v"]


def test_wars_that_all_last_alike_have_the_wrong_shape():
    record = as_published()
    alike = replace(record, days=np.sort(record.days) * 0.01 + 460.0)
    shape = next(one for one in patterns(alike) if one.quantity == SHAPE)
    assert shape.ours > 1.2 and not shape.met


def test_wars_without_joiners_meet_nothing_of_joiners():
    record = as_published()
    alone = replace(record, joiners=record.joiners * 0.0)
    assert "iii" not in met(patterns(alone))


def test_the_setting_is_the_first_of_the_search():
    text = (Path(__file__).parents[1] / "docs" / "reference" / "synthetic_world.md").read_text(
        encoding="utf-8"
    )
    assert text.startswith(INTRODUCTION)
    rows = [line for line in text.removeprefix(INTRODUCTION).splitlines() if line][2:]
    assert len(rows) == len(list(candidates()))
    numbers = (1 / CHOSEN.settlement, CHOSEN.allies, CHOSEN.spread, CHOSEN.scale, CHOSEN.shape)
    assert rows[0].startswith("| " + " | ".join(f"{number:g}" for number in numbers) + " |")
    assert CHOSEN in candidates()


def test_a_pattern_more_is_worth_more_than_the_default_lag_and_that_more_than_a_closer_fit():
    four, three = patterns(as_published()), patterns(as_published(stretch=3.0))
    late = replace(CHOSEN, scale=349.0)
    assert score(late, four) < score(CHOSEN, three)
    assert score(CHOSEN, three) < score(late, three)
