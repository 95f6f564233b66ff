"""Are the formulas right? Rules against closed forms and published values."""

from __future__ import annotations

import math
from types import SimpleNamespace

import pytest

from sim.rules import combat, deployment, escalation, front, supply, treaty
from sim.rules.entities import Clause, Clock, Force, Relation, State
from sim.rules.parameters import Parameters, declared


def params(**changes):
    made = Parameters()
    for name, one in declared().items():
        setattr(made, name, changes.get(name, one.default))
    return made


def world(**changes):
    clock = Clock()
    clock.day, clock.seed_low, clock.seed_high, clock.replicate, clock.events = 5, 1, 0, 0, 0
    return SimpleNamespace(params=params(**changes), clock=clock, ledger=[])


def entity(kind, **values):
    made = kind()
    for name in kind.__annotations__:
        setattr(made, name, values.get(name, 0))
    return made


HONOUR = {
    # type: (intercept, no risk factor, capability only, institutions only, target only, all three)
    "all": (1.239, 0.775, 0.536, 0.450, 0.414, 0.053),
    "defence": (0.761, 0.682, 0.418, 0.337, 0.305, 0.034),
    "offence": (2.697, 0.937, 0.832, 0.778, 0.752, 0.194),
    "neutrality": (3.004, 0.953, 0.871, 0.827, 0.805, 0.247),
    "non-aggression": (0.518, 0.627, 0.360, 0.285, 0.256, 0.027),
    "defence after 1945": (-1.133, 0.244, 0.097, 0.071, 0.062, 0.005),
}
"""Science note 2.1, from Berkemeier & Fuhrmann 2018 and the Leeds & Anac 2005 data."""


@pytest.mark.parametrize("kind", HONOUR)
def test_honour_rule_gives_the_published_table(kind):
    intercept, *published = HONOUR[kind]
    clause, partner = entity(Clause, intercept=intercept), entity(State)
    cases = ({}, {"c": 1}, {"i": 1}, {"t": 1}, {"c": 1, "i": 1, "t": 1})
    for case, value in zip(cases, published, strict=True):
        state = entity(
            State,
            democracy=0.5,
            capability_changed=case.get("c", 0),
            institutions_changed=case.get("i", 0),
            at_war=case.get("t", 0),
        )
        assert treaty.honour_probability(state, world(), partner, clause, 0.0) == pytest.approx(
            value, abs=0.0006
        )


def test_partner_whose_capability_changed_counts_too():
    state, partner = entity(State, democracy=0.5), entity(State, capability_changed=1)
    clause = entity(Clause, intercept=1.239)
    found = treaty.honour_probability(state, world(), partner, clause, 0.0)
    assert found == pytest.approx(0.536, abs=0.0006)


@pytest.mark.parametrize(
    ("ratio", "published"),
    [(0.5, 0.3189), (1, 0.4569), (1.5, 0.5423), (2, 0.6017), (3, 0.6803), (5, 0.7662)],
)
def test_success_of_attacks_second_world_war(ratio, published):
    assert round(front.success(world(), ratio), 4) == published


def test_competing_risks_of_use_of_force():
    """P(up before exit) .0605076 and mean stay 154.751 days."""
    up, down = 0.000391, 0.006071
    n = 200_000
    moves = [escalation.movement((i + 0.5) / n, up, down) for i in range(n)]
    ups, downs = moves.count(1) / n, moves.count(-1) / n
    assert ups / (ups + downs) == pytest.approx(0.0605076, abs=2e-3)
    assert ups + downs == pytest.approx(1 - math.exp(-up - down), abs=1e-5)
    assert 1 / (up + down) == pytest.approx(154.751, abs=5e-4)


def test_tension_settles_where_richardson_says():
    """x* = (k h + β g) / (αβ − kl) for k = l = .02, α = β = .05, g .004 and h .001."""
    here, there = entity(Relation, grievance=0.004), entity(Relation, grievance=0.001)
    for _ in range(2000):
        new = escalation.next_tension(here, world(), there.tension)
        there.tension = escalation.next_tension(there, world(), here.tension)
        here.tension = new
    below = 0.05 * 0.05 - 0.02 * 0.02
    assert here.tension == pytest.approx((0.02 * 0.001 + 0.05 * 0.004) / below)
    assert there.tension == pytest.approx((0.02 * 0.004 + 0.05 * 0.001) / below)


def test_intensity_zero_leaves_base_hazards():
    hot = entity(Relation, tension=2.5)
    assert escalation.heat(hot, world(intensity=0.0)) == 1.0
    assert escalation.heat(hot, world(intensity=1.0)) == pytest.approx(math.exp(2.5))
    hot.tension = 9.0
    assert escalation.heat(hot, world(intensity=1.0)) == pytest.approx(math.exp(3.0)), "bounded"


def test_pool_gives_in_proportion_when_it_runs_dry():
    assert deployment.granted(30, 100, 100) == 30
    assert deployment.granted(30, 100, 50) == 15
    shares = [deployment.granted(asked, 100, 33) for asked in (10, 30, 60)]
    assert sum(shares) <= 33


def test_contingents_fill_one_after_the_other_whatever_the_order():
    owner = entity(State, expedition_size=10, order_share=1.0, transit=3)
    contingents = [entity(Force, place=place, places=3) for place in (2, 0, 1)]
    for total, expected in ((2, [0, 2, 0]), (5, [0, 3, 2]), (10, [4, 3, 3])):
        for force in contingents:
            deployment.embark(force, world(), owner, total)
        assert [force.embarked for force in contingents] == expected
    assert {force.status for force in contingents} == {deployment.IN_TRANSIT}


def test_equal_powers_lose_the_base_rate():
    """α a0 m (G_opp/G)^w with equal powers is α a0 m; the day's gamma factor has mean 1."""
    made = entity(combat.Front, activity=2.0, power_holder=5000, power_opponent=5000, tag=7)
    made.attacker = 1
    rates = []
    for day in range(4000):
        here = world(loss_rate=0.003, overdispersion=20.0)
        here.clock.day = day
        rates.append(combat.burden(made, here, combat.HOLDER))
    mean, error = 2.0 * 0.003, 2.0 * 0.003 / math.sqrt(20 * len(rates))
    assert abs(sum(rates) / len(rates) - mean) < 4 * error


def test_double_the_enemy_and_losses_go_with_the_exponent():
    for w in (0.0, 0.5, 1.0):
        rates = []
        for other in (5000, 10000):
            made = entity(combat.Front, activity=1.0, power_holder=5000, power_opponent=other)
            made.attacker = 1
            rates.append(combat.burden(made, world(helmbold=w), combat.HOLDER))
        assert rates[1] / rates[0] == pytest.approx(2**w)


def test_munitions_are_rationed_and_never_negative():
    state = entity(State, munitions=1000, production=10, demand=400, supply=1.0, economy=1.0)
    here = world(cover=14.0)
    for _ in range(400):
        supply.consume(state, here)
        assert state.munitions >= 0
        assert 0 <= state.supply <= 1
    balance = 10 / 400
    assert balance <= state.supply < 11 / 400, "what is made is what is fired, in whole rounds"
    assert state.short_days > 300


def test_no_supply_no_firepower():
    assert supply.firepower(entity(State, supply=0.0, firepower=1.0), world()) == 0.0
    half = supply.firepower(entity(State, supply=0.25, firepower=1.2), world())
    assert half == pytest.approx(1.2 * 0.5)


def test_contact_line_of_a_salient():
    salient = entity(combat.Front, salient=1, area=225.0, area_start=900.0)
    assert front.contact(salient) == 0.5
    salient.salient = 0
    assert front.contact(salient) == 1.0


def test_the_line_never_passes_zero():
    made = entity(combat.Front, area=3.0, area_peak=900.0, attacker=1)
    front.shift(made, 10.0)
    assert made.area == 0.0
    front.shift(made, -4.0)
    assert made.area == 4.0
