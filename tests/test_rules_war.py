"""Recovery and experience (C9), support and economy (C11), belief and settlement (C12)."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim.decisions import willingness
from sim.policies import CODES as POLICIES
from sim.rules import ledger
from sim.rules.belief import NOTHING, error_of_judgement, first_estimate, lesson, precision, updated
from sim.rules.combat import quality
from sim.rules.deployment import (
    HOME,
    LINE,
    RETURNING,
    embarked_by,
    join,
    replacements,
    shortfall,
    travel_home,
)
from sim.rules.entities import Clause, Event, Force, Front, Relation, Rung, State
from sim.rules.escalation import THREAT, WAR
from sim.rules.recovery import admit, daily, learn, recover
from sim.rules.settlement import (
    SETTLED,
    acceptable,
    collapses,
    cost,
    end_war,
    hold,
    leave_war,
    settles,
)
from sim.rules.support import grow, support, toll
from sim.rules.technology import strengthen
from sim.rules.treaty import honour_probability
from sim.validation.made import made, world

REPLICATES = 20_000
Z = 4.0


@pytest.mark.parametrize(("days", "sd"), [(10, 0.1336), (50, 0.0680), (200, 0.0350)])
def test_vt_17_beliefs_narrow_as_the_normal_law_says(days, sd):
    assert round(precision(days, 0.25, 0.5) ** -0.5, 4) == sd


def test_vt_17_day_by_day_is_the_same_as_all_at_once():
    seen = np.random.default_rng(1).normal(0.6, 0.5, 40)
    belief = 0.3
    for day, one in enumerate(seen):
        belief = updated(belief, day, float(one), 0.25, 0.5)
    weights = np.array([1 / 0.25**2, *[1 / 0.5**2] * len(seen)])
    assert math.isclose(belief, np.average([0.3, *seen], weights=weights), rel_tol=1e-12)


def test_first_estimates_are_the_share_of_power_with_the_stated_spread():
    relation = made(Relation, actor=0, target=1, tag=7)
    states = [made(State, capability=0.3), made(State, capability=0.1)]
    drawn = np.array(
        [first_estimate(relation, world(replicate=r, states=states)) for r in range(REPLICATES)]
    )
    assert abs(drawn.mean() - 0.75) < Z * 0.25 / math.sqrt(REPLICATES)
    assert abs(drawn.std() - 0.25) < Z * 0.25 / math.sqrt(2 * REPLICATES)


def fighting(**front):
    relation = made(Relation, actor=0, target=1)
    values = {"holder": 0, "opponent": 1, "opened": 1, "present_holder": 1000}
    fronts = [made(Front, **{**values, "present_opponent": 500, **front})]
    return relation, world(fronts=fronts, params={"ground_weight": 0.25})


def test_a_day_tells_by_losses_and_ground():
    relation, here = fighting(today_holder=10, today_opponent=15, moved=2.0)
    assert lesson(relation, here) == pytest.approx(0.75 * 0.03 / 0.04 + 0.25)
    relation, here = fighting(today_holder=10, today_opponent=5)
    assert lesson(relation, here) == pytest.approx(0.75 * 0.5 + 0.25 * 0.5)
    assert relation.present_most == 1000


def test_what_one_side_sees_is_the_reverse_of_what_the_other_sees():
    relation, here = fighting(today_holder=10, today_opponent=15, moved=-2.0)
    mirror = made(Relation, actor=1, target=0)
    assert lesson(relation, here) + lesson(mirror, here) == pytest.approx(1.0)


@pytest.mark.parametrize("quiet", [{}, {"opened": 0, "today_holder": 5}, {"present_opponent": 0}])
def test_a_day_without_fighting_tells_nothing(quiet):
    relation, here = fighting(**quiet)
    assert lesson(relation, here) == NOTHING


def test_partners_who_consulted_pool_their_error():
    relation = made(Relation, actor=0, target=1, consulted=-1)
    partners = [made(Relation, actor=0, target=t, consulted=5) for t in (2, 3, 4)]
    strangers = [made(Relation, actor=1, target=0, consulted=5)]
    assert error_of_judgement(relation, world(relations=[relation, *strangers])) == 0.5
    assert error_of_judgement(relation, world(relations=[relation, *partners])) == 0.25


def pair(optimism: float, **params):
    """Two states at war, each as sure as the other, and how many soldiers they have lost."""
    sides = [
        made(
            Relation,
            actor=a,
            target=1 - a,
            mirror=1 - a,
            tag=a + 1,
            joined=-1,
            belief=0.5 + optimism / 2,
        )
        for a in (0, 1)
    ]
    states = [made(State, manpower=1000, casualties=100, support=0.5, at_war=1) for a in (0, 1)]
    return sides, states, params


def test_a_settlement_exists_when_optimism_is_below_the_costs():
    sides, states, _ = pair(0.29)
    here = world(states=states)
    assert cost(states[0], here) == pytest.approx(0.1 + 0.5 * 0.1)
    assert acceptable(sides[0], here, sides[1])
    sides, states, _ = pair(0.31)
    assert not acceptable(sides[0], world(states=states), sides[1])


def test_settlement_comes_with_its_hazard_and_not_before_talks():
    sides, states, _ = pair(0.0)
    worlds = [
        world(replicate=r, states=states, params={"settlement": 0.3}) for r in range(REPLICATES)
    ]
    share = np.mean([settles(sides[0], here, sides[1]) for here in worlds])
    exact = -math.expm1(-0.3)
    assert abs(share - exact) < Z * math.sqrt(exact * (1 - exact) / REPLICATES)
    sides[1].talks_day = 1
    assert not any(settles(sides[0], here, sides[1]) for here in worlds[:100])


@pytest.mark.parametrize(
    ("support_now", "there", "gives_up"),
    [(0.1, 900, True), (0.5, 100, True), (0.5, 900, False)],
)
def test_a_side_without_support_or_soldiers_may_give_up(support_now, there, gives_up):
    sides, states, _ = pair(0.0)
    states[0].support = support_now
    sides[0].present_most = 1000
    front = made(Front, holder=0, opponent=1, opened=1, present_holder=there)
    worlds = [
        world(replicate=r, states=states, fronts=[front], params={"collapse": 0.5})
        for r in range(100)
    ]
    assert any(collapses(sides[0], here) for here in worlds) == gives_up


def evening(here):
    hold(here)
    for index, state in enumerate(here.states):
        leave_war(state, here, index)


def test_the_end_of_a_war_closes_its_fronts_and_takes_its_helpers_out():
    sides, states, _ = pair(0.0)
    helper, other = made(State, at_war=1, order_day=4), made(State, at_war=1)
    force = made(Force, owner=2, front=0, status=LINE)
    fronts = [made(Front, holder=1, opponent=0, opened=1, peace_day=-1)]
    fronts.append(made(Front, holder=1, opponent=3, opened=1, peace_day=-1))
    sides[0].first_rung = sides[1].first_rung = -1
    here = world(
        states=[*states, helper, other], fronts=fronts, relations=sides,
        rungs=[made(Rung)], ledger=[made(Event)], forces=[force], duties=[],
    )  # fmt: skip
    here.clock.events = 0
    evening(here)
    assert [state.at_war for state in here.states] == [1, 1, 1, 1]
    end_war(sides[0], here, SETTLED)
    evening(here)
    assert [state.at_war for state in here.states] == [0, 1, 0, 1], "who fights elsewhere stays"
    assert helper.order_day == -1
    assert [front.opened for front in fronts] == [0, 1]
    assert [front.peace_day for front in fronts] == [0, -1]
    assert {side.end_mode for side in sides} == {SETTLED}
    assert here.ledger[0].kind == ledger.SETTLED


def test_an_expedition_travels_home_after_its_war():
    owner = made(State, transit=3, abroad=700)
    force = made(Force, place=0, status=LINE, strength=700, due_day=-1)
    here = world(ledger=[made(Event)])
    here.clock.events = 0
    front = made(Front, peace_day=0)
    for day in range(4):
        here.clock.day = day
        travel_home(force, here, owner, front)
        assert force.status == (HOME if day == 3 else RETURNING)
    assert (owner.pool, owner.abroad, force.strength) == (700, 0, 0)


def test_wounded_who_return_are_the_stated_part_of_all_losses():
    force = made(Force)
    here = world(params={"recovered_share": 0.45, "killed_share": 0.25})
    for losses in range(0, 2001, 7):
        force.losses = losses
        admit(force, here)
        assert force.admitted == force.recovering == int(0.45 * losses)
    force = made(Force, losses=1000)
    admit(force, world(params={"recovered_share": 0.7, "killed_share": 0.6}))
    assert force.recovering == 400, "the killed do not return"


def test_wounded_return_at_the_rate_of_their_recovery():
    returned = []
    for replicate in range(REPLICATES):
        force, owner = made(Force, recovering=900, place=-1), made(State)
        recover(force, world(replicate=replicate), owner, daily(30.0))
        assert force.strength == owner.returned == 900 - force.recovering
        returned.append(owner.returned)
    mean = -900 * math.expm1(-1 / 30)
    assert abs(np.mean(returned) - mean) < Z * math.sqrt(mean / REPLICATES)


def test_experience_comes_on_the_line_and_is_diluted_by_newcomers():
    force = made(Force, status=LINE, strength=300, quality=0.7, seasoned_quality=1.0)
    front = made(Front, opened=1)
    for _ in range(60):
        learn(force, front, daily(60.0))
    assert force.experience == pytest.approx(1 - math.exp(-1))
    assert quality(force) == pytest.approx(1 - 0.3 * math.exp(-1))
    before = force.experience * force.strength
    join(force, 100)
    assert force.strength == 400
    assert force.experience * force.strength == pytest.approx(before)
    learn(force, made(Front, opened=0), daily(60.0))
    assert force.experience * force.strength == pytest.approx(before)


def test_a_soldier_better_than_seasoned_does_not_get_worse():
    assert quality(made(Force, quality=1.1, seasoned_quality=1.0, experience=1.0)) == 1.1


def test_tenfold_casualties_cost_a_democracy_fifteen_points():
    here = world(params={"pass_through": 0.2})
    democracy, autocracy = made(State, democracy=1.0), made(State, democracy=0.0)
    many, ten_times = 10**7, 10**8
    fall = toll(democracy, here, ten_times) - toll(democracy, here, many)
    assert fall == pytest.approx(0.15, rel=1e-5)
    fall = toll(autocracy, here, ten_times) - toll(autocracy, here, many)
    assert fall == pytest.approx(0.03, rel=1e-5)


def test_support_counts_new_casualties_ground_and_a_broken_word():
    here = world()
    state = made(State, democracy=1.0, support_start=0.6, support_least=0.6)
    state.casualties_before = 900
    support(state, here)
    assert state.support == pytest.approx(0.6), "old casualties are in it already"
    state.casualties, state.ground, state.reneged = 9000, 2_000_000, 1
    support(state, here)
    lost = 0.15 * (math.log10(1 + 9900 / 100) - math.log10(1 + 900 / 100))
    assert state.support == pytest.approx(0.6 - lost - 0.1 + 0.01 * 2)
    assert state.support_least == state.support


def test_the_economy_bears_sanctions_and_soldiers_and_takes_transfers():
    here = world(params={"economy_sanctions": 0.02, "economy_mobilisation": 2.0})
    state = made(State, economy=1.0, growth=0.03, sanctions=0.5, engaged=5000)
    state.population, state.output = 10**6, 100.0
    grow(state, here)
    assert state.economy == pytest.approx(1 + (0.03 - 0.01 - 0.01) / 365)
    state.received = 500
    before = state.economy
    grow(state, here)
    assert state.economy == pytest.approx(before + 0.01 / 365 + 0.5 / 100)
    assert state.counted == 500


def test_capability_at_home_grows_with_seasoned_soldiers_and_technology():
    here = world(params={"home_experience": 0.005, "home_technology": 0.005})
    state = made(State, seasoned=10_000, technology=9.0)
    strengthen(state, here)
    assert state.home == pytest.approx(1 + 0.05 + 0.045)
    assert state.capability_changed == 0
    state.technology = 11.0
    strengthen(state, here)
    assert state.capability_changed == 1


def test_who_joined_a_war_leaves_with_it_and_so_does_who_joined_against_him():
    sides, states, _ = pair(0.0)
    states += [made(State, at_war=1, began_war=1) for _ in range(3)]
    sides[0].severity = WAR
    joined = [(2, 1), (3, 2), (4, 3)]
    links = [made(Relation, actor=a, target=t, joined=5, mirror=-1) for a, t in joined]
    links.append(made(Relation, actor=0, target=4, joined=-1, neutral=9, mirror=-1))
    here = world(
        states=states, relations=[*sides, *links], fronts=[], forces=[], duties=[],
    )  # fmt: skip
    for side in sides:
        side.joined = -1
    evening(here)
    assert [state.at_war for state in states] == [1] * 5, "all hang on the war of the first two"
    sides[0].severity = 0
    evening(here)
    assert [state.at_war for state in states] == [0] * 5
    assert {link.joined for link in links} == {-1}
    assert links[-1].neutral == -1


def test_a_costlier_partner_is_helped_less_often():
    state, partner = made(State, democracy=0.5), made(State)
    here = world(params={"honour_cost": 1.0})
    cheap, dear = (
        honour_probability(state, here, partner, made(Clause), cost) for cost in (0.0, 1.0)
    )
    assert cheap == pytest.approx(0.5)
    assert dear == pytest.approx(1 / (1 + math.e))


@pytest.mark.parametrize(("effect", "factor"), [(2.0, math.exp(0.2)), (-2.0, math.exp(-0.2))])
def test_what_is_gained_at_home_bears_on_own_challenges(effect, factor):
    here = world(
        states=[made(State, home=1.1, policy=POLICIES["evidence"]), made(State)],
        rungs=[made(Rung), made(Rung, severity=THREAT)],
        params={"home_challenge": effect},
    )
    relation = made(Relation, actor=0, target=1, top=1, neutral=-1)
    assert willingness(relation, here) == pytest.approx(factor)


def test_a_government_without_support_sends_nobody_more():
    here = world(params={"support_floor": 0.2})
    owner = made(State, order_share=1.0, expedition_size=900, lift=100, pool=5000, replacement=0.5)
    force = made(Force, place=0, losses=100, fresh_day=-1)
    for support_now, embarked, replaced in ((0.3, 100, 50), (0.1, 40, 0)):
        owner.support = support_now
        assert embarked_by(owner, here, 40) == embarked
        assert replacements(force, here, owner) == replaced


def test_formations_are_filled_up_only_while_there_is_fighting():
    force = made(Force, place=-1, strength=100, establishment=900, inflow=50)
    assert shortfall(force, made(Front, opened=1)) == 50
    assert shortfall(force, made(Front, opened=0)) == 0
