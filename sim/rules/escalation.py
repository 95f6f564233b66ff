"""Tension between states and their steps on ladders (C10).

Left out: intentions, bargaining by threats, accidents, and any use of nuclear weapons: the ladder
of signals ends at signals. One reaction and one fatigue hold for all states.
"""

from __future__ import annotations

import math

from sim.rules import causes, ledger, streams
from sim.rules.draws import uniform
from sim.rules.entities import Relation, Rung, State, World
from sim.rules.rule import rule
from sim.rules.treaty import enter_war

SEVERITIES = (
    "quiet",
    "words",
    "sanctions",
    "defensive aid",
    "lethal aid",
    "strike permission",
    "threat",
    "display of force",
    "nuclear signalling",
    "demonstration",
    "use of force",
    "war",
)
(
    QUIET,
    WORDS,
    SANCTIONS,
    DEFENSIVE_AID,
    LETHAL_AID,
    STRIKE_PERMISSION,
    THREAT,
    DISPLAY,
    NUCLEAR_SIGNALLING,
    DEMONSTRATION,
    USE_OF_FORCE,
    WAR,
) = range(len(SEVERITIES))

MILLION = 1000000.0


@rule
def alarm_of(relation: Relation, tension: float) -> None:
    """Add to today's shock of a relation, weighed by its concern, in millionths of tension."""
    relation.shock += int(MILLION * relation.concern * tension)


@rule
def next_tension(relation: Relation, world: World, other: float) -> float:
    """Tension tomorrow: T' = T + k T_other − α T + g + i Σ s_e, not below zero (C10).

    Richardson's form (1960); i is the lever `escalation.intensity`, which scales the shocks only.
    k, α, g and s_e are assumptions in the stable region.
    """
    drift = world.params.reaction * other - world.params.fatigue * relation.tension
    shocks = world.params.intensity * float(relation.shock) / MILLION
    return max(0.0, relation.tension + drift + relation.grievance + shocks)


@rule
def heat(relation: Relation, world: World) -> float:
    """Factor e^(i η T) on upward hazards; 1 at intensity 0, so that base rates come back (C10)."""
    tension = min(relation.tension, world.params.tension_limit)
    return math.exp(world.params.intensity * world.params.elasticity * tension)


@rule
def movement(u: float, up: float, down: float) -> int:
    """One day of two competing risks: +1, −1 or 0.

    P(any) = 1 − e^−(up+down) < up + down, split in proportion to the hazards (a day). Low u is a
    step up and high u a step down, so that a higher hazard never turns a step up into none.
    """
    total = up + down
    if total < u < 1.0 - total or total <= 0.0:
        return 0
    chance = -math.expm1(-total)
    if u < chance * up / total:
        return 1
    if u >= 1.0 - chance * down / total:
        return -1
    return 0


@rule
def climb(relation: Relation, world: World, climbing: float) -> int:
    """Draw today's movement on the relation's ladder; `climbing` multiplies the way up.

    Hazards λ_up e^(iηT) · climbing and λ_down e^(−iηT), a day, from the ladder's rungs.
    Source of the dispute ladder's base rates: GML 2016, disputes since 1946.
    """
    rung = world.rungs[relation.first_rung + relation.rung]
    hot = heat(relation, world)
    up = rung.up * hot * climbing if relation.rung < relation.top else 0.0
    down = rung.down / hot if relation.rung > 0 else 0.0
    if up + down <= 0.0:
        return 0
    return movement(uniform(world.clock, streams.LADDER, relation.tag, 0), up, down)


@rule
def move(relation: Relation, world: World, step: int) -> None:
    """Take a step and bear its effects: ledger, index of escalation, alarm on the other side."""
    ends = world.rungs[relation.first_rung + relation.rung].ends
    cause = causes.step_to(world, relation, relation.severity) if relation.rung > 0 else -1
    relation.rung = 0 if step < 0 and ends == 1 else relation.rung + step
    rung = world.rungs[relation.first_rung + relation.rung]
    relation.severity = rung.severity
    amount = float(rung.severity)
    if step < 0:
        ledger.write(world, ledger.STEP_DOWN, relation.actor, relation.target, -1, amount, cause)
        return
    if cause < 0:
        cause = causes.alarm_of(world, relation)
    ledger.write(world, ledger.STEP_UP, relation.actor, relation.target, -1, amount, cause)
    world.clock.escalation += rung.weight
    relation.peak = max(relation.peak, relation.rung)
    relation.severity_peak = max(relation.severity_peak, rung.severity)
    if relation.mirror >= 0:
        alarm_of(world.relations[relation.mirror], rung.shock)


@rule
def widen(relation: Relation, world: World) -> None:
    """A step to use of force is a challenge at home; a step to war brings both states into it."""
    focus = world.focus
    if relation.severity == USE_OF_FORCE:
        if relation.actor == focus.sender or relation.target == focus.sender:
            world.clock.disputes_home += 1
    if relation.severity == WAR:
        actor, target = relation.actor, relation.target
        cause = causes.step_to(world, relation, WAR)
        open_fronts(world, actor, target, cause)
        if world.states[actor].at_war == 0 or world.states[actor].entered_day == world.clock.day:
            world.states[actor].began_war = 1
        enter_war(world.states[actor], world, actor, target, cause)
        enter_war(world.states[target], world, target, actor, cause)


@rule
def open_fronts(world: World, actor: int, target: int, cause: int) -> None:
    """Fighting begins on the fronts drawn between the two, with the initiative to `actor`.

    Where both go to war on one day, the holder of the area has it.
    """
    for front in world.fronts:
        ours = front.holder == actor and front.opponent == target
        theirs = front.holder == target and front.opponent == actor
        if front.opened == 1 and front.open_day == world.clock.day and (ours or theirs):
            front.attacker = 0
        elif front.opened == 0 and (ours or theirs):
            front.opened = 1
            front.open_day = world.clock.day
            front.attacker = 0 if ours else 1
            front.peace_day = -1
            ledger.write(world, ledger.OPENED, actor, target, -1, front.area, cause)


@rule
def unburden(state: State) -> None:
    """Forget what yesterday's rungs meant for a state."""
    state.sanctions = 0.0
    state.firepower = 1.0


@rule
def bear(relation: Relation, world: World) -> None:
    """Sanctions on the target, firepower from permissions for the beneficiary: the most of each.

    As the rung stands today.
    """
    if relation.first_rung < 0:
        return
    rung: Rung = world.rungs[relation.first_rung + relation.rung]
    target = world.states[relation.target]
    target.sanctions = max(target.sanctions, rung.sanctions)
    if relation.beneficiary >= 0:
        helped = world.states[relation.beneficiary]
        helped.firepower = max(helped.firepower, 1.0 + rung.firepower)
