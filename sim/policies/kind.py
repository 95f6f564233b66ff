"""What a way of deciding consists of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sim.rules.entities import Clause, Duty, Relation, Rung, World
from sim.rules.rule import rule


@rule
def as_hazards(world: World, relation: Relation, rung: Rung) -> float:
    """Steps come as the ladder's hazards and tension have it: factor 1."""
    return 1.0


@dataclass(frozen=True)
class Policy:
    """How a state decides.

    `honours(world, clause, duty)` is the probability of honour in the model mode;
    `climbs(world, relation, rung)` a factor on the hazard of stepping up to `rung`.
    """

    name: str
    meaning: str
    honours: Callable[[World, Clause, Duty], float]
    climbs: Callable[[World, Relation, Rung], float] = as_hazards
