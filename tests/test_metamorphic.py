"""Relations that any honest world keeps (VT-21), and an input that nothing reads (VT-22)."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from scipy.stats import sobol_indices, uniform
from worlds_made import POINTS, made

from sim import records
from sim.agents import World
from sim.blueprint import draft
from sim.phases import PHASES, attrition
from sim.rules.combat import HOLDER, OPPONENT
from sim.scenario.load import load_scenario
from sim.scenario.spec import Lever, Scenario, Uncertainty
from sim.study.chunk import Chunk
from sim.validation.runs import FOLDER

Z = 4.0
"""Standard errors that a mean may lie off its exact value."""
REPLICATES = 2_000
LOSSES = ("host_casualties", "adversary_casualties")


def duel(days: int = 60, **changes: object) -> Scenario:
    """Two forces on one front; `blue__strength=1` stands for the path forces.blue.strength."""
    paths = {f"forces.{name.replace('__', '.')}": value for name, value in changes.items()}
    front, params = paths.pop("forces.attacker", "holder"), {"params.attacker_losses": 1.5}
    whole = {**paths, **params, "fronts.line.attacker": front, "params.helmbold": 0.6}
    scenario = load_scenario(str(FOLDER / "duel.yaml"), whole)
    return scenario.model_copy(update={"end": scenario.start.replace(month=1 + days // 30)})


def casualties(scenario: Scenario) -> np.ndarray:
    """Losses of blue and red in every run."""
    chunk = records.simulate(draft(scenario), [{}], range(REPLICATES), 3)
    return np.array([chunk.outcomes[name] for name in LOSSES])


def assert_equal_means(ours: np.ndarray, theirs: np.ndarray) -> None:
    """Each row of both has the same mean, within the error of independent or common luck."""
    errors = np.sqrt((ours.var(axis=1) + theirs.var(axis=1)) / REPLICATES)
    assert (np.abs(ours.mean(axis=1) - theirs.mean(axis=1)) < Z * errors).all()


ONE = {"strength": 9_000, "exposure": 1.3, "quality": 1.5}
OTHER = {"strength": 20_000, "exposure": 0.6, "quality": 0.8}


def test_vt_21_swapped_labels_swap_the_outcomes():
    sides = {side: {f"{side}__{k}": v for k, v in ONE.items()} for side in ("blue", "red")}
    others = {side: {f"{side}__{k}": v for k, v in OTHER.items()} for side in ("blue", "red")}
    before = casualties(duel(**sides["blue"], **others["red"], attacker="holder"))
    after = casualties(duel(**others["blue"], **sides["red"], attacker="opponent"))
    assert_equal_means(before, after[::-1])
    assert abs(before[0].mean() - before[1].mean()) > 20 * before.std() / REPLICATES**0.5
    kept = casualties(duel(**others["blue"], **sides["red"], attacker="holder"))
    with pytest.raises(AssertionError):
        assert_equal_means(before, kept[::-1])


def test_vt_21_twice_the_forces_lose_twice_the_people():
    once = casualties(duel(blue__strength=30_000, red__strength=20_000))
    twice = casualties(duel(blue__strength=60_000, red__strength=40_000))
    assert_equal_means(2.0 * once, twice)
    assert_equal_means(once / [[30_000], [20_000]], twice / [[60_000], [40_000]])


@pytest.mark.parametrize("number", range(24))
def test_vt_21_twice_the_forces_have_the_same_loss_rates(number):
    """To the rounding of a formation's power to whole thousandths."""
    ours, theirs = worlds_at(number, 30), worlds_at(number, 30)
    for force in theirs.forces:
        force.strength *= 2
    for before, after, front in zip(burdens(ours), burdens(theirs), ours.fronts, strict=True):
        least = max(1, min(front.power_holder, front.power_opponent))
        assert after == pytest.approx(before, rel=len(ours.forces) / least)


def worlds_at(number: int, days: int) -> World:
    """A machine-made world on the morning before its phase of attrition."""
    world = World(draft(made(number)), POINTS[1], 0, number)
    for _ in range(days):
        world.step()
    world.clock.day += 1
    for phase in PHASES[: PHASES.index(attrition)]:
        phase(world)
    return world


def burdens(world: World) -> list[tuple[float, float]]:
    """The loss rate of both sides of each front on the day."""
    attrition(world)
    return [(front.burden_holder, front.burden_opponent) for front in world.fronts]


@pytest.mark.parametrize("number", range(24))
def test_vt_21_more_quality_never_raises_own_expected_loss(number):
    before = burdens(worlds_at(number, 30))
    for side in (HOLDER, OPPONENT):
        better = worlds_at(number, 30)
        for force in better.forces:
            if force.side == side:
                force.quality *= 1.7
        after = burdens(better)
        for ours, theirs in zip(before, after, strict=True):
            if min(*ours, *theirs) > 0.0:
                assert theirs[side] <= ours[side]
                assert theirs[1 - side] >= ours[1 - side]


def test_some_machine_made_worlds_fight():
    fought = [burden for n in range(24) for pair in burdens(worlds_at(n, 30)) for burden in pair]
    assert sum(burden > 0.0 for burden in fought) >= 12


@cache
def case() -> Scenario:
    """The real case; one party alone owes the aid, and pacts deter nobody."""
    scenario = load_scenario(
        "dprk_russia_2024", {"params.deterrence": 0.0, "params.audience_cost": 0.0}
    )
    articles = dict(scenario.treaties["csp_2024"].articles)
    articles["art_4"] = articles["art_4"].model_copy(update={"obligors": ("prk",)})
    priors = {k: v for k, v in scenario.uncertainties.items() if ".art_4." not in v.path}
    return with_articles(scenario.model_copy(update={"uncertainties": priors}), articles)


def with_articles(scenario: Scenario, articles: dict[str, Any]) -> Scenario:
    treaty = scenario.treaties["csp_2024"].model_copy(update={"articles": articles})
    return scenario.model_copy(update={"treaties": {**scenario.treaties, "csp_2024": treaty}})


def without_aid() -> Scenario:
    articles = dict(case().treaties["csp_2024"].articles)
    del articles["art_4"]
    return with_articles(case(), articles)


def run(scenario: Scenario, size: int, mode: str) -> Chunk:
    points = [{"deployment.size": size, "honour.mode": mode}]
    return records.simulate(draft(scenario), points, range(40), 5)


@pytest.mark.parametrize("mode", ["historical", "model", "always"])
def test_vt_21_no_expedition_is_no_clause(mode):
    ours, theirs = run(case(), 0, mode), run(without_aid(), 0, mode)
    differing = [
        name
        for name, values in ours.outcomes.items()
        if not np.array_equal(values, theirs.outcomes[name], equal_nan=True)
    ]
    assert all(name.startswith(("obligations_", "voluntary_aid")) for name in differing)
    assert np.array_equal(ours.series, theirs.series)
    sent = run(case(), 12_000, mode)
    assert not np.array_equal(sent.series, theirs.series), "an expedition is noticed"


def test_vt_22_a_dummy_input_explains_nothing():
    """Sobol indices of losses by rate, exponent and a delay that no front reads (common luck)."""
    names = {"loss_rate": (0.002, 0.01), "helmbold": (0.0, 1.0), "technology_delay": (100, 1000)}
    levers = {
        name: Lever(path=f"params.{name}", default=low, low=low, high=high, unit="1", meaning="-")
        for name, (low, high) in names.items()
    }
    blueprint = draft(duel().model_copy(update={"levers": levers}))

    def losses(x: np.ndarray) -> np.ndarray:
        points = [dict(zip(names, map(float, column), strict=True)) for column in x.T]
        chunk = records.simulate(blueprint, points, [0], 1)
        assert not any(chunk.errors)
        return chunk.outcomes["host_casualties"][None]

    dists = [uniform(low, high - low) for low, high in names.values()]
    luck = np.random.default_rng(1)
    found = sobol_indices(func=losses, n=512, dists=dists, random_state=luck)
    first, all_orders = found.first_order.ravel(), found.total_order.ravel()
    assert first[2] == all_orders[2] == 0.0
    assert min(all_orders[:2]) > 0.1
    assert first.sum() < all_orders.sum()


def test_vt_22_a_drawn_dummy_does_not_go_with_the_outcome():
    """A prior that no rule reads, drawn once a replicate: its correlation with losses is none."""
    dummy = Uncertainty(path="params.technology_delay", type="uniform", low=100, high=1000)
    heard = Uncertainty(path="params.loss_rate", type="uniform", low=0.004, high=0.005)
    blueprint = draft(duel().model_copy(update={"uncertainties": {"d": dummy, "h": heard}}))
    lost = records.simulate(blueprint, [{}], range(REPLICATES), 1).outcomes["host_casualties"]
    drawn = np.array([[v for _, v in blueprint.luck(1, run)] for run in range(REPLICATES)])
    silent, loud = (np.corrcoef(column, lost)[0, 1] for column in drawn.T)
    assert abs(silent) < Z / REPLICATES**0.5 < loud
