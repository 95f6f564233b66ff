"""The ledger of a run: what happened, who did it, under which article, and what led to it."""

from __future__ import annotations

from sim.rules.entities import World
from sim.rules.rule import rule

NOBODY = -1
NO_ARTICLE = -1
NO_CAUSE = -1

KINDS = (
    "treaty signed",
    "ratification step",
    "treaty in force",
    "notice given",
    "treaty ended",
    "front opened",
    "line restored",
    "initiative passed",
    "institutions changed",
    "casus foederis",
    "honour decided",
    "obligation called",
    "obligation met",
    "obligation met late",
    "obligation met in part",
    "obligation refused",
    "voluntary aid",
    "consultation",
    "expedition ordered",
    "first departure",
    "contingent arrived",
    "contingent on the line",
    "contingent off the line",
    "first report of troops",
    "step up",
    "step down",
    "entered the war",
    "first goods arrived",
    "consignment lost",
    "expedition home",
    "settlement",
    "collapse",
    "war broke out",
    "joined a further war",
)
"""Kinds of ledger lines, by number."""

(
    SIGNED,
    RATIFIED,
    IN_FORCE,
    NOTICE_GIVEN,
    ENDED,
    OPENED,
    RESTORED,
    INITIATIVE,
    INSTITUTIONS,
    CASUS,
    DECIDED,
    CALLED,
    MET,
    LATE,
    PARTIAL,
    REFUSED,
    VOLUNTARY,
    CONSULTED,
    ORDERED,
    DEPARTED,
    ARRIVED,
    ON_LINE,
    OFF_LINE,
    REPORTED,
    STEP_UP,
    STEP_DOWN,
    ENTERED_WAR,
    GOODS,
    LOST,
    HOME_AGAIN,
    SETTLED,
    COLLAPSED,
    WAR_BROKE_OUT,
    FURTHER_WAR,
) = range(len(KINDS))


@rule
def write(
    world: World, kind: int, actor: int, target: int, article: int, amount: float, cause: int
) -> int:
    """Add a line to the ledger and return its number (-1 when the ledger is full).

    A full ledger stops nothing: `clock.overflow` counts the lines that found no place.
    """
    number = world.clock.events
    if number >= len(world.ledger):
        world.clock.overflow += 1
        return NO_CAUSE
    line = world.ledger[number]
    line.day = world.clock.day
    line.kind = kind
    line.actor = actor
    line.target = target
    line.article = article
    line.amount = amount
    line.cause = cause
    world.clock.events = number + 1
    return number
