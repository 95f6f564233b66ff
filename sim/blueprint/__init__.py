"""From a scenario to the first morning of its world: plain numbers, the same for both engines."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sim.addresses import Address, resolve
from sim.blueprint import actors, law, ties
from sim.blueprint.omission import leaves_out, without
from sim.blueprint.places import Places
from sim.blueprint.rows import Row, blank
from sim.priors import draw
from sim.rules.entities import MANY, ONE
from sim.rules.supply import HOLDS
from sim.scenario import spec
from sim.scenario.prior import vectors_of

LEDGER_LINES = 768
LINES_A_LADDER = 64
"""Ledger lines for each relation with a ladder: a mean of 28 in ten years of disputes and wars."""


@dataclass(frozen=True)
class Blueprint:
    """The world's first morning: `one` row or `many` rows of each entity, with their names."""

    scenario: spec.Scenario
    one: dict[str, Row]
    many: dict[str, list[Row]]
    names: dict[str, list[str]]
    vectors: Sequence[Mapping[str, float]] = ()
    """The prior's set of vectors; none for the wide prior."""

    @property
    def horizon(self) -> int:
        """Days of a run."""
        return (self.scenario.end - self.scenario.start).days

    @cached_property
    def lever_addresses(self) -> dict[str, list[Address]]:
        """Where each lever's number stands; of one that leaves out articles, in `omission`."""
        levers = self.scenario.levers.items()
        return {
            name: resolve(self.names, lever.path) for name, lever in levers if not leaves_out(lever)
        }

    @cached_property
    def prior_addresses(self) -> dict[str, list[Address]]:
        """Where each uncertain number stands."""
        priors = self.scenario.uncertainties.items()
        return {name: resolve(self.names, prior.path) for name, prior in priors}

    def luck(self, seed: int, replicate: int) -> list[tuple[Address, float]]:
        """The uncertain numbers of a replicate: the same at every point.

        Replicate r takes vector r modulo their number; what a vector does not name is drawn.
        """
        given = self.vectors[replicate % len(self.vectors)] if self.vectors else {}
        return [
            (address, given[name] if name in given else draw(name, prior, seed, replicate))
            for name, prior in self.scenario.uncertainties.items()
            for address in self.prior_addresses[name]
        ]

    def setting(self, point: Mapping[str, float | int | str]) -> list[tuple[Address, float]]:
        """The numbers that a point sets; words become their place among a lever's choices.

        An uncertain number that a point names is set there, after it was drawn.
        """
        addresses, numbers = {**self.prior_addresses, **self.lever_addresses}, []
        for name, value in point.items():
            lever = self.scenario.levers.get(name)
            treaty = leaves_out(lever) if lever is not None else ""
            if treaty:
                numbers += without(self.scenario, self.names, treaty, str(value))
                continue
            words = isinstance(value, str)
            number = self.scenario.levers[name].choices.index(value) if words else value
            numbers += [(address, float(number)) for address in addresses[name]]
        return numbers


def draft(scenario: spec.Scenario) -> Blueprint:
    """Draw up the first morning of a checked scenario."""
    places = Places(scenario)

    def each(make: Callable[[Places, str, Any], Row], items: Mapping[str, Any]) -> list[Row]:
        return [make(places, name, item) for name, item in items.items()]

    many: dict[str, list[Row]] = {
        "states": each(actors.state, scenario.states),
        "forces": each(actors.force, scenario.forces),
        "fronts": each(actors.front, scenario.fronts),
        "relations": each(ties.relation, places.relations),
        "rungs": ties.rungs(places),
        "reports": each(ties.report, scenario.reports),
        "flows": each(ties.flow, scenario.flows),
        "consignments": _blanks("consignments", HOLDS * len(scenario.flows)),
        "treaties": each(law.treaty, scenario.treaties),
        "ratifications": law.ratifications(places),
        "clauses": law.articles(places),
        "duties": law.duties(places),
        "calendar": [actors.entry(places, item) for item in scenario.calendar.values()],
        "ledger": _blanks("ledger", ledger_lines(scenario)),
    }
    one = {
        "clock": blank(ONE["clock"]),
        "params": actors.params(places),
        "focus": actors.focus(places),
    }
    return Blueprint(scenario, one, many, places.names, vectors_of(scenario))


def ledger_lines(scenario: spec.Scenario) -> int:
    """Room in the ledger: more where many states quarrel."""
    ladders = [relation for relation in scenario.relations.values() if relation.ladder is not None]
    return max(LEDGER_LINES, LINES_A_LADDER * len(ladders))


def _blanks(kind: str, count: int) -> list[Row]:
    return [blank(MANY[kind]) for _ in range(count)]


def samples(horizon: int, every: int) -> Sequence[int]:
    """Days on which series are sampled: 0, every, 2·every … below the horizon."""
    return range(0, horizon, every)
