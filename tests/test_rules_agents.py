"""The Mesa world as a student meets it: agents act by their methods, and Mesa's tools work."""

from __future__ import annotations

import inspect
from functools import cache

import mesa
import pytest
from worlds_made import POINTS, made

from sim.agents import Force, State, World
from sim.blueprint import Blueprint, draft
from sim.phases import PHASES
from sim.rules import combat, deployment, supply, technology, treaty
from sim.rules.rule import RULES

AGENTS = (State, Force)
METHODS = [
    (kind, name, function)
    for kind in AGENTS
    for name, function in vars(kind).items()
    if inspect.isfunction(function)
]


@cache
def blueprint() -> Blueprint:
    return draft(made(2))


def world(days: int = 0) -> World:
    made_world = World(blueprint(), POINTS[1], replicate=1, seed=2)
    for _ in range(days):
        made_world.step()
    return made_world


IDS = [f"{kind.__name__}.{name}" for kind, name, _ in METHODS]


@pytest.mark.parametrize(("kind", "name", "function"), METHODS, ids=IDS)
def test_an_agents_methods_are_rules_that_take_the_agent_first(kind, name, function):
    assert function in RULES
    first = next(iter(inspect.signature(function).parameters.values()))
    assert first.annotation == kind.__name__, f"{kind.__name__}.{name}"


def test_methods_are_the_rules_themselves():
    assert Force.suffer is combat.suffer
    assert Force.rest is deployment.rest
    assert State.consume is supply.consume
    assert State.absorb is technology.absorb
    assert State.honour_probability is treaty.honour_probability


def test_a_force_suffers_when_told_to():
    force = next(force for force in world().forces if force.strength > 100)
    before = force.strength
    losses = force.suffer(30.0, 0.5)
    assert losses == 30, "the median of a Poisson number of mean 30"
    assert (force.strength, force.losses) == (before - 30, 30)
    assert force.suffer(1e7, 0.5) == before - 30, "nobody loses more than is there"
    assert force.strength == 0


def test_a_state_fires_what_its_forces_ask_for():
    state = world().states[0]
    state.munitions, state.production, state.demand = 10**6, 50, 400
    state.consume(world())
    assert state.munitions == 10**6 + 50 - 400


def test_a_step_is_a_day_of_all_phases():
    here, there = world(), world()
    assert here.clock.day == -1
    here.step()
    there.clock.day += 1
    for phase in PHASES:
        phase(there)
    assert here.clock.day == there.clock.day == 0
    assert [vars(line) for line in here.ledger] == [vars(line) for line in there.ledger]


def test_agent_sets_select_and_sum():
    here = world(days=5)
    assert len(here.agents) == len(here.states) + len(here.forces)
    assert set(here.agents_by_type) == {State, Force}
    forces = here.agents.select(agent_type=Force)
    assert sum(forces.get("strength")) == sum(force.strength for force in here.forces)
    on_line = here.agents.select(lambda agent: getattr(agent, "status", -1) == deployment.LINE)
    assert {type(agent) for agent in on_line} == {Force}
    assert all(agent.model is here for agent in here.agents)


def test_a_data_collector_works():
    here = world()
    collector = mesa.DataCollector(
        model_reporters={"day": lambda model: model.clock.day},
        agenttype_reporters={Force: {"strength": "strength", "losses": "losses"}},
    )
    for _ in range(4):
        here.step()
        collector.collect(here)
    assert collector.get_model_vars_dataframe()["day"].tolist() == [0, 1, 2, 3]
    table = collector.get_agenttype_vars_dataframe(Force)
    assert len(table) == 4 * len(here.forces)
    assert table["strength"].iloc[-1] == here.forces[-1].strength


def test_mesas_own_generator_is_never_drawn_from():
    here = world()
    before = here.rng.bit_generator.state
    for _ in range(20):
        here.step()
    assert here.rng.bit_generator.state == before


def test_two_worlds_share_nothing_that_changes():
    one, other = world(days=30), world()
    fresh = World(blueprint(), POINTS[1], replicate=1, seed=2)
    for name in ("states", "forces", "duties", "clauses", "relations"):
        for ours, theirs in zip(getattr(other, name), getattr(fresh, name), strict=True):
            plain = {k: v for k, v in vars(ours).items() if k in type(ours).__annotations__}
            assert all(getattr(theirs, key) == value for key, value in plain.items())
    assert one.clauses[0].terms is not other.clauses[0].terms
