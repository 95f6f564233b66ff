"""The shape of what a study is told: levers, outcomes, series and the function that runs them.

Structural types only, so that a study knows no rule, no engine and no scenario file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from sim.study.chunk import Chunk

Value = float | int | str
Point = Mapping[str, Value]


class Lever(Protocol):
    """What a decision-maker sets: a number between low and high, or one of the choices."""

    @property
    def default(self) -> Value:
        """Its value when nobody sets it."""

    @property
    def low(self) -> float | int | None:
        """Smallest value, in its unit; None without limit."""

    @property
    def high(self) -> float | int | None:
        """Largest value, in its unit; None without limit."""

    @property
    def choices(self) -> tuple[str, ...]:
        """The words it can be; empty for a number."""

    @property
    def unit(self) -> str:
        """Its unit, in words."""

    @property
    def meaning(self) -> str:
        """What it is, in plain words."""

    @property
    def integer(self) -> bool:
        """Whether only whole numbers will do."""


class Outcome(Protocol):
    """A measured result of a run; kind is probability, count, amount or time."""

    @property
    def name(self) -> str:
        """Its name: a column of the tables."""

    @property
    def unit(self) -> str:
        """Its unit, in words."""

    @property
    def kind(self) -> str:
        """probability (0 or 1 a run), count, amount or time (days; NaN when never)."""

    @property
    def meaning(self) -> str:
        """What it is, in plain words."""


class Series(Protocol):
    """A weekly measure of a run; with labels, its values are the numbers of rungs."""

    @property
    def name(self) -> str:
        """Its name: a column of the tables."""

    @property
    def unit(self) -> str:
        """Its unit, in words."""

    @property
    def meaning(self) -> str:
        """What it is, in plain words."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of its rungs, from 0; empty when it is a quantity."""


class Simulate(Protocol):
    """An engine: runs every point of every replicate and returns them replicate-major."""

    def __call__(
        self,
        blueprint: Any,
        points: Sequence[Point],
        replicates: Sequence[int],
        seed: int,
        /,
    ) -> Chunk:
        """Run them; an error of a single run goes into the chunk."""
