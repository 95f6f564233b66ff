"""Soldiers and goods on their way."""

from __future__ import annotations

from sim.rules import causes, ledger
from sim.rules.combat import HOLDER
from sim.rules.deployment import (
    LINE,
    depart,
    embark,
    embarked_by,
    granted,
    join,
    move_on,
    replacements,
    shortfall,
    travel_home,
)
from sim.rules.entities import Flow, State, World
from sim.rules.rule import rule
from sim.rules.supply import (
    HOLDS,
    NEVER,
    SHELLS,
    arrive,
    consume,
    demand,
    firepower,
    ship,
    take_in,
)
from sim.rules.treaty import enter_war


@rule
def mobilise(world: World) -> None:
    """Recruits join the pool; formations and expeditions are filled up from it (C5)."""
    for state in world.states:
        state.pool += state.recruits
        state.wanted = 0
    for force in world.forces:
        owner = world.states[force.owner]
        owner.wanted += shortfall(force, world.fronts[force.front])
        if force.place >= 0:
            owner.wanted += replacements(force, world, owner)
    reinforce(world)


@rule
def reinforce(world: World) -> None:
    """Give out what the pools grant; replacements travel, reinforcements join at once."""
    for state in world.states:
        state.granted = 0
    for force in world.forces:
        owner = world.states[force.owner]
        if force.place < 0:
            asked = shortfall(force, world.fronts[force.front])
            joining = granted(asked, owner.wanted, owner.pool)
            join(force, joining)
            owner.granted += joining
        else:
            leaving = granted(replacements(force, world, owner), owner.wanted, owner.pool)
            if leaving > 0:
                force.fresh = leaving
                force.replaced += leaving
                force.fresh_day = world.clock.day + owner.transit
                owner.granted += leaving
                owner.sent += leaving
                owner.abroad += leaving
    for state in world.states:
        state.pool -= state.granted


@rule
def deploy(world: World) -> None:
    """Expeditions embark, travel, prepare and go on the line (C5)."""
    for index in range(len(world.states)):
        if world.states[index].order_day >= 0:
            send(world.states[index], world, index)
    for force in world.forces:
        owner, front = world.states[force.owner], world.fronts[force.front]
        travel_home(force, world, owner, front)
        move_on(force, world, owner)
        engaged = force.place >= 0 and force.status == LINE and force.strength > 0
        if engaged and front.opened == 1 and owner.at_war == 0:
            against = front.opponent if force.side == HOLDER else front.holder
            cause = causes.latest(world, ledger.ON_LINE, force.owner, causes.ANY)
            enter_war(owner, world, force.owner, against, cause)


@rule
def send(state: State, world: World, index: int) -> None:
    """The contingents of an ordered expedition embark, as far as lift and pool allow."""
    embarked = 0
    for force in world.forces:
        if force.owner == index:
            embarked += force.embarked
    total = embarked_by(state, world, embarked)
    leaving = 0
    for force in world.forces:
        if force.owner == index and force.place >= 0:
            leaving += embark(force, world, state, total)
    depart(state, world, index, leaving)


@rule
def goods(world: World) -> None:
    """Consignments leave and arrive (C6)."""
    for flow in world.flows:
        loads = ship(flow, world)
        if flow.good == SHELLS:
            world.states[flow.donor].containers_sent += loads
        if world.clock.day >= flow.due_day:
            unload(flow, world)


@rule
def unload(flow: Flow, world: World) -> None:
    """Take in what is due, and note when to look again."""
    flow.due_day = NEVER
    for place in range(flow.first_hold, flow.first_hold + HOLDS):
        hold = world.consignments[place]
        if hold.loads > 0 and world.clock.day >= hold.due_day:
            units = arrive(flow, world, hold)
            take_in(world.states[flow.recipient], flow.good, units)
        elif hold.loads > 0:
            flow.due_day = min(flow.due_day, hold.due_day)


@rule
def consumption(world: World) -> None:
    """Munitions from stock to fire; supply of each state, and what it does to fire (C6)."""
    for state in world.states:
        state.demand = 0
    for force in world.forces:
        supplier = world.states[force.supplier]
        supplier.demand += demand(force, world, world.fronts[force.front])
    for state in world.states:
        consume(state, world)
        state.fire = firepower(state, world)
