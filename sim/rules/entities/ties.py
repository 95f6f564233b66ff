"""What states feel, do, report and send to each other."""

from __future__ import annotations

from typing import Annotated


class Relation:
    """What one state feels and does towards another (passive)."""

    tag: Annotated[int, "stable number of the name, keys its luck"]
    actor: Annotated[int, "state"]
    target: Annotated[int, "state"]
    mirror: Annotated[int, "the relation in the other direction, -1 none"]
    beneficiary: Annotated[int, "state that the actor supports by its steps, -1 none"]
    first_rung: Annotated[int, "first rung of its ladder in the list of rungs, -1 no ladder"]
    top: Annotated[int, "number of the ladder's top rung"]
    rung: Annotated[int, "number of the rung it stands on"]
    peak: Annotated[int, "highest rung so far"]
    tension: Annotated[float, "tension"]
    next_tension: Annotated[float, "tension at the end of the day"]
    grievance: Annotated[float, "tension a day without cause (g)"]
    concern: Annotated[float, "weight of the target's deeds, 0 to 1"]
    shock: Annotated[int, "millionths of tension from today's events"]
    severity: Annotated[int, "kind of the rung it stands on"]
    severity_peak: Annotated[int, "kind of the highest rung so far"]
    force_days: Annotated[int, "days at use of force or above"]
    consulted: Annotated[int, "day of the last consultation, -1 none"]
    immunity: Annotated[float, "fraction of sanctions' drag taken off goods to the target"]
    fighting: Annotated[int, "1: the two states fight each other"]
    wars: Annotated[int, "wars between the two so far"]
    belief: Annotated[float, "the actor's estimate of its chance to win"]
    evidence: Annotated[int, "days of fighting that the estimate rests on"]
    present_most: Annotated[int, "most soldiers the actor's side had on the line in this war"]
    talks_day: Annotated[int, "day from which the war can end by settlement"]
    end_day: Annotated[int, "day the last war ended, -1 none"]
    end_mode: Annotated[int, "0 none, 1 settlement, 2 collapse of one side"]
    joined: Annotated[int, "day the actor joined a war against the target, -1 not"]
    neutral: Annotated[int, "day from which the actor keeps neutral towards the target, -1 not"]


class Rung:
    """One step of a ladder (passive)."""

    severity: Annotated[int, "kind of step, see escalation.SEVERITIES"]
    up: Annotated[float, "hazard of the next step, a day"]
    down: Annotated[float, "hazard of the way back, a day"]
    ends: Annotated[int, "1: the way back leads to the bottom, 0: one step down"]
    shock: Annotated[float, "tension that the step gives the other side"]
    sanctions: Annotated[float, "sanctions index imposed from this step on"]
    firepower: Annotated[float, "added firepower of the beneficiary from this step on"]
    weight: Annotated[int, "weight in the escalation index"]


class Report:
    """What one intelligence service says of one quantity (passive)."""

    tag: Annotated[int, "stable number of the name, keys its luck"]
    observer: Annotated[int, "state"]
    subject: Annotated[int, "state"]
    quantity: Annotated[int, "0 troops sent, 1 casualties abroad, 2 containers sent"]
    relation: Annotated[int, "the observer's relation to the subject, -1 none"]
    other: Annotated[int, "a second relation that it alarms, -1 none"]
    delay: Annotated[int, "days from the look to the publication"]
    bias: Annotated[float, "ratio of what is said to what is"]
    spread_early: Annotated[float, "log-sd of the error in the first month"]
    spread_late: Annotated[float, "log-sd of the error after three months"]
    first_day: Annotated[int, "day of the first evidence, -1 none yet"]
    look: Annotated[float, "estimate waiting for publication"]
    due_day: Annotated[int, "day of the next publication"]
    published: Annotated[float, "last published estimate"]
    error: Annotated[float, "error of judgement in this run, in standard deviations"]


class Flow:
    """A standing transfer of goods from one state to another (passive)."""

    tag: Annotated[int, "stable number of the name, keys its luck"]
    donor: Annotated[int, "state"]
    recipient: Annotated[int, "state"]
    good: Annotated[int, "kind of good, see supply.GOODS"]
    rate: Annotated[float, "loads a day (containers, missiles, barrels …)"]
    per_soldier: Annotated[float, "further loads a day for each soldier the recipient has abroad"]
    content: Annotated[float, "units in a load (rounds in a container)"]
    usable: Annotated[float, "fraction of the units that can be used"]
    value: Annotated[float, "thousand USD a load"]
    scaled: Annotated[int, "1: the lever arms.rate multiplies it"]
    interval: Annotated[int, "days between consignments"]
    start_day: Annotated[int, "first day"]
    end_day: Annotated[int, "day after the last"]
    gate: Annotated[int, "relation whose rung opens the flow, -1 always open"]
    gate_rung: Annotated[int, "rung from which it is open"]
    lead_median: Annotated[float, "days from departure to use, median"]
    lead_spread: Annotated[float, "log-sd of the lead time"]
    loss: Annotated[float, "probability that a consignment is lost"]
    first_hold: Annotated[int, "first of its consignments in the list"]
    voyages: Annotated[int, "consignments sent so far"]
    next_day: Annotated[int, "day of the next departure"]
    due_day: Annotated[int, "no consignment under way is due before this day"]
    loads_sent: Annotated[int, "loads sent so far"]
    units_arrived: Annotated[int, "usable units that arrived so far"]
    units_delivered: Annotated[int, "units that arrived so far, usable or not"]
    basis: Annotated[int, "clause that obliges to it, -1 voluntary"]


class Consignment:
    """Goods under way (passive)."""

    loads: Annotated[int, "loads under way, 0: the place is free"]
    due_day: Annotated[int, "day of arrival"]
    lost: Annotated[int, "1: it will not arrive"]
