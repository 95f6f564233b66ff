"""Dated events that a scenario takes as given."""

from __future__ import annotations

from sim.rules import ledger
from sim.rules.entities import Entry, World
from sim.rules.escalation import WAR, alarm_of
from sim.rules.rule import rule
from sim.rules.treaty import enter_war

KINDS = ("front_opens", "area_set", "institutions_change", "war_breaks_out")
FRONT_OPENS, AREA_SET, INSTITUTIONS_CHANGE, WAR_BREAKS_OUT = range(len(KINDS))


@rule
def happen(entry: Entry, world: World) -> None:
    """A front opens, an area is set, a state's institutions change, or a war breaks out.

    An attack alarms the attacked state towards all states, the attacker's supporters among them.
    """
    if entry.kind == INSTITUTIONS_CHANGE:
        world.states[entry.subject].institutions_changed = 1
        ledger.write(world, ledger.INSTITUTIONS, entry.subject, -1, -1, 0.0, -1)
        return
    if entry.kind == WAR_BREAKS_OUT:
        break_out(entry, world)
        return
    front = world.fronts[entry.subject]
    if entry.kind == AREA_SET:
        front.area = entry.amount
        front.area_start = entry.amount
        front.area_peak = max(front.area_peak, front.area)
        return
    front.opened = 1
    front.open_day = world.clock.day
    ledger.write(world, ledger.OPENED, front.holder, front.opponent, -1, entry.amount, -1)
    alarm_all(world, front.opponent)


@rule
def break_out(entry: Entry, world: World) -> None:
    """The relation's actor attacks its target: both are at war, and the target is alarmed.

    They are the war's own parties: at war from its start (`war_day` 0), not drawn into it.
    """
    relation = world.relations[entry.subject]
    actor, target = relation.actor, relation.target
    relation.severity = WAR
    relation.severity_peak = WAR
    world.states[actor].began_war = 1
    cause = ledger.write(world, ledger.WAR_BROKE_OUT, actor, target, -1, 0.0, -1)
    enter_war(world.states[actor], world, actor, target, cause)
    enter_war(world.states[target], world, target, actor, cause)
    for index in (actor, target):
        world.states[index].war_day = 0
        world.states[index].entered_day = 0
    alarm_all(world, target)


@rule
def alarm_all(world: World, state: int) -> None:
    """An attacked state is alarmed towards all, each relation by its own concern."""
    for relation in world.relations:
        if relation.actor == state:
            alarm_of(relation, world.params.shock_attack)
