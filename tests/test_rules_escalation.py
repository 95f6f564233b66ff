"""C10 and the observation rule: competing risks, Richardson's tension, what services say."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate
from worlds_small import little_world, thing

from sim.decisions import willingness
from sim.rules.escalation import (
    LETHAL_AID,
    SEVERITIES,
    THREAT,
    USE_OF_FORCE,
    WAR,
    alarm_of,
    bear,
    climb,
    move,
    movement,
    next_tension,
    unburden,
    widen,
)
from sim.rules.observation import CASUALTIES, CONTAINERS, TROOPS, alarm, estimate, publish

hazards = st.floats(0.0, 3.0)
GRID = [(n + 0.5) / 20000 for n in range(20000)]


@pytest.mark.parametrize(("up", "down"), [(0.3, 0.1), (0.02976, 0.00055), (2.0, 1.5), (0.0, 0.4)])
def test_movement_is_two_competing_risks_over_one_day(up, down):
    """P(up) is the integral of up · e^(−(up + down) t) over the day."""
    exact, _ = integrate.quad(lambda t: up * math.exp(-(up + down) * t), 0, 1)
    below, _ = integrate.quad(lambda t: down * math.exp(-(up + down) * t), 0, 1)
    steps = [movement(u, up, down) for u in GRID]
    assert steps.count(1) / len(GRID) == pytest.approx(exact, abs=1e-4)
    assert steps.count(-1) / len(GRID) == pytest.approx(below, abs=1e-4)


@given(st.floats(1e-9, 1 - 1e-9), hazards, hazards, st.floats(1.0, 5.0))
def test_more_heat_never_turns_a_step_up_into_none(u, up, down, factor):
    if movement(u, up, down) == 1:
        assert movement(u, up * factor, down / factor) == 1
    if movement(u, up * factor, down / factor) == -1:
        assert movement(u, up, down) == -1


def test_nobody_moves_without_hazards():
    assert movement(0.5, 0.0, 0.0) == 0


def relation(**values):
    return thing("relations", first_rung=-1, **values)


def test_a_shock_is_weighed_by_concern_and_by_intensity():
    for intensity, expected in ((0.0, 0.0), (1.0, 0.4), (2.0, 0.8)):
        world = little_world(params={"intensity": intensity})
        ours = relation(concern=0.5)
        alarm_of(ours, 0.5)
        alarm_of(ours, 0.3)
        assert next_tension(ours, world, 0.0) == pytest.approx(expected, abs=1e-6)


def test_tension_never_falls_below_zero():
    world = little_world(params={"fatigue": 5.0})
    assert next_tension(relation(tension=1.0), world, 0.0) == 0.0


def dispute(**values):
    rungs = [
        thing("rungs", severity=severity, up=0.5, down=0.5, ends=1, shock=0.25, weight=7)
        for severity in (0, THREAT, USE_OF_FORCE, WAR)
    ]
    ours = thing("relations", actor=0, target=1, mirror=1, top=3, tag=5, **values)
    theirs = relation(actor=1, target=0, concern=1.0)
    states = [thing("states") for _ in range(3)]
    return little_world(relations=[ours, theirs], rungs=rungs, states=states), ours, theirs


def test_a_step_up_alarms_the_other_side_and_counts():
    world, ours, theirs = dispute(rung=1)
    move(ours, world, 1)
    widen(ours, world)
    assert (ours.rung, ours.severity, ours.peak) == (2, USE_OF_FORCE, 2)
    assert next_tension(theirs, world, 0.0) == pytest.approx(0.25)
    assert world.clock.escalation == 7


def test_a_dispute_ends_at_the_bottom_and_keeps_its_peak():
    world, ours, theirs = dispute(rung=2, peak=2, severity_peak=USE_OF_FORCE)
    move(ours, world, -1)
    assert (ours.rung, ours.severity, ours.peak) == (0, 0, 2)
    assert theirs.shock == 0
    assert world.clock.escalation == 0


def test_war_brings_in_both_sides_and_nobody_else():
    world, ours, _ = dispute(rung=2)
    move(ours, world, 1)
    widen(ours, world)
    assert [state.at_war for state in world.states] == [1, 1, 0]


def test_nobody_climbs_above_the_top_or_below_the_bottom():
    for rung, forbidden in ((3, 1), (0, -1)):
        world, ours, _ = dispute(rung=rung, tension=1.0)
        steps = set()
        for day in range(200):
            world.clock.day = day
            steps.add(climb(ours, world, willingness(ours, world)))
        assert forbidden not in steps
        assert len(steps) == 2


def test_a_sure_ally_deters_a_challenge_by_a_fifth():
    """Benson 2011: a conditional deterrent pact lowers the chance of a challenge by 18-20 %."""
    world, ours, _ = dispute(rung=0)
    assert willingness(ours, world) == 1.0
    world.states[1].protection = 1.0
    assert willingness(ours, world) == pytest.approx(0.8, abs=1e-4)
    ours.rung = 1
    assert willingness(ours, world) == 1.0, "only the first step is a challenge"


def test_sanctions_and_permissions_are_the_strongest_of_all():
    rungs = [thing("rungs", sanctions=s, firepower=f) for s, f in ((0.2, 0.0), (0.7, 0.05))]
    relations = [
        thing("relations", actor=1, target=0, beneficiary=2, rung=0),
        thing("relations", actor=2, target=0, beneficiary=2, rung=1),
    ]
    world = little_world(
        states=[thing("states") for _ in range(3)], rungs=rungs, relations=relations
    )
    for state in world.states:
        state.sanctions, state.firepower = 9.0, 9.0
        unburden(state)
    for relation in relations:
        bear(relation, world)
    assert [state.sanctions for state in world.states] == [0.7, 0.0, 0.0]
    assert [state.firepower for state in world.states] == [1.0, 1.0, 1.05]


def test_severities_rise_from_quiet_to_war():
    assert SEVERITIES[0] == "quiet"
    assert SEVERITIES[-1] == "war"
    assert THREAT < USE_OF_FORCE < WAR
    assert LETHAL_AID < THREAT


def service(**values):
    return thing("reports", bias=0.8, spread_early=0.35, spread_late=0.15, **values)


def test_an_estimate_is_biased_and_spreads_less_with_time():
    assert estimate(service(), 1000.0, 0.0, 0.0) == pytest.approx(800.0)
    assert estimate(service(), 1000.0, 0.0, 1.0) == pytest.approx(800.0 * math.exp(0.35))
    assert estimate(service(), 1000.0, 1e5, 1.0) == pytest.approx(800.0 * math.exp(0.15))
    month = estimate(service(), 1000.0, 30.0, 1.0)
    assert month == pytest.approx(800.0 * math.exp(0.15 + 0.20 / math.e))


def test_a_service_publishes_what_was_true_a_delay_ago():
    report = service(quantity=CASUALTIES, delay=7)
    report.bias, report.spread_early, report.spread_late = 1.0, 0.0, 0.0
    subject = thing("states")
    world = little_world(states=[subject, thing("states")])
    said = {}
    for day in range(50):
        world.clock.day = day
        subject.casualties_abroad = 100 * day
        publish(report, world)
        said[day] = report.published
    assert [said[day] for day in (6, 7, 13, 14, 27, 28)] == [0, 0, 0, 700, 1400, 2100]


def test_only_troops_and_containers_alarm():
    world = little_world()
    assert alarm(world, TROOPS, 1000.0) == pytest.approx(0.1)
    assert alarm(world, CONTAINERS, 1000.0) == pytest.approx(0.05)
    assert alarm(world, CASUALTIES, 1000.0) == 0.0
