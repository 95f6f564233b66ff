"""C1 to C4: who is asked, how long aid takes, and how a treaty lives."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats
from worlds_small import little_world, thing, written

from sim.priors import clock_of
from sim.rules import ledger, streams
from sim.rules.draws import uniform_at
from sim.rules.treaty import (
    CLEAR,
    CONTESTED,
    ECONOMIC,
    ENDED,
    IN_FORCE,
    LIMITED_TROOPS,
    NOTICE,
    OPEN_TROOPS,
    SIGNED,
    STATEMENT,
    UNSIGNED,
    accepted,
    advance,
    enter_war,
    honour_probability,
    in_force,
    latency,
    ratify,
    share_of_form,
    steps_left,
)


def honour(intercept: float, partner: dict[str, int] | None = None, **obligor: float) -> float:
    states = [thing("states", democracy=0.5) for _ in range(2)]
    vars(states[0]).update(obligor)
    vars(states[1]).update(partner or {})
    clause = thing("clauses", intercept=intercept)
    return honour_probability(states[0], little_world(states=states), states[1], clause, 0.0)


def test_honour_reads_the_right_party():
    assert honour(1.0, partner={"capability_changed": 1}) == honour(1.0, capability_changed=1)
    assert honour(1.0, partner={"institutions_changed": 1}) == honour(1.0)
    assert honour(1.0, partner={"at_war": 1, "war_day": 0}) == honour(1.0)
    assert honour(1.0, at_war=1, war_day=30) == honour(1.0), "who joined later was no target"
    assert honour(1.0, democracy=0.9) == honour(1.0), "democracy weighs nothing by default"


def shares_of(replicates: int, without_delay: float) -> np.ndarray:
    days, world = [], little_world()
    for replicate in range(replicates):
        world.clock = clock_of(2, replicate)
        days.append(latency(thing("duties", tag=9), world, without_delay))
    return np.array(days)


@pytest.mark.parametrize(("days", "share"), [(7, 0.075), (30, 0.217), (41, 0.25), (158, 0.5)])
def test_latency_has_the_shares_of_240_joiners(days, share):
    """Science note 2.2: quartiles 41, 158 and 450 days; the fit gives them within 4 points."""
    exact = stats.weibull_min(0.687, scale=290.7).cdf(days + 1)
    joined = (shares_of(4000, 1.0) <= days).mean()
    assert abs(joined - exact) < 4.0 * math.sqrt(exact * (1.0 - exact) / 4000)
    assert abs(exact - share) < 0.04


def test_upper_quartile_of_latency():
    exact = stats.weibull_min(0.687, scale=290.7)
    assert exact.ppf(0.75) == pytest.approx(450, rel=0.05)
    assert abs((shares_of(4000, 1.0) <= 450).mean() - exact.cdf(451)) < 4 * math.sqrt(0.19 / 4000)


def test_without_delay_multiplies_the_hazard():
    """With the hazard times m, P(T > t) becomes its m-th power."""
    slow, fast = shares_of(1, 1.0)[0], shares_of(1, 5.0)[0]
    assert fast < slow
    law = stats.weibull_min(0.687, scale=290.7)
    waited = (shares_of(4000, 5.0) > 30).mean()
    exact = law.sf(31) ** 5
    assert abs(waited - exact) < 4.0 * math.sqrt(exact * (1.0 - exact) / 4000)


def decision(mode: int, casus: int, probability: float, replicate: int, follows: int = 1) -> bool:
    world = little_world(params={"honour_mode": mode}, treaties=[thing("treaties")])
    world.treaties[0].follows_mode = follows
    world.clock = clock_of(7, replicate)
    return accepted(thing("duties", tag=3), world, thing("clauses"), casus, probability)


def test_decisions_follow_the_mode():
    assert decision(0, CONTESTED, 0.0, 1)
    assert decision(2, CONTESTED, 0.0, 1)
    assert not decision(3, CLEAR, 1.0, 1)
    assert decision(3, CLEAR, 1.0, 1, follows=0), "another treaty is left to the model"
    assert not decision(2, CLEAR, 0.0, 1, follows=0)


@pytest.mark.parametrize(("casus", "exact"), [(CLEAR, 0.7), (CONTESTED, 0.35)])
def test_a_contested_casus_counts_half(casus, exact):
    yes = np.mean([decision(1, casus, 0.7, replicate) for replicate in range(3000)])
    assert abs(yes - exact) < 4.0 * math.sqrt(exact * (1.0 - exact) / 3000)


def test_forms_of_aid_send_more_and_more():
    world = little_world()
    shares = [
        share_of_form(world, form) for form in (STATEMENT, ECONOMIC, LIMITED_TROOPS, OPEN_TROOPS)
    ]
    assert shares[:2] == [0.0, 0.0]
    assert 0.0 < shares[2] < shares[3] == 1.0


def test_a_treaty_lives_from_signature_to_end():
    treaty = thing("treaties", signed_day=5, exchange=23, notice=365, exit_hazard=0.0)
    step = thing("ratifications", given_day=12, median=100.0)
    world = little_world(treaties=[treaty], ratifications=[step], params={"honour_mode": 0})
    statuses = {}
    for day in range(900):
        world.clock.day = day
        ratify(step, world)
        advance(treaty, world, 0)
        statuses[day] = treaty.status
        if day == 100:
            treaty.status, treaty.notice_day = NOTICE, day
    assert [statuses[day] for day in (4, 5, 34, 35)] == [UNSIGNED, SIGNED, SIGNED, IN_FORCE]
    assert treaty.force_day == 35, "12 + 23"
    assert (statuses[464], statuses[465]) == (NOTICE, ENDED)
    kinds = [ledger.SIGNED, ledger.RATIFIED, ledger.IN_FORCE, ledger.ENDED]
    assert written(world) == kinds


def test_notice_does_not_end_a_treaty_before_its_time():
    assert [in_force(thing("treaties", status=s)) for s in range(5)] == [
        *(False, False, True, True, False)
    ]


def test_notice_comes_with_its_hazard():
    given = 0
    for replicate in range(2000):
        treaty = thing("treaties", status=IN_FORCE, exit_hazard=0.01, tag=4)
        world = little_world(treaties=[treaty])
        world.clock.replicate = replicate
        for day in range(50):
            world.clock.day = day
            if treaty.status == IN_FORCE:
                advance(treaty, world, 0)
        given += treaty.status == NOTICE
    exact = -math.expm1(-0.5)
    assert abs(given / 2000 - exact) < 4.0 * math.sqrt(exact * (1.0 - exact) / 2000)


def test_a_step_waits_for_the_one_before_and_its_delay_is_lognormal():
    first = thing("ratifications", tag=1, median=30.0, spread=0.5, done_day=10)
    second = thing("ratifications", tag=2, after=0, median=30.0, spread=0.5)
    treaty = thing("treaties", status=SIGNED)
    steps = [first, second]
    world = little_world(params={"honour_mode": 1}, treaties=[treaty], ratifications=steps)
    for replicate in range(20):
        world.clock.replicate = replicate
        first.done_day, second.done_day, second.due_day = 10, -1, -1
        u = uniform_at(world.clock, 0, streams.RATIFICATION, 2, 0)
        due = 10 + int(stats.lognorm(0.5, scale=30.0).ppf(u))
        world.clock.day = due - 1
        assert not ratify(second, world)
        world.clock.day = due
        assert ratify(second, world)
        assert steps_left(world, 0) == 0
    first.done_day, second.done_day, world.clock.day = -1, -1, 5000
    assert not ratify(second, world), "the step before is not done"


def test_a_state_enters_the_war_once():
    world = little_world(day=9)
    state = thing("states")
    enter_war(state, world, 0, 1, -1)
    world.clock.day = 20
    enter_war(state, world, 0, 1, -1)
    assert (state.at_war, state.war_day) == (1, 9)
    assert written(world) == [ledger.ENTERED_WAR]
