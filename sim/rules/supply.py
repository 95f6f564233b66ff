"""Goods from state to state, and munitions from stock to fire (C6).

Left out: kinds of munitions and their guns, transport at the front, hoarding, and damage to stocks.
"""

from __future__ import annotations

import math

from sim.rules import causes, ledger, streams
from sim.rules.deployment import LINE
from sim.rules.draws import uniform_at
from sim.rules.entities import Consignment, Flow, Force, Front, State, World
from sim.rules.quantiles import lognormal
from sim.rules.rule import rule

GOODS = ("shells", "missiles", "oil", "food", "technology", "equipment", "money")
SHELLS, MISSILES, OIL, FOOD, TECHNOLOGY, EQUIPMENT, MONEY = range(7)
HOLDS = 24
"""Consignments of one flow that can be under way at once."""
NEVER = 10**6
"""A day after every horizon."""
SHORT_SUPPLY = 0.8


@rule
def is_open(flow: Flow, world: World) -> bool:
    """Whether goods leave today: within its dates, and the step that gates it stands."""
    if world.clock.day < flow.start_day or world.clock.day >= flow.end_day:
        return False
    if flow.gate < 0:
        return True
    return world.relations[flow.gate].rung >= flow.gate_rung


@rule
def loads_due(flow: Flow, world: World, recipient: State) -> int:
    """Loads of one consignment: (rate + per_soldier · abroad) · interval, whole loads."""
    daily = flow.rate + flow.per_soldier * float(recipient.abroad)
    if flow.scaled == 1:
        daily = daily * world.params.arms_rate
    return int(daily * float(flow.interval))


@rule
def lead_time(flow: Flow, world: World, drag: float) -> int:
    """Days until a consignment can be used: LogNormal, longer by sanctions on the recipient.

    Median 30 d, log-sd .5, factor 1 + κ_s K (assumptions).
    """
    u = uniform_at(world.clock, 0, streams.LEAD_TIME, flow.tag, flow.voyages)
    return int(lognormal(u, flow.lead_median, flow.lead_spread) * (1.0 + drag))


@rule
def sanctions_drag(flow: Flow, world: World) -> float:
    """κ_s K of the recipient, less what a clause on sanctions takes off between the two."""
    drag = world.params.sanctions_drag * world.states[flow.recipient].sanctions
    for relation in world.relations:
        if relation.actor == flow.donor and relation.target == flow.recipient:
            drag = drag * (1.0 - relation.immunity)
    return drag


@rule
def ship(flow: Flow, world: World) -> int:
    """Send a consignment when one is due and a hold is free; return its loads (0 none)."""
    if world.clock.day < flow.next_day or not is_open(flow, world):
        return 0
    hold = world.consignments[flow.first_hold + flow.voyages % HOLDS]
    if hold.loads > 0:
        return 0
    flow.next_day = world.clock.day + flow.interval
    loads = loads_due(flow, world, world.states[flow.recipient])
    if loads <= 0:
        return 0
    u = uniform_at(world.clock, 0, streams.LOST_AT_SEA, flow.tag, flow.voyages)
    hold.loads = loads
    hold.lost = 1 if u < flow.loss else 0
    hold.due_day = world.clock.day + lead_time(flow, world, sanctions_drag(flow, world))
    flow.due_day = min(flow.due_day, hold.due_day)
    flow.voyages += 1
    flow.loads_sent += loads
    return loads


@rule
def arrive(flow: Flow, world: World, hold: Consignment) -> int:
    """Unload a consignment that is due; return its usable units (0 when it was lost)."""
    loads = hold.loads
    hold.loads = 0
    if hold.lost == 1:
        amount = float(loads)
        cause = causes.delivery(world, flow)
        ledger.write(world, ledger.LOST, flow.donor, flow.recipient, flow.basis, amount, cause)
        return 0
    units = int(float(loads) * flow.content * flow.usable)
    if flow.units_delivered == 0:
        amount = float(flow.good)
        cause = causes.delivery(world, flow)
        ledger.write(world, ledger.GOODS, flow.donor, flow.recipient, flow.basis, amount, cause)
    flow.units_arrived += units
    flow.units_delivered += int(float(loads) * flow.content)
    world.states[flow.recipient].received += int(float(loads) * flow.value)
    return units


@rule
def take_in(state: State, good: int, units: int) -> None:
    """Put usable units where they belong: rounds, missiles, or technology to be absorbed."""
    if good == SHELLS:
        state.munitions += units
        state.imported += units
    elif good == MISSILES:
        state.missiles += units
    elif good == TECHNOLOGY:
        state.technology_arrived += units


@rule
def demand(force: Force, world: World, front: Front) -> int:
    """Rounds a day that a formation on the line asks for: u · α · strength (C6)."""
    if front.opened == 0 or force.status != LINE:
        return 0
    return int(world.params.consumption * front.activity * float(force.strength))


@rule
def consume(state: State, world: World) -> None:
    """U' = E · production + arrivals − σ · demand; σ = min(1, U / (demand · h)) (C6).

    U rounds in stock, h days of full supply. Rounds are rationed by σ, so that a stock never
    goes below zero; rationing is an assumption.
    """
    made = int(state.economy * float(state.production))
    state.munitions += made
    state.produced += made
    state.supply = 1.0
    if state.demand > 0:
        cover = float(state.munitions) / (float(state.demand) * world.params.cover)
        state.supply = min(1.0, cover)
        state.munitions -= min(state.munitions, int(state.supply * float(state.demand)))
    if state.supply < SHORT_SUPPLY:
        state.short_days += 1


@rule
def firepower(state: State, world: World) -> float:
    """Factor on a formation's power: σ^η, times what supporters' permissions add."""
    if state.supply <= 0.0:
        return 0.0
    if state.supply == 1.0:
        return state.firepower
    return state.firepower * math.exp(world.params.supply_elasticity * math.log(state.supply))
