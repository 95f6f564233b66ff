"""Every way of deciding keeps the contract; a new one inherits these tests by being registered."""

from __future__ import annotations

import inspect
import math

import pytest
from test_clauses import lived, numbers

from sim import policies
from sim.rules.escalation import LETHAL_AID, STRIKE_PERMISSION
from sim.rules.rule import RULES

EVERY = pytest.mark.parametrize("policy", policies.POLICIES.values(), ids=policies.POLICIES)


@EVERY
def test_honour_is_a_probability_and_asking_changes_nothing(policy):
    for world in lived():
        before = numbers(world)
        for duty in world.duties:
            chance = policy.honours(world, world.clauses[duty.clause], duty)
            assert type(chance) is float
            assert 0.0 <= chance <= 1.0
        assert numbers(world) == before


@EVERY
def test_a_factor_on_the_way_up_is_a_finite_number_not_below_zero(policy):
    for world in lived():
        for relation in world.relations:
            for rung in world.rungs:
                factor = policy.climbs(world, relation, rung)
                assert type(factor) is float
                assert math.isfinite(factor)
                assert factor >= 0.0


@EVERY
def test_risk_factors_never_raise_honour(policy):
    for world in lived()[:6]:
        for duty in world.duties:
            obligor = world.states[duty.obligor]
            kept = obligor.institutions_changed
            chances = []
            for changed in (0, 1):
                obligor.institutions_changed = changed
                chances.append(policy.honours(world, world.clauses[duty.clause], duty))
            obligor.institutions_changed = kept
            assert chances[1] <= chances[0]


@EVERY
def test_a_policy_is_made_of_rules_with_words(policy):
    assert policy.meaning.strip()
    assert policy.honours in RULES
    assert policy.climbs in RULES
    assert (policy.honours.__doc__ or "").strip()
    assert (policy.climbs.__doc__ or "").strip()
    assert list(inspect.signature(policy.honours).parameters) == ["world", "clause", "duty"]
    assert list(inspect.signature(policy.climbs).parameters) == ["world", "relation", "rung"]


@EVERY
def test_the_number_of_a_policy_chooses_it(policy):
    code = policies.CODES[policy.name]
    for world in lived()[:3]:
        for duty in world.duties:
            clause = world.clauses[duty.clause]
            chance = policy.honours(world, clause, duty)
            assert policies.honours(code, world, clause, duty) == chance


def test_numbers_of_policies_are_their_places_in_the_alphabet():
    assert list(policies.POLICIES) == sorted(policies.POLICIES)
    assert list(policies.CODES.values()) == list(range(len(policies.POLICIES)))


def test_the_transactional_pays_back_what_it_received():
    world = lived()[0]
    duty = world.duties[0]
    clause, obligor = world.clauses[duty.clause], world.states[duty.obligor]
    kept, chances = obligor.received, []
    for thousand_usd in (0, 10**6, 10**9):
        obligor.received = thousand_usd
        chances.append(policies.POLICIES["transactional"].honours(world, clause, duty))
    obligor.received = kept
    base = policies.POLICIES["evidence"].honours(world, clause, duty)
    assert chances[0] == base
    assert chances[1] == pytest.approx(base + (1.0 - base) / 2.0)
    assert chances[2] == pytest.approx(1.0, abs=0.002)


def test_the_restrained_hold_back_what_kills_and_nothing_else():
    world = lived()[0]
    climbs = policies.POLICIES["restrained"].climbs
    for rung in world.rungs:
        held_back = climbs(world, world.relations[0], rung) < 1.0
        assert held_back == (rung.severity in (LETHAL_AID, STRIKE_PERMISSION))
