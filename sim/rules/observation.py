"""What intelligence services say: the truth with a delay, a bias and an error of judgement.

Left out: deception, what services tell each other, and what publics make of a report.
"""

from __future__ import annotations

import math

from sim.rules import causes, ledger, streams
from sim.rules.draws import uniform_at
from sim.rules.entities import Report, State, World
from sim.rules.quantiles import normal
from sim.rules.rule import rule

QUANTITIES = ("troops", "casualties", "containers")
TROOPS, CASUALTIES, CONTAINERS = range(3)
MONTH_DAYS = 30.0


@rule
def truth(subject: State, quantity: int) -> float:
    """What is: soldiers sent, killed and wounded abroad, or containers sent, so far."""
    if quantity == TROOPS:
        return float(subject.sent)
    if quantity == CASUALTIES:
        return float(subject.casualties_abroad)
    return float(subject.containers_sent)


@rule
def estimate(report: Report, value: float, age: float, z: float) -> float:
    """What a service makes of `value` after `age` days of evidence: value · bias · exp(σ z).

    σ falls from `spread_early` to `spread_late` as exp(−age/30 d). z is the service's error of
    judgement in this run, a standard normal that stays while the evidence grows. Source: ratios
    between sources in the public record, fitted by eye (assumption).
    """
    fresh = math.exp(-age / MONTH_DAYS)
    spread = report.spread_late + (report.spread_early - report.spread_late) * fresh
    return value * report.bias * math.exp(spread * z)


@rule
def publish(report: Report, world: World) -> float:
    """Publish the waiting estimate when it is due, look again, and return what is new.

    The look published today was taken `delay` days ago, so that a service speaks every `delay`
    days. Returns the rise of the published estimate (people or containers), never below zero.
    """
    day = world.clock.day
    if day < report.due_day:
        return 0.0
    before = report.published
    report.published = report.look
    value = truth(world.states[report.subject], report.quantity)
    if value > 0.0 and report.first_day < 0:
        report.first_day = day
        report.error = normal(uniform_at(world.clock, 0, streams.OBSERVATION, report.tag, 0))
    if value > 0.0:
        report.look = estimate(report, value, float(day - report.first_day), report.error)
    report.due_day = day + report.delay
    if before == 0.0 and report.published > 0.0 and report.quantity == TROOPS:
        amount = report.published
        cause = causes.latest(world, ledger.DEPARTED, report.subject, causes.ANY)
        ledger.write(world, ledger.REPORTED, report.observer, report.subject, -1, amount, cause)
    return max(0.0, report.published - before)


@rule
def alarm(world: World, quantity: int, rise: float) -> float:
    """Tension that a rise of a published estimate gives the observer (C10, shocks s_e)."""
    if quantity == TROOPS:
        return world.params.shock_troops * rise / 1000.0
    if quantity == CONTAINERS:
        return world.params.shock_arms * rise / 1000.0
    return 0.0
