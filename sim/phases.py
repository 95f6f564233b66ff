"""The order of a day: `PHASES`, and each phase, once, for both worlds.

A phase reads the world as it stood when the phase began and its agents do not see each other's
changes of the same phase, so that their order cannot matter. The day follows science note 9.3;
support and economy (C11) and bargaining (C12) will stand between technology and record.
"""

from __future__ import annotations

from sim.decisions import willingness
from sim.duties import act, consider, is_party, protect
from sim.rules import streams
from sim.rules.calendar import happen
from sim.rules.combat import HOLDER, burden, expected_losses, mourn, power, suffer
from sim.rules.deployment import (
    LINE,
    depart,
    embark,
    embarked_by,
    granted,
    move_on,
    replacements,
    rest,
    shortfall,
)
from sim.rules.draws import uniform
from sim.rules.entities import World
from sim.rules.escalation import (
    QUIET,
    USE_OF_FORCE,
    alarm_of,
    bear,
    climb,
    move,
    next_tension,
    widen,
)
from sim.rules.front import advance, force_ratio, pass_initiative, restore, shift, success
from sim.rules.observation import alarm, publish
from sim.rules.rule import rule
from sim.rules.supply import HOLDS, SHELLS, arrive, consume, demand, ship, take_in
from sim.rules.technology import absorb
from sim.rules.treaty import IN_FORCE, SIGNED, enter_war, ratify
from sim.rules.treaty import advance as advance_treaty


@rule
def calendar(world: World) -> None:
    """Dated events that the scenario takes as given."""
    for entry in world.calendar:
        if entry.day == world.clock.day:
            happen(entry, world)


@rule
def perceive(world: World) -> None:
    """Intelligence services publish; what is new alarms the observer (observation rule)."""
    for report in world.reports:
        rise = publish(report, world)
        tension = alarm(world, report.quantity, rise)
        if report.relation >= 0:
            alarm_of(world.relations[report.relation], tension)
        if report.other >= 0:
            alarm_of(world.relations[report.other], tension)


@rule
def treaty_clock(world: World) -> None:
    """Ratification, entry into force, notice and end (C1); protection by allies follows."""
    for step in world.ratifications:
        ratify(step, world)
    for index in range(len(world.treaties)):
        treaty = world.treaties[index]
        before = treaty.status
        advance_treaty(treaty, world, index)
        if treaty.status != before and (treaty.status == SIGNED or treaty.status == IN_FORCE):
            for relation in world.relations:
                if is_party(world, index, relation.target):
                    if not is_party(world, index, relation.actor):
                        alarm_of(relation, world.params.shock_treaty)
    protect(world)


@rule
def obligations(world: World) -> None:
    """Triggers, consultation, honour, form and latency of aid (C2, C3, C4)."""
    for duty in world.duties:
        consider(duty, world)
    for duty in world.duties:
        act(duty, world)


@rule
def feel(world: World) -> None:
    """Tension of each state towards each other (C10)."""
    for relation in world.relations:
        other = 0.0
        if relation.mirror >= 0:
            other = world.relations[relation.mirror].tension
        relation.next_tension = next_tension(relation, world, other)
    for relation in world.relations:
        relation.tension = relation.next_tension
        relation.shock = 0


@rule
def ladder(world: World) -> None:
    """Steps up and down the ladders, and their effects on the states (C10)."""
    for relation in world.relations:
        if relation.first_rung >= 0:
            step = climb(relation, world, willingness(relation, world))
            if step != 0:
                move(relation, world, step)
            if step > 0:
                widen(relation, world)
    for index in range(len(world.states)):
        bear(world.states[index], world, index)


@rule
def mobilise(world: World) -> None:
    """Recruits join the pool; formations and expeditions are filled up from it (C5)."""
    for state in world.states:
        state.pool += state.recruits
        state.wanted = 0
    for force in world.forces:
        owner = world.states[force.owner]
        owner.wanted += shortfall(force)
        if force.place >= 0:
            owner.wanted += max(0, replacements(force, owner))
    reinforce(world)


@rule
def reinforce(world: World) -> None:
    """Give out what the pools grant; replacements travel, reinforcements join at once."""
    for state in world.states:
        state.granted = 0
    for force in world.forces:
        owner = world.states[force.owner]
        if force.place < 0:
            joining = granted(shortfall(force), owner.wanted, owner.pool)
            force.strength += joining
            owner.granted += joining
        else:
            leaving = granted(max(0, replacements(force, owner)), owner.wanted, owner.pool)
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
        state = world.states[index]
        embarked = 0
        for force in world.forces:
            if force.owner == index:
                embarked += force.embarked
        total = embarked_by(state, world, embarked)
        leaving = 0
        for force in world.forces:
            if force.owner == index and force.place >= 0:
                leaving += embark(force, world, state, total)
        depart(state, world, index, leaving, -1)
    for force in world.forces:
        move_on(force, world, world.states[force.owner])
        if force.place >= 0 and force.status == LINE and force.strength > 0:
            front = world.fronts[force.front]
            against = front.opponent if force.side == HOLDER else front.holder
            enter_war(world.states[force.owner], world, force.owner, against, -1)


@rule
def goods(world: World) -> None:
    """Consignments leave and arrive (C6)."""
    for flow in world.flows:
        loads = ship(flow, world)
        if flow.good == SHELLS:
            world.states[flow.donor].containers_sent += loads
        for place in range(flow.first_hold, flow.first_hold + HOLDS):
            hold = world.consignments[place]
            if hold.loads > 0 and world.clock.day >= hold.due_day:
                units = arrive(flow, world, hold)
                take_in(world.states[flow.recipient], flow.good, units)


@rule
def consumption(world: World) -> None:
    """Munitions from stock to fire; supply of each state (C6)."""
    for state in world.states:
        state.demand = 0
    for force in world.forces:
        supplier = world.states[force.supplier]
        supplier.demand += demand(force, world, world.fronts[force.front])
    for state in world.states:
        consume(state, world)


@rule
def attrition(world: World) -> None:
    """Each side loses people by the ratio of powers; worn formations go off the line (C7)."""
    for front in world.fronts:
        front.power_holder = 0
        front.power_opponent = 0
    for force in world.forces:
        front = world.fronts[force.front]
        if front.opened == 1:
            if force.side == HOLDER:
                front.power_holder += power(force, world, world.states[force.supplier])
            else:
                front.power_opponent += power(force, world, world.states[force.supplier])
    for front in world.fronts:
        front.burden_holder = burden(front, world, 0)
        front.burden_opponent = burden(front, world, 1)
    for force in world.forces:
        front = world.fronts[force.front]
        expected = expected_losses(force, world, front)
        if expected > 0.0:
            losses = suffer(force, expected, uniform(world.clock, streams.LOSSES, force.tag, 0))
            mourn(force, world.states[force.owner], front, losses)
        rest(force, world)


@rule
def front_line(world: World) -> None:
    """The contested areas move; the initiative may pass; a salient may close (C8)."""
    for front in world.fronts:
        if front.opened == 1 and world.clock.day >= front.free_day:
            ratio = force_ratio(front)
            shift(front, advance(front, world, success(world, ratio)))
            pass_initiative(front, world, ratio)
            restore(front, world)


@rule
def technology(world: World) -> None:
    """Transferred technology is absorbed (C9, plain version)."""
    for state in world.states:
        absorb(state, world)


@rule
def record(world: World) -> None:
    """Keep what the outcomes need of the day."""
    for state in world.states:
        state.abroad_peak = max(state.abroad_peak, state.abroad)
        state.abroad_days += state.abroad
    highest = QUIET
    for relation in world.relations:
        highest = max(highest, relation.severity)
        if relation.severity >= USE_OF_FORCE:
            relation.force_days += 1
    if highest >= USE_OF_FORCE:
        world.clock.force_days += 1
    focus = world.focus
    if world.clock.day == focus.casualty_day:
        focus.casualties_then = world.states[focus.sender].casualties_abroad
    if world.clock.day == focus.area_day:
        focus.area_then = world.fronts[focus.front].area


PHASES = (
    calendar,
    perceive,
    treaty_clock,
    obligations,
    feel,
    ladder,
    mobilise,
    deploy,
    goods,
    consumption,
    attrition,
    front_line,
    technology,
    record,
)
"""The order of a day."""
