"""Expeditions and reinforcement (C5): soldiers are counted, none appears or is lost on the way.

Left out: routes, losses on the way, the cost of transport, and how a state chooses between fronts.
"""

from __future__ import annotations

from sim.rules import causes, ledger, streams
from sim.rules.draws import uniform
from sim.rules.entities import Force, Front, State, World
from sim.rules.quantiles import within_a_day
from sim.rules.rule import rule

HOME, EMBARKING, IN_TRANSIT, PREPARING, LINE, RESTING, RETURNING = range(7)


@rule
def embarked_by(state: State, world: World, embarked: int) -> int:
    """Soldiers of an expedition embarked by tonight: min(lift · days, share · pledge).

    Lift in soldiers a day (assumption); stops when the pool at home runs out, and while support
    is under S_min. `embarked`: so far.
    """
    if state.order_day < 0 or world.clock.day < state.order_day:
        return 0
    if state.support < world.params.support_floor:
        return embarked
    ordered = int(state.order_share * float(state.expedition_size))
    days = world.clock.day - state.order_day + 1
    return min(min(state.lift * days, ordered), state.pool + embarked)


@rule
def embark(force: Force, world: World, owner: State, total: int) -> int:
    """Let a contingent fill its place among the `total` embarked; return who left home today.

    Contingent b of n holds the soldiers from Z·b/n to Z·(b+1)/n of the ordered expedition, so
    they fill one after the other whatever their order in the list.
    """
    ordered = int(owner.order_share * float(owner.expedition_size))
    first = ordered * force.place // force.places
    quota = ordered * (force.place + 1) // force.places - first
    leaving = min(max(total - first, 0), quota) - force.embarked
    if leaving <= 0:
        return 0
    force.embarked += leaving
    force.coming += leaving
    force.status = EMBARKING
    if force.embarked == quota:
        force.status = IN_TRANSIT
        force.due_day = world.clock.day + owner.transit
    return leaving


@rule
def depart(state: State, world: World, index: int, leaving: int) -> None:
    """Take the soldiers who leave from the pool and count them as abroad."""
    state.pool -= leaving
    state.sent += leaving
    state.abroad += leaving
    if state.first_departure < 0 and leaving > 0:
        state.first_departure = world.clock.day
        cause = causes.latest(world, ledger.ORDERED, index, causes.ANY)
        ledger.write(world, ledger.DEPARTED, index, -1, -1, float(leaving), cause)


@rule
def join(force: Force, soldiers: int) -> None:
    """Soldiers without experience join a formation; its mean experience falls in proportion."""
    if soldiers <= 0:
        return
    together = force.strength + soldiers
    force.experience = force.experience * float(force.strength) / float(together)
    force.strength = together


@rule
def move_on(force: Force, world: World, owner: State) -> None:
    """Arrive, prepare, go on the line, come back from rest, and take in replacements when due."""
    day = world.clock.day
    if force.fresh_day >= 0 and day >= force.fresh_day:
        join(force, force.fresh)
        force.fresh = 0
        force.fresh_day = -1
    if force.due_day < 0 or day < force.due_day:
        return
    if force.status == IN_TRANSIT:
        join(force, force.coming)
        force.coming = 0
        force.status = PREPARING
        force.due_day = day + owner.preparation
        amount = float(force.strength)
        cause = causes.latest(world, ledger.DEPARTED, force.owner, causes.ANY)
        ledger.write(world, ledger.ARRIVED, force.owner, -1, -1, amount, cause)
    elif force.status == PREPARING or force.status == RESTING:
        before = ledger.ARRIVED if force.status == PREPARING else ledger.OFF_LINE
        cause = causes.latest(world, before, force.owner, causes.ANY)
        force.status = LINE
        force.due_day = -1
        ledger.write(world, ledger.ON_LINE, force.owner, -1, -1, float(force.strength), cause)


@rule
def travel_home(force: Force, world: World, owner: State, front: Front) -> None:
    """An expedition whose war has ended travels home and joins the pool after the transit."""
    if force.place < 0 or front.peace_day < 0:
        return
    if force.status == RETURNING and world.clock.day >= force.due_day:
        owner.pool += force.strength
        owner.abroad -= force.strength
        amount = float(force.strength)
        force.strength = 0
        force.status = HOME
        force.due_day = -1
        cause = causes.end_of(world, front.holder, front.opponent)
        ledger.write(world, ledger.HOME_AGAIN, force.owner, -1, -1, amount, cause)
    elif force.status == PREPARING or force.status == LINE or force.status == RESTING:
        force.status = RETURNING
        force.due_day = world.clock.day + owner.transit


@rule
def rest(force: Force, world: World) -> bool:
    """Go off the line with a hazard of `rest_hazard` times the loss of about a month.

    A hazard, not a threshold: no sharp breakpoint of units is supported (Clark 1954; Helmbold
    1971, quoted from memory). Returns whether the force went.
    """
    if force.rotates == 0 or force.status != LINE or force.wear <= 0.0:
        return False
    u = uniform(world.clock, streams.REST, force.tag, 0)
    if not within_a_day(u, world.params.rest_hazard * force.wear):
        return False
    force.status = RESTING
    force.due_day = world.clock.day + int(world.params.rest_days)
    force.wear = 0.0
    cause = causes.latest(world, ledger.ON_LINE, force.owner, causes.ANY)
    ledger.write(world, ledger.OFF_LINE, force.owner, -1, -1, float(force.losses), cause)
    return True


@rule
def replacements(force: Force, world: World, owner: State) -> int:
    """Soldiers asked for to replace a fraction ρ_z of the losses not yet answered (C5).

    ρ_z .5 (assumption); one batch is under way at a time; none while support is under S_min, nor
    after the expedition's war.
    """
    if force.fresh_day >= 0 or owner.order_day < 0:
        return 0
    if owner.support < world.params.support_floor:
        return 0
    return max(0, int(owner.replacement * float(force.losses)) - force.replaced)


@rule
def shortfall(force: Force, front: Front) -> int:
    """Soldiers a formation asks of the pool today: up to its inflow, up to its establishment.

    Formations are filled up while there is fighting on their front.
    """
    if force.place >= 0 or front.opened == 0:
        return 0
    return max(0, min(force.inflow, force.establishment - force.strength))


@rule
def granted(asked: int, wanted: int, pool: int) -> int:
    """Part of `asked` that a pool gives when `wanted` is asked of it in all (soldiers)."""
    if wanted <= pool:
        return asked
    return asked * pool // wanted
