"""What is given, what is seen, what the treaties oblige to."""

from __future__ import annotations

from sim.duties import act, consider, is_party, protect
from sim.rules.calendar import happen
from sim.rules.casus import look_around
from sim.rules.entities import World
from sim.rules.escalation import alarm_of
from sim.rules.observation import alarm, publish
from sim.rules.rule import rule
from sim.rules.treaty import IN_FORCE, SIGNED, ratify
from sim.rules.treaty import advance as advance_treaty


@rule
def calendar(world: World) -> None:
    """Dated events that the scenario takes as given."""
    for entry in world.calendar:
        if entry.day == world.clock.day:
            happen(entry, world)


@rule
def perceive(world: World) -> None:
    """Intelligence services publish; what is new alarms the observer (observation rule)."""
    for report in world.reports:
        rise = publish(report, world)
        if rise > 0.0:
            tension = alarm(world, report.quantity, rise)
            if report.relation >= 0:
                alarm_of(world.relations[report.relation], tension)
            if report.other >= 0:
                alarm_of(world.relations[report.other], tension)


@rule
def treaty_clock(world: World) -> None:
    """Ratification, entry into force, notice and end (C1); protection by allies follows."""
    look_around(world)
    for step in world.ratifications:
        ratify(step, world)
    for index in range(len(world.treaties)):
        treaty = world.treaties[index]
        before = treaty.status
        advance_treaty(treaty, world, index)
        if treaty.status != before and (treaty.status == SIGNED or treaty.status == IN_FORCE):
            for relation in world.relations:
                if is_party(world, index, relation.target):
                    if not is_party(world, index, relation.actor):
                        alarm_of(relation, world.params.shock_treaty)
    protect(world)


@rule
def obligations(world: World) -> None:
    """Triggers, consultation, honour, form and latency of aid (C2, C3, C4)."""
    for duty in world.duties:
        consider(duty, world)
    for duty in world.duties:
        act(duty, world)
