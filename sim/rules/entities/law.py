"""Treaties, their ratification, their articles and what these oblige to."""

from __future__ import annotations

from typing import Annotated


class Treaty:
    """A treaty between two or more states (passive)."""

    tag: Annotated[int, "stable number of the name, keys its luck"]
    follows_mode: Annotated[int, "1: honour.mode speaks of this treaty; else the model decides"]
    signed_day: Annotated[int, "day of signature (may lie before the start)"]
    status: Annotated[int, "0 not signed, 1 signed, 2 in force, 3 notice given, 4 ended"]
    exchange: Annotated[int, "days from the last ratification to the exchange of instruments"]
    exchange_given: Annotated[int, "day of the exchange in the record, -1 unknown"]
    ratified_day: Annotated[int, "day of the last ratification, -1 not yet"]
    force_day: Annotated[int, "day of entry into force, -1 not"]
    notice_day: Annotated[int, "day of notice, -1 none"]
    notice: Annotated[int, "days from notice to the end"]
    exit_hazard: Annotated[float, "hazard of notice, a day"]
    informal: Annotated[int, "1: an alignment without a text, which never binds"]


class Step:
    """One step of one party's procedure of ratification (passive)."""

    tag: Annotated[int, "stable number of the name, keys its luck"]
    treaty: Annotated[int, "treaty"]
    party: Annotated[int, "state"]
    after: Annotated[int, "step that comes before, -1 none"]
    median: Annotated[float, "days after the step before, median"]
    spread: Annotated[float, "log-sd of the delay"]
    given_day: Annotated[int, "day in the record, -1 unknown"]
    done_day: Annotated[int, "day it was done, -1 not yet"]
    due_day: Annotated[int, "day its delay ends, -1 not begun"]


class Clause:
    """An article of a treaty (passive)."""

    tag: Annotated[int, "stable number of the name, keys its luck"]
    treaty: Annotated[int, "treaty"]
    kind: Annotated[int, "type of article"]
    intercept: Annotated[float, "intercept of the honour rule (beta)"]
    deadline: Annotated[int, "days after which performance counts as late"]
    terms: Annotated[list[float], "the type's own terms, in the order of its class"]


class Duty:
    """What one party owes another under one article (passive)."""

    tag: Annotated[int, "stable number of the name, keys its luck"]
    clause: Annotated[int, "clause"]
    obligor: Annotated[int, "state"]
    beneficiary: Annotated[int, "state"]
    relation: Annotated[int, "the obligor's relation to the beneficiary, -1 none"]
    status: Annotated[int, "0 idle, 1 accepted, 2 performing, 3 performed, 4 refused"]
    calls: Annotated[int, "triggers so far"]
    binding: Annotated[int, "1: the treaty is in force and the obligation was called"]
    casus_day: Annotated[int, "day of the trigger"]
    called_day: Annotated[int, "day the obligation was called, -1 not"]
    due_day: Annotated[int, "day of performance"]
    form: Annotated[int, "0 statement, 1 arms or economic, 2 limited troops, 3 open troops"]
    fulfilment: Annotated[float, "fraction performed"]
    cause: Annotated[int, "line of the ledger with the decision on the trigger, -1 none"]
    foe: Annotated[int, "the only state whose attack calls the duty, -1 any"]
