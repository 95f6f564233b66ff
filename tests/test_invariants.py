"""What must hold in every run: order, conservation, no duty without a treaty."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache
from random import Random

import numpy as np
import pytest
from worlds_made import POINTS, made, rearranged

from sim import records
from sim.agents import World
from sim.blueprint import Blueprint, draft
from sim.rules import ledger
from sim.rules.escalation import WAR
from sim.rules.supply import SHELLS
from sim.scenario.load import load_scenario
from sim.scenario.spec import Scenario
from sim.study.chunk import Chunk

Z = 4.0
"""Standard errors that a frequency may lie off its exact value."""
OBLIGATIONS = (
    *(ledger.CASUS, ledger.DECIDED, ledger.CALLED, ledger.MET, ledger.LATE, ledger.PARTIAL),
    *(ledger.REFUSED, ledger.VOLUNTARY, ledger.CONSULTED, ledger.ORDERED, ledger.DEPARTED),
)
ORDERS: dict[str, Callable[[list[str]], list[str]]] = {
    "backwards": lambda names: names[::-1],
    "shuffled": lambda names: Random(5).sample(names, len(names)),
}


@cache
def case() -> Scenario:
    return load_scenario("dprk_russia_2024")


def assert_same_outcomes(ours: Chunk, theirs: Chunk) -> None:
    assert ours.errors == theirs.errors
    for name, values in ours.outcomes.items():
        assert np.array_equal(values, theirs.outcomes[name], equal_nan=True), name
    assert np.array_equal(ours.series, theirs.series)
    kinds = [np.sort(chunk.events[["run", "day", "kind", "amount"]]) for chunk in (ours, theirs)]
    named = ~np.isin(kinds[0]["kind"], [ledger.SIGNED, ledger.IN_FORCE, ledger.NOTICE_GIVEN])
    assert np.array_equal(kinds[0][["run", "day", "kind"]], kinds[1][["run", "day", "kind"]])
    assert named.any()


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
@pytest.mark.parametrize("number", [*range(40), 269])
def test_vt_21_the_order_of_names_in_a_made_scenario_does_not_matter(number, order):
    scenario = made(number)
    before = records.simulate(draft(scenario), POINTS, range(4), number)
    after = records.simulate(draft(rearranged(scenario, order)), POINTS, range(4), number)
    assert_same_outcomes(before, after)


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_the_order_of_names_in_the_real_case_does_not_matter(order):
    points = [{"honour.mode": mode} for mode in ("historical", "model")]
    before = records.simulate(draft(case()), points, range(20), 1)
    after = records.simulate(draft(rearranged(case(), order)), points, range(20), 1)
    assert_same_outcomes(before, after)


def soldiers(world: World, index: int) -> int:
    """Everybody a state had at first: pool, formations, on the way, casualties who have not
    returned to duty; no recruits."""
    state = world.states[index]
    under_arms = sum(
        force.strength + force.coming + force.fresh
        for force in world.forces
        if force.owner == index
    )
    recruited = state.recruits * (world.clock.day + 1)
    return int(state.pool + under_arms + state.casualties - state.returned - recruited)


def came_home(world: World, index: int) -> bool:
    """Whether soldiers of a state have travelled home from an expedition."""
    lines = world.ledger[: world.clock.events]
    return any(line.kind == ledger.HOME_AGAIN and line.actor == index for line in lines)


def rounds_in(world: World, index: int) -> int:
    """Rounds that came to a state from others."""
    flows = [flow for flow in world.flows if flow.recipient == index and flow.good == SHELLS]
    return sum(int(flow.units_arrived) for flow in flows)


def assert_stocks_add_up(world: World, days: int) -> None:
    """Day by day: people and rounds neither appear nor vanish, and none is owed."""
    places = range(len(world.states))
    total = [soldiers(world, index) for index in places]
    stock = [state.munitions for state in world.states]
    for _ in range(days):
        made = [state.produced for state in world.states]
        economy = [state.economy for state in world.states]
        world.step()
        assert [soldiers(world, index) for index in places] == total, world.clock.day
        for index, state in enumerate(world.states):
            made_or_sent = state.produced + rounds_in(world, index)
            assert 0 <= state.produced - made[index] == int(economy[index] * state.production)
            assert state.imported == rounds_in(world, index)
            assert 0 <= state.munitions <= stock[index] + made_or_sent
            assert state.pool >= 0, f"day {world.clock.day}: state {index} sent people it had not"
            assert 0.0 <= state.supply <= 1.0
    for force in world.forces:
        assert force.strength >= 0
        assert force.losses >= 0
    for index, state in enumerate(world.states):
        forces = [force for force in world.forces if force.owner == index]
        abroad = [force for force in forces if force.place >= 0]
        assert state.casualties == sum(force.losses for force in forces)
        assert state.casualties_abroad == sum(force.losses for force in abroad)
        back = sum(force.admitted - force.recovering for force in abroad)
        if not came_home(world, index):
            assert state.sent + back == state.abroad + state.casualties_abroad
        assert state.abroad == sum(f.strength + f.coming + f.fresh for f in abroad)
        assert sum(f.embarked for f in abroad) <= int(state.order_share * state.expedition_size)
    for front in world.fronts:
        assert front.area >= 0.0
        assert front.area <= front.area_peak
    for flow in world.flows:
        assert flow.units_arrived <= flow.units_delivered <= flow.loads_sent * flow.content


@pytest.mark.parametrize("replicate", range(3))
def test_vt_20_soldiers_and_rounds_are_conserved_in_the_real_case(replicate):
    blueprint = draft(case())
    assert_stocks_add_up(World(blueprint, {"deployment.size": 20000}, replicate), blueprint.horizon)


@pytest.mark.parametrize("number", range(40))
def test_vt_20_soldiers_and_rounds_are_conserved_in_made_scenarios(number):
    blueprint = draft(made(number))
    assert_stocks_add_up(World(blueprint, POINTS[1], 1, number), blueprint.horizon)


def test_replacements_do_not_make_the_pool_owe_people():
    """A small pool, an expedition still embarking, and losses that ask for replacements."""
    states = dict(case().states)
    states["prk"] = states["prk"].model_copy(update={"pool": 9000, "preparation": 0, "lift": 40})
    scenario = case().model_copy(
        update={
            "states": states,
            "uncertainties": {
                name: prior
                for name, prior in case().uncertainties.items()
                if name not in ("lift", "preparation")
            },
        }
    )
    blueprint = draft(scenario)
    for replicate in range(3):
        world = World(blueprint, {"deployment.size": 20000}, replicate)
        for _ in range(blueprint.horizon):
            world.step()
            assert min(state.pool for state in world.states) >= 0, world.clock.day


def without_treaties(scenario: Scenario) -> Blueprint:
    priors = scenario.uncertainties.items()
    return draft(
        scenario.model_copy(
            update={
                "treaties": {},
                "focus": scenario.focus.model_copy(update={"treaty": None}),
                "uncertainties": {k: v for k, v in priors if not v.path.startswith("treaties.")},
            }
        )
    )


def test_vt_21_without_a_treaty_nobody_owes_or_sends_anything():
    for scenario in (case(), *(made(number) for number in range(8))):
        chunk = records.simulate(without_treaties(scenario), [{"honour.mode": "always"}], [0, 1], 1)
        assert not np.isin(chunk.events["kind"], OBLIGATIONS).any()
        assert not chunk.outcomes["peak_deployed"].any()


def under(mode: str, count: int = 100) -> Chunk:
    return records.simulate(draft(case()), [{"honour.mode": mode}], range(count), 4)


def lines_of(chunk: Chunk, kind: int) -> np.ndarray:
    """Lines of a kind about the treaty that `honour.mode` speaks of."""
    articles = [name.startswith("csp_2024.") for name in draft(case()).names["articles"]]
    events = chunk.events[chunk.events["kind"] == kind]
    return events[np.array([*articles, False])[events["article"]]]


def test_never_honoured_means_no_expedition_and_no_aid():
    chunk = under("never")
    assert not np.isin(chunk.events["kind"], (ledger.ORDERED, ledger.DEPARTED)).any()
    for outcome in ("peak_deployed", "voluntary_aid", "obligations_met", "obligations_late"):
        assert not chunk.outcomes[outcome].any(), outcome
    called, refused = chunk.outcomes["obligations_called"], chunk.outcomes["obligations_refused"]
    assert called.mean() > 5.0
    assert np.array_equal(called, refused)
    assert not lines_of(chunk, ledger.DECIDED)["amount"].any()


def test_always_honoured_means_every_decision_is_yes_and_troops_are_ordered():
    chunk = under("always")
    assert lines_of(chunk, ledger.DECIDED)["amount"].all()
    ordered = chunk.events[chunk.events["kind"] == ledger.ORDERED]
    assert len(np.unique(ordered["run"])) > 90, "but for the slowest, all send"


def test_each_trigger_is_decided_once():
    """One decision for each casus foederis, and no second one while the attack goes on."""
    for mode in ("historical", "model", "never"):
        chunk = under(mode)
        casus, decided = lines_of(chunk, ledger.CASUS), lines_of(chunk, ledger.DECIDED)
        assert len(casus) == len(decided)
        article = draft(case()).names["articles"].index("csp_2024.art_4")
        host = draft(case()).names["states"].index("rus")
        attacks = casus[(casus["article"] == article) & (casus["target"] == host)]
        wars = chunk.events[chunk.events["kind"] == ledger.STEP_UP]
        quiet = ~np.isin(attacks["run"], wars["run"][wars["amount"] == WAR])
        _, times = np.unique(attacks["run"][quiet], return_counts=True)
        assert set(times) == {1}


def test_equal_sides_lose_equally_whoever_holds_the_ground():
    """Labels swapped, outcomes swapped: the mean difference of two equal sides is none."""
    force = case().forces["rus_main"].model_copy(update={"inflow": 0})
    front = case().fronts["main"]
    blueprint = draft(
        case().model_copy(
            update={
                "uncertainties": {},
                "states": {
                    name: state.model_copy(update={"munitions": 10**9})
                    for name, state in case().states.items()
                },
                "forces": {
                    "a": force.model_copy(update={"owner": "rus", "side": "holder"}),
                    "b": force.model_copy(update={"owner": "ukr", "side": "opponent"}),
                },
                "fronts": {**case().fronts, "main": front.model_copy(update={"activity": 2.0})},
                "end": case().start.replace(year=2024),
                "calendar": {},
                "focus": case().focus.model_copy(
                    update={"front": "main", "watcher": None, "ally": None, "signaller": None}
                ),
                "relations": {},
                "flows": {},
                "reports": {},
            }
        )
    )
    outcomes = records.simulate(blueprint, [{}], range(300), 3).outcomes
    difference = outcomes["host_casualties"] - outcomes["adversary_casualties"]
    assert difference.std() > 0
    assert abs(difference.mean()) < Z * difference.std() / math.sqrt(300)
    assert outcomes["host_casualties"].mean() > 1000
