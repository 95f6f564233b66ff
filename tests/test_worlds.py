"""The Mesa world and the compiled world are one world: equal to the bit, after every phase."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
from worlds_compare import (
    STEPPERS,
    Batch,
    assert_equal_by_day,
    assert_equal_by_phase,
    assert_equal_chunks,
    differences,
)
from worlds_made import POINTS, made

from sim import agents, records
from sim.agents import World
from sim.blueprint import Blueprint, draft
from sim.phases import PHASES
from sim.rules.ledger import KINDS
from sim.scenario.load import load_scenario
from sim.study.chunk import Chunk

SEEDS = 20
BY_PHASE = 3
MADE = 24

MODES = ("historical", "model", "always", "never")
LUCK = tuple(
    (
        {
            "deployment.size": (0, 12000, 20001)[n % 3],
            "escalation.intensity": (0.0, 0.5, 1.0, 2.0)[n // 2 % 4],
            "honour.mode": MODES[n % 4],
            "arms.rate": (1.0, 0.0, 2.5)[n // 3 % 3],
        },
        n,
        2**40 * n + n,
    )
    for n in range(SEEDS)
)
"""Points, replicates and seeds (also above 32 bits) over which the real case is compared."""


@cache
def real() -> Blueprint:
    return draft(load_scenario("dprk_russia_2024"))


CASES = {"july_1914": 200, "korea_1950": 120, "two_rivals": 200}
"""Other cases, and the days over which they are compared every evening."""


@cache
def chunks_of(number: int) -> tuple[Chunk, Chunk]:
    """Four runs of a machine-made scenario in both worlds."""
    blueprint = draft(made(number))
    runs = (blueprint, POINTS, [0, 1], number)
    return agents.simulate(*runs), records.simulate(*runs)


@pytest.mark.slow
def test_the_real_case_is_equal_after_every_phase():
    worlds = assert_equal_by_phase(real(), LUCK[:BY_PHASE], real().horizon)
    assert {world.clock.day for world in worlds} == {882}


@pytest.mark.slow
def test_the_real_case_is_equal_every_evening():
    worlds = assert_equal_by_day(real(), LUCK, real().horizon)
    assert len({world.clock.escalation for world in worlds}) > SEEDS / 2, "luck must differ"


@pytest.mark.slow
def test_outcomes_series_and_ledgers_of_the_real_case_are_equal():
    for point, replicate, seed in LUCK:
        runs = (real(), [point], [replicate], seed)
        assert_equal_chunks(agents.simulate(*runs), records.simulate(*runs))


@pytest.mark.slow
@pytest.mark.parametrize(("case", "days"), CASES.items())
def test_other_cases_are_equal_every_evening(case, days):
    blueprint = draft(load_scenario(case))
    worlds = assert_equal_by_day(blueprint, [({}, n, 2**40 * n + n) for n in range(3)], days)
    assert len({world.clock.events for world in worlds}) > 1, "luck must differ"


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_outcomes_series_and_ledgers_of_other_cases_are_equal(case):
    points = [{}, {"contested.accepted": 1.0, "escalation.intensity": 2.0}]
    runs = (draft(load_scenario(case)), points, [0], 7)
    assert_equal_chunks(agents.simulate(*runs), records.simulate(*runs))


@pytest.mark.parametrize("number", range(MADE))
def test_machine_made_scenarios_are_equal_after_every_phase(number):
    blueprint = draft(made(number))
    assert_equal_by_phase(blueprint, [(POINTS[number % 2], 0, number)], blueprint.horizon)


@pytest.mark.parametrize("number", range(MADE))
def test_machine_made_scenarios_have_equal_results(number):
    assert_equal_chunks(*chunks_of(number))


def test_machine_made_scenarios_reach_every_kind_of_event():
    happened = {kind for n in range(MADE) for kind in chunks_of(n)[0].events["kind"].tolist()}
    assert {KINDS[kind] for kind in happened} == set(KINDS)


def test_a_full_ledger_stops_neither_world():
    whole = draft(made(1))
    short = replace(whole, many=whole.many | {"ledger": whole.many["ledger"][:20]})
    (world,) = assert_equal_by_day(short, [(POINTS[1], 0, 1)], 60)
    assert world.clock.events == 20
    assert world.clock.overflow > 0


def test_a_phase_left_out_is_noticed():
    """The comparison can fail: it names the field that a missing phase did not write."""
    blueprint = draft(made(3))
    batch, world = Batch(blueprint, [(POINTS[1], 0, 3)]), World(blueprint, POINTS[1], 0, 3)
    batch.wake()
    for phase in STEPPERS:
        if phase != "mobilise":
            batch.act(phase)
    world.step()
    found = list(differences(world, batch, 0))
    assert any(line.startswith("states[") and ".pool:" in line for line in found)


def test_a_number_of_the_wrong_type_is_noticed():
    blueprint = draft(made(3))
    batch, world = Batch(blueprint, [(POINTS[1], 0, 3)]), World(blueprint, POINTS[1], 0, 3)
    world.states[0].pool = float(world.states[0].pool)
    assert not list(differences(world, batch, 0))
    assert "states[0].pool" in next(differences(world, batch, 0, whole=True))


def test_the_order_of_a_day_is_data():
    assert len(PHASES) == len(set(PHASES)) == len(STEPPERS)


def test_sampled_days_are_the_first_of_every_week():
    mesa, _ = chunks_of(0)
    horizon = draft(made(0)).horizon
    assert mesa.series.shape[1] == -(-horizon // 7)
    assert not np.isnan(mesa.series).any()


def test_events_are_in_the_order_of_days():
    mesa, _ = chunks_of(1)
    for run in range(4):
        days = mesa.events["day"][mesa.events["run"] == run].tolist()
        assert all(a <= b for a, b in pairwise(days))
