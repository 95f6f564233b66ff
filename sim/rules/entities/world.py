"""The world that phases see, and the entities it holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sim.rules.entities.actors import Force, Front, State
from sim.rules.entities.law import Clause, Duty, Step, Treaty
from sim.rules.entities.run import Clock, Entry, Event, Focus
from sim.rules.entities.ties import Consignment, Flow, Relation, Report, Rung
from sim.rules.parameters import Parameters

TERMS = 8
"""Places in a clause's row of terms: the same for every type of article."""


class World(Protocol):
    """What a phase sees: the same names in the Mesa model and in the compiled world."""

    clock: Clock
    params: Parameters
    focus: Focus
    states: Sequence[State]
    forces: Sequence[Force]
    fronts: Sequence[Front]
    relations: Sequence[Relation]
    rungs: Sequence[Rung]
    reports: Sequence[Report]
    flows: Sequence[Flow]
    consignments: Sequence[Consignment]
    treaties: Sequence[Treaty]
    ratifications: Sequence[Step]
    clauses: Sequence[Clause]
    duties: Sequence[Duty]
    calendar: Sequence[Entry]
    ledger: Sequence[Event]


ONE = {"clock": Clock, "params": Parameters, "focus": Focus}
"""Entities of which a world has one."""

MANY = {
    "states": State,
    "forces": Force,
    "fronts": Front,
    "relations": Relation,
    "rungs": Rung,
    "reports": Report,
    "flows": Flow,
    "consignments": Consignment,
    "treaties": Treaty,
    "ratifications": Step,
    "clauses": Clause,
    "duties": Duty,
    "calendar": Entry,
    "ledger": Event,
}
"""Entities of which a world has a list."""
