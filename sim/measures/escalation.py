"""Steps up the ladders and who joined the fighting."""

from __future__ import annotations

from sim.rules.entities import World
from sim.rules.escalation import (
    DISPLAY,
    LETHAL_AID,
    NUCLEAR_SIGNALLING,
    STRIKE_PERMISSION,
    THREAT,
    USE_OF_FORCE,
    WAR,
)
from sim.rules.rule import rule


@rule
def dispute_level(severity: int) -> int:
    """Place of a severity among none, threat, display, use of force, war."""
    if severity == WAR:
        return 4
    if severity == USE_OF_FORCE:
        return 3
    if severity == DISPLAY:
        return 2
    return 1 if severity == THREAT else 0


@rule
def max_dispute_rung(world: World) -> float:
    highest = 0
    for relation in world.relations:
        highest = max(highest, dispute_level(relation.severity_peak))
    return float(highest)


@rule
def days_of_force(world: World) -> float:
    return float(world.clock.force_days)


@rule
def belligerents(world: World) -> float:
    total = 0
    for state in world.states:
        if state.war_day >= 0:
            total += 1
    return float(total)


@rule
def new_major_party(world: World) -> float:
    for state in world.states:
        if state.major == 1 and state.war_day > 0:
            return 1.0
    return 0.0


@rule
def _reached(world: World, relation: int, severity: int) -> float:
    if relation < 0:
        return 0.0
    return 1.0 if world.relations[relation].severity_peak >= severity else 0.0


@rule
def lethal_aid(world: World) -> float:
    return _reached(world, world.focus.watcher, LETHAL_AID)


@rule
def strike_permission(world: World) -> float:
    return _reached(world, world.focus.ally, STRIKE_PERMISSION)


@rule
def nuclear_signalling(world: World) -> float:
    return _reached(world, world.focus.signaller, NUCLEAR_SIGNALLING)


@rule
def escalation_index(world: World) -> float:
    return float(world.clock.escalation) / float(world.clock.day + 1)


@rule
def home_theatre_challenges(world: World) -> float:
    return float(world.clock.disputes_home)


@rule
def _severity(world: World, relation: int) -> float:
    return float(world.relations[relation].severity) if relation >= 0 else 0.0


@rule
def watcher_rung(world: World) -> float:
    return _severity(world, world.focus.watcher)


@rule
def ally_rung(world: World) -> float:
    return _severity(world, world.focus.ally)


@rule
def signalling_rung(world: World) -> float:
    return _severity(world, world.focus.signaller)


@rule
def dispute_rung(world: World) -> float:
    highest = 0
    for relation in world.relations:
        highest = max(highest, dispute_level(relation.severity))
    return float(highest)
