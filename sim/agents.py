"""The Mesa world: states and forces are agents whose methods are the rules.

Everything here is plain Python. `World.step()` runs one day: the phases of `sim.phases`, in
order, over this model. The compiled world (`sim.records`) runs the same functions and ends in
the same state, bit for bit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import mesa
import numpy as np

from sim.blueprint import Blueprint, samples
from sim.blueprint.rows import Row, fields_of
from sim.outcomes import OUTCOMES, SAMPLE_DAYS, SERIES
from sim.phases import PHASES
from sim.priors import WORD
from sim.rules import (
    combat,
    deployment,
    entities,
    escalation,
    recovery,
    settlement,
    supply,
    support,
    technology,
    treaty,
)
from sim.study.chunk import Chunk, events_table, overflowing

Point = Mapping[str, float | int | str]


class State(entities.State, mesa.Agent):  # type: ignore[misc]
    """A government: honours or refuses, supplies its forces, learns, wins or loses support."""

    honour_probability = treaty.honour_probability
    enter_war = treaty.enter_war
    embarked_by = deployment.embarked_by
    depart = deployment.depart
    take_in = supply.take_in
    consume = supply.consume
    firepower_factor = supply.firepower
    unburden = escalation.unburden
    absorb = technology.absorb
    strengthen = technology.strengthen
    toll = support.toll
    support_today = support.support
    grow = support.grow
    cost_of_war = settlement.cost
    leave_war = settlement.leave_war


class Force(entities.Force, mesa.Agent):  # type: ignore[misc]
    """A formation of one state on one front: embarks, fights, suffers, learns, rests."""

    embark = deployment.embark
    move_on = deployment.move_on
    shortfall = deployment.shortfall
    replacements = deployment.replacements
    join = deployment.join
    travel_home = deployment.travel_home
    admit = recovery.admit
    recover = recovery.recover
    learn = recovery.learn
    rest = deployment.rest
    effect = combat.quality
    demand = supply.demand
    power = combat.power
    expected_losses = combat.expected_losses
    suffer = combat.suffer
    mourn = combat.mourn


class World(mesa.Model):  # type: ignore[misc]
    """One run as a Mesa model. The lists bear the names that the phases use.

    `point` sets levers by name; `replicate` and `seed` name the luck. Mesa's own generator is
    never drawn from.
    """

    def __init__(
        self, blueprint: Blueprint, point: Point, replicate: int = 0, seed: int = 1
    ) -> None:
        super().__init__(rng=seed & WORD)
        self.blueprint = blueprint
        for name, kind in entities.ONE.items():
            setattr(self, name, _passive(kind, blueprint.one[name]))
        for name, kind in entities.MANY.items():
            rows = blueprint.many[name]
            agent = {"states": State, "forces": Force}.get(name)
            if agent is None:
                setattr(self, name, [_passive(kind, row) for row in rows])
            else:
                setattr(self, name, [_agent(agent, self, row) for row in rows])
        self._set_luck(seed, replicate)
        for address, value in blueprint.luck(seed, replicate) + blueprint.setting(point):
            self.put(address, value)

    def _set_luck(self, seed: int, replicate: int) -> None:
        self.clock.seed_low = seed & WORD
        self.clock.seed_high = (seed >> 32) & WORD
        self.clock.replicate = replicate
        self.clock.day = -1

    def put(self, address: Any, value: float) -> None:
        """Set the number at an address."""
        entity = getattr(self, address.entity)
        if address.place >= 0:
            entity = entity[address.place]
        if address.slot >= 0:
            entity.terms[address.slot] = value
            return
        kinds = {**entities.ONE, **entities.MANY}
        kind = fields_of(kinds[address.entity])[address.field]
        setattr(entity, address.field, kind(value))

    def step(self) -> None:
        """One day: the clock moves, then every phase in order."""
        self.clock.day += 1
        for phase in PHASES:
            phase(self)


def _passive(kind: type, row: Row) -> Any:
    thing = kind()
    thing.__dict__.update(row)
    if "terms" in row:
        thing.terms = list(row["terms"])
    return thing


def _agent(kind: Any, model: World, row: Row) -> Any:
    agent = kind(model)
    agent.__dict__.update(row)
    return agent


def simulate(
    blueprint: Blueprint, points: Sequence[Point], replicates: Sequence[int], seed: int
) -> Chunk:
    """Run every point for every replicate (replicate-major) as Mesa models.

    A run that raises is reported in `errors`, with NaN outcomes, and does not stop the others.
    """
    days = samples(blueprint.horizon, SAMPLE_DAYS)
    count = len(points) * len(replicates)
    outcomes = np.full((count, len(OUTCOMES)), np.nan)
    series = np.full((count, len(days), len(SERIES)), np.nan, dtype=np.float32)
    ledgers: list[list[Any]] = []
    errors: list[str] = []
    runs = [(replicate, point) for replicate in replicates for point in points]
    for number, (replicate, point) in enumerate(runs):
        world = World(blueprint, point, replicate, seed)
        error = ""
        try:
            _live(world, series[number])
            outcomes[number] = [outcome.measure(world) for outcome in OUTCOMES]
            error = overflowing(world.clock.overflow)
        except (ArithmeticError, ValueError, IndexError) as fault:
            error = f"day {world.clock.day}: {type(fault).__name__}: {fault}"
        if error:
            outcomes[number] = np.nan
        errors.append(error)
        ledgers.append([vars(line) for line in world.ledger[: world.clock.events]])
    columns = {o.name: outcomes[:, i].copy() for i, o in enumerate(OUTCOMES)}
    return Chunk(columns, series, events_table(ledgers), errors)


def _live(world: World, series: Any) -> None:
    for day in range(world.blueprint.horizon):
        world.step()
        if day % SAMPLE_DAYS == 0:
            series[day // SAMPLE_DAYS] = [measured.measure(world) for measured in SERIES]
