"""Common luck: what is the same in two arms draws the same numbers, to the bit."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from worlds_compare import Batch, Run, assert_equal_chunks

from sim import records
from sim.blueprint import Blueprint, draft
from sim.outcomes import SERIES
from sim.scenario.levers import Uncertainty
from sim.scenario.load import load_scenario
from sim.scenario.spec import Relation, Scenario, State, Treaty
from sim.study.chunk import Chunk

ROOT = Path(__file__).parents[1]
CASE = "dprk_russia_2024"
WORLDWIDE = ("belligerents", "days_of_force", "escalation_index", "max_dispute_rung")
"""Outcomes that speak of all states, so that a new pair may move them."""


@cache
def case() -> Scenario:
    return load_scenario(CASE)


@cache
def real() -> Blueprint:
    return draft(case())


def run(scenario: Scenario, replicates: int = 12, seed: int = 5) -> Chunk:
    points = [{"deployment.size": 0}, {"deployment.size": 12000, "escalation.intensity": 1.5}]
    return records.simulate(draft(scenario), points, range(replicates), seed)


def arms(mode: str, pairs: int) -> list[Run]:
    """Pairs of runs that differ in the size of the deployment alone."""
    return [
        ({"deployment.size": size, "honour.mode": mode}, number % 7, 100 + number // 7)
        for number in range(pairs)
        for size in (0, 12000)
    ]


@pytest.mark.parametrize("mode", ["historical", "model"])
def test_before_the_first_departure_size_changes_nothing(mode):
    batch = Batch(real(), arms(mode, pairs=10))
    batch.arrays["states"]["expedition_size"][::2] = 0
    waiting = np.full(10, True)
    departures = 0
    for day in range(real().horizon):
        batch.day()
        left = (batch.arrays["states"]["first_departure"][1::2] == day).any(axis=1)
        departures += int((left & waiting).sum())
        waiting &= ~left
        for name, rows in batch.arrays.items():
            ours, theirs = rows[::2][waiting].copy(), rows[1::2][waiting].copy()
            if name == "states":
                ours["expedition_size"] = theirs["expedition_size"]
            assert ours.tobytes() == theirs.tobytes(), f"{mode}, day {day}: {name}"
    assert departures > (5 if mode == "historical" else 0), "the arms must part in the end"


def test_after_the_first_departure_size_matters():
    outcomes = run(case()).outcomes
    for name in ("peak_deployed", "sender_casualties", "adversary_casualties", "area_at_check"):
        assert not np.array_equal(outcomes[name][::2], outcomes[name][1::2], equal_nan=True), name


def stranger(**more: object) -> State:
    return State(name="A state far away", capability=0.01, pool=1000, recruits=5, **more)


def with_states(new: Mapping[str, State], first: bool) -> Scenario:
    states = {**new, **case().states} if first else {**case().states, **new}
    return case().model_copy(update={"states": states})


@pytest.mark.parametrize("first", [False, True], ids=["last", "first"])
def test_vt_23_an_unrelated_state_changes_no_outcome(first):
    before, after = run(case()), run(with_states({"far": stranger(production=7)}, first))
    for name, values in before.outcomes.items():
        assert np.array_equal(values, after.outcomes[name], equal_nan=True), name
    assert np.array_equal(before.series, after.series)
    fields = ["run", "event", "day", "kind", "article", "amount", "cause"]
    assert np.array_equal(before.events[fields], after.events[fields])


@pytest.mark.parametrize("first", [False, True], ids=["last", "first"])
def test_two_states_with_a_quarrel_and_a_treaty_of_their_own_change_nobody_else(first):
    alone = with_states({"far": stranger(), "farther": stranger(major=False)}, first)
    quarrel = {
        "far_to_farther": Relation(
            actor="far", target="farther", ladder="dispute", tension=3.0, grievance=0.5
        ),
        "farther_to_far": Relation(actor="farther", target="far", concern=1.0),
    }
    pact = Treaty(
        name="A pact of strangers",
        parties=("far", "farther"),
        follows_mode=True,
        signed=case().start,
        articles={
            name: article
            for name, article in case().treaties["csp_2024"].articles.items()
            if not article.obligors
        },
    )
    relations = {**quarrel, **alone.relations} if first else {**alone.relations, **quarrel}
    treaties = {"pact": pact, **alone.treaties} if first else {**alone.treaties, "pact": pact}
    after = run(alone.model_copy(update={"relations": relations, "treaties": treaties}))
    before = run(case())
    for name, values in before.outcomes.items():
        if name not in WORLDWIDE:
            assert np.array_equal(values, after.outcomes[name], equal_nan=True), name
    own = [place for place, one in enumerate(SERIES) if one.name != "dispute_rung"]
    assert np.array_equal(before.series[..., own], after.series[..., own])
    assert len(after.events) > len(before.events), "the strangers' own deeds are in the ledger"


@pytest.mark.parametrize("first", [False, True], ids=["last", "first"])
def test_another_uncertainty_changes_no_other_prior(first):
    new = {"far": Uncertainty(path="states.kor.capability", type="uniform", low=0, high=1)}
    priors = case().uncertainties
    changed = {**new, **priors} if first else {**priors, **new}
    before = real()
    after = draft(case().model_copy(update={"uncertainties": changed}))
    for replicate in range(20):
        ours, theirs = dict(before.luck(9, replicate)), dict(after.luck(9, replicate))
        assert ours.items() < theirs.items()
        assert len(theirs) == len(ours) + 1


def test_priors_are_the_same_at_every_point_and_differ_between_replicates():
    points = [{"deployment.size": size} for size in (0, 9000)]
    worlds = records.arrays(real(), points, range(50), 3)
    attrition = worlds["params"]["attrition"].reshape(50, 2)
    assert np.array_equal(attrition[:, 0], attrition[:, 1])
    assert len(np.unique(attrition[:, 0])) == 50


def test_the_same_seed_gives_the_same_bytes_and_another_replicate_other_ones():
    once, again, other = run(case()), run(case()), run(case(), seed=6)
    assert_equal_chunks(once, again)
    for name, values in once.outcomes.items():
        assert values.tobytes() == again.outcomes[name].tobytes()
    assert not np.array_equal(once.series, other.series)
    losses = once.outcomes["adversary_casualties"]
    assert len(np.unique(losses[::2])) == len(losses) / 2


def test_points_and_replicates_in_one_chunk_or_one_by_one():
    points = [{"deployment.size": size} for size in (0, 3000, 12000)]
    whole = records.simulate(real(), points, range(4), 2)
    for replicate in range(4):
        for place, point in enumerate(points):
            alone = records.simulate(real(), [point], [replicate], 2)
            number = replicate * len(points) + place
            for name, values in whole.outcomes.items():
                assert np.array_equal(values[number], alone.outcomes[name][0], equal_nan=True)
            assert np.array_equal(whole.series[number], alone.series[0])
            mine = whole.events[whole.events["run"] == number]
            mine["run"] = 0
            assert np.array_equal(mine, alone.events)


def test_the_order_of_points_does_not_matter():
    points = [{"deployment.size": size} for size in (0, 3000, 12000)]
    forth = records.simulate(real(), points, [2, 7], 2)
    back = records.simulate(real(), points[::-1], [7, 2], 2)
    for name, values in forth.outcomes.items():
        assert np.array_equal(values, back.outcomes[name][::-1], equal_nan=True), name


PRINT_HASH = """
from sim.agents import simulate
from sim.blueprint import draft
from sim.scenario.load import load_scenario
from hashlib import sha256
chunk = simulate(draft(load_scenario("dprk_russia_2024")), [{"deployment.size": 9000}], [4], 8)
print(sha256(chunk.series.tobytes() + chunk.events.tobytes()).hexdigest())
"""


def test_vt_24_another_process_with_another_hash_seed_gets_the_same_bytes():
    answer = subprocess.run(
        [sys.executable, "-c", PRINT_HASH],
        cwd=ROOT,
        env={"PYTHONHASHSEED": "2", "PYTHONPATH": str(ROOT), "HOME": str(Path.home())},
        capture_output=True,
        text=True,
        check=True,
    )
    here = records.simulate(real(), [{"deployment.size": 9000}], [4], 8)
    digest = sha256(here.series.tobytes() + here.events.tobytes()).hexdigest()
    assert answer.stdout.strip() == digest
