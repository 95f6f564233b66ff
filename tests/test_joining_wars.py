"""Who joins a war: alignment, neutrality, offence, contested sides; what deters a challenge."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import pytest
from worlds_small import little_world, thing, written

from sim import clauses
from sim.clauses import alignment, mutual_aid, neutrality, offence
from sim.decisions import willingness
from sim.duties import judge, protect
from sim.rules import ledger
from sim.rules.calendar import WAR_BREAKS_OUT, happen
from sim.rules.casus import attack_of, attacker_of, enemy_of, join_war, look_around
from sim.rules.escalation import DISPLAY, THREAT, WAR
from sim.rules.treaty import CLEAR, CONTESTED, IN_FORCE, NO, PERFORMED, SIGNED, advance

A, B, C, D = range(4)
"""A attacks B; C and D are others."""


def world_at_war(day: int = 10, **params: float) -> Any:
    """Four states with a relation between any two; A has attacked B on the day before."""
    pairs = [(a, b) for a in range(4) for b in range(4) if a != b]
    relations = [
        thing("relations", tag=n, actor=a, target=b, first_rung=-1)
        for n, (a, b) in enumerate(pairs)
    ]
    world = little_world(
        day=day,
        params=params,
        states=[thing("states", democracy=0.5) for _ in range(4)],
        relations=relations,
        treaties=[thing("treaties", status=IN_FORCE, signed_day=-10)],
    )
    world.clock.day = day - 1
    happen(thing("calendar", kind=WAR_BREAKS_OUT, subject=pairs.index((A, B))), world)
    world.clock.day = day
    look_around(world)
    return world


def between(world: Any, actor: int, target: int) -> int:
    return next(
        place
        for place, one in enumerate(world.relations)
        if (one.actor, one.target) == (actor, target)
    )


def duty(world: Any, obligor: int, beneficiary: int, **values: Any) -> Any:
    place = between(world, obligor, beneficiary)
    return thing("duties", obligor=obligor, beneficiary=beneficiary, relation=place, **values)


def clause(kind: str, *terms: float, intercept: float = 0.0) -> Any:
    row = [*terms, *[0.0] * (8 - len(terms))]
    return thing("clauses", kind=clauses.CODES[kind], terms=row, intercept=intercept)


def joins(world: Any, obligor: int, beneficiary: int, against: int) -> None:
    """A state joins at another's side, and the day after comes."""
    join_war(duty(world, obligor, beneficiary), world, against)
    world.clock.day += 1
    look_around(world)


def test_a_war_that_breaks_out_has_two_parties_from_its_start():
    world = world_at_war()
    assert [state.at_war for state in world.states] == [1, 1, 0, 0]
    assert [state.war_day for state in world.states] == [0, 0, -1, -1]
    assert [state.began_war for state in world.states] == [1, 0, 0, 0]
    assert written(world) == [ledger.WAR_BROKE_OUT, ledger.ENTERED_WAR, ledger.ENTERED_WAR]
    alarmed = {one.actor for one in world.relations if one.shock > 0}
    assert alarmed <= {B}


def test_sides_of_a_war_are_clear_or_contested():
    """Who helps the attacked is itself clearly attacked in turn; who began, or helps it, is not."""
    world = world_at_war()
    assert attack_of(world, B, 0, -1) == CLEAR
    assert attack_of(world, A, 0, -1) == NO
    joins(world, C, B, A)
    assert attack_of(world, A, 0, -1) == CONTESTED
    assert attack_of(world, A, 0, D) == NO
    joins(world, D, A, C)
    assert attack_of(world, C, 0, -1) == CLEAR
    assert [state.began_war for state in world.states] == [1, 0, 0, 1]
    assert attacker_of(world, A, 0, -1) == C
    assert enemy_of(world, D, 0, -1) == C


def test_joiners_of_today_are_not_yet_seen():
    world = world_at_war()
    join_war(duty(world, C, B), world, A)
    look_around(world)
    assert attacker_of(world, A, 0, -1) == -1
    world.clock.day += 1
    assert attacker_of(world, A, 0, -1) == C


def test_a_state_at_war_that_joins_another_war_is_told_in_the_ledger():
    world = world_at_war()
    joins(world, C, B, A)
    joins(world, C, B, D)
    assert written(world)[-2:] == [ledger.ENTERED_WAR, ledger.FURTHER_WAR]


def test_a_strict_defence_pact_is_not_called_in_the_partner_s_own_war():
    world = world_at_war()
    joins(world, C, B, A)
    strict, wide = clause("mutual_aid", 1, 1), clause("mutual_aid", 1, 0)
    assert mutual_aid.triggered(world, strict, duty(world, D, A)) == NO
    assert mutual_aid.triggered(world, wide, duty(world, D, A)) == CONTESTED
    assert mutual_aid.triggered(world, wide, duty(world, D, A, foe=C)) == CONTESTED
    assert mutual_aid.triggered(world, wide, duty(world, D, A, foe=B)) == NO


def test_an_alignment_needs_no_attack_but_no_aggression_either():
    world = world_at_war()
    article = clause("alignment", 1, 0.3, 7)
    assert alignment.triggered(world, article, duty(world, C, B)) == CLEAR
    assert alignment.triggered(world, article, duty(world, D, A)) == NO
    joins(world, C, B, A)
    assert alignment.triggered(world, article, duty(world, D, C)) == CONTESTED
    assert alignment.triggered(world, article, duty(world, D, A)) == CONTESTED
    assert alignment.chance(world, article, duty(world, D, C)) == 0.3
    early, late = duty(world, D, C, casus_day=5), duty(world, D, C, casus_day=4)
    assert not alignment.ready(world, article, early)
    assert alignment.ready(world, article, late)


def test_what_an_alignment_does_is_voluntary():
    world = world_at_war()
    world.treaties[0].informal, world.treaties[0].status = 1, SIGNED
    for _ in range(400):
        world.clock.day += 1
        advance(world.treaties[0], world, 0)
    assert world.treaties[0].status == SIGNED
    done = duty(world, C, B, status=PERFORMED, fulfilment=1.0)
    judge(done, world, clause("alignment", 1, 0.5, 7))
    assert written(world)[-1] == ledger.VOLUNTARY


def test_an_offence_pact_follows_a_partner_that_attacks():
    world = world_at_war()
    article = clause("offence", 1)
    assert offence.triggered(world, article, duty(world, C, A)) == CLEAR
    assert offence.triggered(world, article, duty(world, C, D)) == NO
    assert offence.triggered(world, article, duty(world, C, A, foe=D)) == NO
    assert offence.triggered(world, article, duty(world, B, A)) == NO, "not against itself"
    offence.perform(world, article, duty(world, C, A))
    assert world.states[C].at_war == world.states[C].began_war == 1
    world.clock.day += 1
    assert offence.delivered(world, article, duty(world, C, A)) == 1.0


def test_who_keeps_neutral_joins_nobody_against_the_partner():
    world = world_at_war()
    article = clause("neutrality", 0)
    pledge = duty(world, C, A)
    assert neutrality.triggered(world, article, pledge) == CLEAR
    assert neutrality.triggered(world, clause("neutrality", 1), pledge) == NO
    neutrality.perform(world, article, pledge)
    world.clock.day += 1
    join_war(duty(world, C, B), world, A)
    assert world.states[C].at_war == 0
    assert neutrality.delivered(world, article, pledge) == 1.0
    assert mutual_aid.delivered(world, clause("mutual_aid"), duty(world, C, B, form=3)) == 0.0
    joins(world, D, B, A)
    assert neutrality.delivered(world, article, duty(world, D, A)) == 0.0


@pytest.mark.parametrize("severity", [THREAT, DISPLAY])
def test_partners_of_both_sides_bear_on_a_challenge_alone(severity):
    """The hazard goes with e^(δ_def P + δ_off P + δ_neut P)."""
    world = world_at_war(deterrence=-0.2)
    world.states[A].backing, world.states[A].cover = 0.9, 0.5
    world.states[B].protection, world.states[B].backing = 0.7, 1.0
    world.rungs = [thing("rungs"), thing("rungs", severity=severity)]
    step = thing("relations", actor=A, target=B, top=1)
    exponent = -0.2 * 0.7 + math.log(1.47) * 0.9 + math.log(1.57) * 0.5
    expected = math.exp(exponent) if severity == THREAT else 1.0
    assert willingness(step, world) == pytest.approx(expected, rel=1e-4)


def test_who_keeps_neutral_begins_no_war_with_the_partner():
    world = world_at_war()
    world.rungs = [thing("rungs"), thing("rungs", severity=WAR)]
    step = thing("relations", actor=C, target=D, top=1)
    assert willingness(step, world) == 1.0
    step.neutral = 3
    assert willingness(step, world) == 0.0


def test_only_treaties_in_force_protect_back_and_cover():
    world = world_at_war()
    world.clauses = [clause(kind, 1) for kind in ("mutual_aid", "offence", "neutrality")]
    world.duties = [duty(world, C, D, clause=number) for number in range(3)]
    protect(world)
    partner: SimpleNamespace = world.states[D]
    assert partner.protection == partner.backing == partner.cover == 0.5
    world.treaties[0].status = SIGNED
    protect(world)
    assert partner.protection == partner.backing == partner.cover == 0.0
