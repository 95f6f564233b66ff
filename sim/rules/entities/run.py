"""The clock, the calendar, the ledger and the focus of a run."""

from __future__ import annotations

from typing import Annotated


class Clock:
    """Time and luck of a run."""

    day: Annotated[int, "days since the scenario's start"]
    seed_low: Annotated[int, "low 32 bits of the study seed"]
    seed_high: Annotated[int, "high 32 bits of the study seed"]
    replicate: Annotated[int, "index of the run's luck"]
    events: Annotated[int, "lines in the ledger"]
    escalation: Annotated[int, "sum of the weights of all rungs climbed (an index)"]
    force_days: Annotated[int, "days on which any two states stood at use of force or above"]
    disputes_home: Annotated[int, "disputes that reached use of force against the sender"]
    overflow: Annotated[int, "ledger lines that found no place"]


class Entry:
    """A dated event that the scenario takes as given (passive)."""

    day: Annotated[int, "day"]
    kind: Annotated[int, "0 front opens, 1 area set, 2 institutions change, 3 war breaks out"]
    subject: Annotated[int, "front, state or relation"]
    amount: Annotated[float, "km2 for an area"]


class Event:
    """A line of the ledger (passive)."""

    day: Annotated[int, "day"]
    kind: Annotated[int, "what happened, see ledger.KINDS"]
    actor: Annotated[int, "state, -1 none"]
    target: Annotated[int, "state, -1 none"]
    article: Annotated[int, "clause, -1 none"]
    amount: Annotated[float, "people, loads, km2, rung … as the kind says"]
    cause: Annotated[int, "line of the ledger that led to it, -1 none"]


class Focus:
    """Which states and which front the outcomes speak of (passive)."""

    sender: Annotated[int, "state that sends troops, -1 none"]
    host: Annotated[int, "state that receives them, -1 none"]
    adversary: Annotated[int, "state they face, -1 none"]
    front: Annotated[int, "front, -1 none"]
    treaty: Annotated[int, "treaty, -1 none"]
    watcher: Annotated[int, "relation whose steps are watched, -1 none"]
    ally: Annotated[int, "relation of the watcher's ally, -1 none"]
    signaller: Annotated[int, "relation whose signalling is watched, -1 none"]
    casualty_day: Annotated[int, "day on which casualties are checked, -1 none"]
    area_day: Annotated[int, "day on which the area is checked, -1 none"]
    casualties_then: Annotated[int, "the sender's casualties on that day, -1 not reached"]
    area_then: Annotated[float, "km2 held on that day, -1 not reached"]
