"""What a type of treaty article consists of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from sim.policies import honours
from sim.rules.entities import Clause, Duty, World
from sim.rules.rule import rule


class Terms(BaseModel):
    """The words of an article that are numbers; at most eight, in order, each with a docstring."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)

    def row(self) -> list[float]:
        """The terms as the clause's row of numbers."""
        return [float(value) for value in self.model_dump().values()]


class NoTerms(Terms):
    """An article whose words hold no number."""


@rule
def policy_decides(world: World, clause: Clause, duty: Duty) -> float:
    """The obligor's policy gives the probability of honour."""
    state = world.states[duty.obligor]
    return float(honours(state.policy, world, clause, duty))


@rule
def without_waiting(world: World, clause: Clause, duty: Duty) -> bool:
    """The obligor decides on the day of the trigger."""
    return True


@rule
def at_once(world: World, clause: Clause, duty: Duty) -> int:
    """No delay, in days."""
    return 0


@dataclass(frozen=True)
class ClauseType:
    """A type of article: terms, trigger, duty. Each function takes (world, clause, duty).

    `triggered` gives NO, CONTESTED or CLEAR; `ready` whether the obligor decides today; `chance`
    the probability of honour in the model mode; `delay` days from trigger to performance;
    `perform` does what is owed; `delivered` says on the next day which fraction, 0 to 1, was done.
    """

    name: str
    meaning: str
    triggered: Callable[[World, Clause, Duty], int]
    perform: Callable[[World, Clause, Duty], None]
    delivered: Callable[[World, Clause, Duty], float]
    terms: type[Terms] = NoTerms
    ready: Callable[[World, Clause, Duty], bool] = without_waiting
    chance: Callable[[World, Clause, Duty], float] = policy_decides
    delay: Callable[[World, Clause, Duty], int] = at_once
