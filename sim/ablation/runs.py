"""Runs with a rule and without it, replicate by replicate under the same luck."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sim.ablation.plan import Ablation, Plan
from sim.addresses import Address, resolve
from sim.blueprint import Blueprint, draft
from sim.outcomes import OUTCOMES
from sim.sample import outcome, sample
from sim.scenario.load import load_scenario
from sim.study.chunk import Chunk
from sim.study.estimate import mean_interval

REPLICATES = 500
SEED = 1
KINDS = {outcome.name: outcome.kind for outcome in OUTCOMES}

Values = NDArray[np.float64]


@dataclass(frozen=True)
class Effect:
    """An outcome with the rule, and how it changes without: mean difference, 95 % interval.

    A probability is in runs of 100. Of a time, the part of runs in which it came, in runs of 100:
    a mean time leaves out the runs in which it never came.
    """

    rule: str
    outcome: str
    base: float
    change: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out no change."""
        return self.low > 0.0 or self.high < 0.0


def effects(plan: Plan, replicates: int = REPLICATES, seed: int = SEED) -> Iterator[Effect]:
    """Every rule and outcome of a plan, in its order."""

    @cache
    def base(levers: tuple[tuple[str, float | int | str], ...]) -> list[Chunk]:
        return sample(draft(load_scenario(plan.scenario)), replicates, seed, dict(levers))

    for name, ablation in plan.rules.items():
        ours = base(tuple(ablation.base.items()))
        levers = {**ablation.base, **ablation.levers}
        theirs = sample(without(plan.scenario, ablation), replicates, seed, levers)
        for one in plan.outcomes:
            yield effect(name, one, outcome(ours, one), outcome(theirs, one))


def without(scenario: str, ablation: Ablation) -> Blueprint:
    """The scenario's first morning with the rule switched off; what is set is not drawn."""
    changed = load_scenario(scenario, dict(ablation.changes))
    blueprint = draft(changed)
    places = {place for path in ablation.set for place in resolve(blueprint.names, path)}
    kept = {
        name: prior
        for name, prior in changed.uncertainties.items()
        if not places & set(blueprint.prior_addresses[name])
    }
    dropped = tuple(name for name in changed.uncertainties if name not in kept)
    by_hand = (*changed.by_hand, *dropped)
    blueprint = draft(changed.model_copy(update={"uncertainties": kept, "by_hand": by_hand}))
    for path, value in ablation.set.items():
        for address in resolve(blueprint.names, path):
            put(blueprint, address, value)
    return blueprint


def put(blueprint: Blueprint, address: Address, value: float) -> None:
    """Set one number of the first morning."""
    one, many = blueprint.one, blueprint.many
    row = one[address.entity] if address.place < 0 else many[address.entity][address.place]
    if address.slot >= 0:
        row["terms"][address.slot] = float(value)
    else:
        row[address.field] = type(row[address.field])(value)


def effect(rule: str, name: str, ours: Values, theirs: Values) -> Effect:
    """The paired difference of one outcome, `theirs` without the rule."""
    scale = 1.0
    if KINDS[name] == "time":
        ours, theirs = ~np.isnan(ours) * 1.0, ~np.isnan(theirs) * 1.0
    if KINDS[name] in ("time", "probability"):
        scale = 100.0
    change, low, high = mean_interval(scale * (theirs - ours))
    base = float(scale * np.nanmean(ours))
    return Effect(rule, name, base, float(change), float(low), float(high))
