"""First morning of relations, ladders, reports and flows."""

from __future__ import annotations

from sim.blueprint.places import Places
from sim.blueprint.rows import NEVER, Row, blank, shared
from sim.rules.entities import MANY
from sim.rules.escalation import SEVERITIES
from sim.rules.observation import QUANTITIES
from sim.rules.supply import GOODS, HOLDS
from sim.scenario import spec
from sim.tags import tag


def relation(places: Places, name: str, item: spec.Relation) -> Row:
    values: Row = {"first_rung": -1}
    if item.ladder is not None:
        rungs = places.scenario.ladders[item.ladder].rungs
        rung = 0 if item.rung is None else list(rungs).index(item.rung)
        severity = SEVERITIES.index(list(rungs.values())[rung].severity)
        values = {
            "first_rung": places.first_rung[item.ladder],
            "top": len(rungs) - 1,
            "rung": rung,
            "peak": rung,
            "severity": severity,
            "severity_peak": severity,
        }
    return blank(
        MANY["relations"],
        **shared(MANY["relations"], item)
        | values
        | {
            "tag": tag("relations", name),
            "actor": places.at("states", item.actor),
            "target": places.at("states", item.target),
            "mirror": places.relation_between(item.target, item.actor),
            "beneficiary": places.at("states", item.beneficiary),
            "next_tension": item.tension,
            "consulted": -1,
            "talks_day": 0 if item.talks_from is None else places.scenario.day(item.talks_from),
            "end_day": -1,
            "joined": -1,
            "neutral": -1,
        },
    )


def rungs(places: Places) -> list[Row]:
    return [
        blank(
            MANY["rungs"],
            **shared(MANY["rungs"], rung) | {"severity": SEVERITIES.index(rung.severity)},
        )
        for ladder in places.scenario.ladders.values()
        for rung in ladder.rungs.values()
    ]


def report(places: Places, name: str, item: spec.Report) -> Row:
    return blank(
        MANY["reports"],
        **shared(MANY["reports"], item)
        | {
            "tag": tag("reports", name),
            "observer": places.at("states", item.observer),
            "subject": places.at("states", item.subject),
            "quantity": QUANTITIES.index(item.quantity),
            "relation": places.relation_between(item.observer, item.subject),
            "other": places.relation_between(item.observer, item.also or ""),
            "first_day": -1,
        },
    )


def flow(places: Places, name: str, item: spec.Flow) -> Row:
    gate_rung = 0
    if item.gate is not None and item.gate_rung is not None:
        ladder = places.scenario.relations[item.gate].ladder
        if ladder is not None:
            gate_rung = list(places.scenario.ladders[ladder].rungs).index(item.gate_rung)
    start = places.scenario.day(item.start)
    return blank(
        MANY["flows"],
        **shared(MANY["flows"], item)
        | {
            "tag": tag("flows", name),
            "donor": places.at("states", item.donor),
            "recipient": places.at("states", item.recipient),
            "good": GOODS.index(item.good),
            "start_day": start,
            "end_day": NEVER if item.end is None else places.scenario.day(item.end),
            "gate": places.at("relations", item.gate),
            "gate_rung": gate_rung,
            "first_hold": HOLDS * places.at("flows", name),
            "next_day": max(0, start),
            "basis": -1,
        },
    )
