"""Dated events that a scenario takes as given."""

from __future__ import annotations

from sim.rules import ledger
from sim.rules.entities import Entry, World
from sim.rules.escalation import alarm_of
from sim.rules.rule import rule

KINDS = ("front_opens", "area_set", "institutions_change")
FRONT_OPENS, AREA_SET, INSTITUTIONS_CHANGE = range(len(KINDS))


@rule
def happen(entry: Entry, world: World) -> None:
    """A front opens, an area is set from the record, or a state's institutions change.

    An attack alarms the attacked state towards all states, the attacker's supporters among them.
    """
    if entry.kind == INSTITUTIONS_CHANGE:
        world.states[entry.subject].institutions_changed = 1
        ledger.write(world, ledger.INSTITUTIONS, entry.subject, -1, -1, 0.0, -1)
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
    for relation in world.relations:
        if relation.actor == front.opponent:
            alarm_of(relation, world.params.shock_attack)
