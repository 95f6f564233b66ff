"""First morning of states, forces, fronts and what is given."""

from __future__ import annotations

from datetime import date

from sim import policies
from sim.blueprint.places import Places
from sim.blueprint.rows import NEVER, Row, blank, shared
from sim.rules.calendar import KINDS as ENTRIES
from sim.rules.deployment import HOME, LINE
from sim.rules.entities import MANY, ONE
from sim.rules.parameters import declared
from sim.scenario import spec
from sim.tags import tag


def params(places: Places) -> Row:
    defaults = {name: parameter.default for name, parameter in declared().items()}
    return blank(ONE["params"], **{**defaults, **places.scenario.params})


def focus(places: Places) -> Row:
    focus = places.scenario.focus
    return blank(
        ONE["focus"],
        sender=places.at("states", focus.sender),
        host=places.at("states", focus.host),
        adversary=places.at("states", focus.adversary),
        front=places.at("fronts", focus.front),
        treaty=places.at("treaties", focus.treaty),
        watcher=places.at("relations", focus.watcher),
        ally=places.at("relations", focus.ally),
        signaller=places.at("relations", focus.signaller),
        casualty_day=_day(places, focus.casualties_on),
        area_day=_day(places, focus.area_on),
        casualties_then=-1,
        area_then=-1.0,
    )


def _day(places: Places, moment: date | None) -> int:
    """Day of a date, -1 none."""
    return -1 if moment is None else places.scenario.day(moment)


def state(places: Places, name: str, item: spec.State) -> Row:
    forces = places.scenario.forces.values()
    formed = sum(force.strength for force in forces if force.owner == name)
    return blank(
        MANY["states"],
        **shared(MANY["states"], item)
        | {
            "tag": tag("states", name),
            "policy": policies.CODES[item.policy],
            "war_day": 0 if item.at_war else -1,
            "manpower": item.pool + formed,
            "home": 1.0,
            "support": item.support_start,
            "support_least": item.support_start,
            "economy": 1.0,
            "order_day": -1,
            "first_departure": -1,
            "supply": 1.0,
            "firepower": 1.0,
        },
    )


def force(places: Places, name: str, item: spec.Force) -> Row:
    contingents = [
        other
        for other in places.scenario.forces.values()
        if other.owner == item.owner and other.place >= 0
    ]
    return blank(
        MANY["forces"],
        **shared(MANY["forces"], item)
        | {
            "tag": tag("forces", name),
            "owner": places.at("states", item.owner),
            "supplier": places.at("states", item.supplier or item.owner),
            "front": places.at("fronts", item.front),
            "side": ("holder", "opponent").index(item.side),
            "seasoned_quality": item.seasoned_quality or item.quality,
            "status": LINE if item.place < 0 else HOME,
            "places": len(contingents),
            "due_day": -1,
            "fresh_day": -1,
        },
    )


def front(places: Places, name: str, item: spec.Front) -> Row:
    since = item.open_since
    return blank(
        MANY["fronts"],
        **shared(MANY["fronts"], item)
        | {
            "tag": tag("fronts", name),
            "holder": places.at("states", item.holder),
            "opponent": places.at("states", item.opponent),
            "attacker": ("holder", "opponent").index(item.attacker),
            "opened": since is not None,
            "open_day": NEVER if since is None else places.scenario.day(since),
            "free_day": places.scenario.day(item.free_from),
            "area_peak": item.area,
            "area_start": item.area,
            "area_before": item.area,
            "peace_day": -1,
            "restored_day": -1,
        },
    )


def entry(places: Places, item: spec.Entry) -> Row:
    group = {"institutions_change": "states", "war_breaks_out": "relations"}.get(
        item.kind, "fronts"
    )
    return blank(
        MANY["calendar"],
        day=places.scenario.day(item.date),
        kind=ENTRIES.index(item.kind),
        subject=places.at(group, item.subject),
        amount=item.amount,
    )
