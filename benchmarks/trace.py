"""Every keyed draw and every quantile that runs of the plain-Python world ask for."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from benchmarks.case import SEED, blueprint
from sim.agents import World
from sim.rules import draws, quantiles
from sim.study.declared import Point

QUANTILES = ("normal", "lognormal", "exponential", "weibull", "binomial", "poisson", "gamma")
Calls = dict[str, list[tuple[float, ...]]]


def trace(points: Sequence[Point], replicates: Sequence[int]) -> Calls:
    """Arguments of all calls in these runs: by quantile, and of draws (replicate, day, stream,
    tag, index). Draws for the first morning are left out, since the kernel makes none."""
    calls: Calls = {name: [] for name in ("draw", *QUANTILES)}
    for replicate in replicates:
        for point in points:
            world = World(blueprint(), point, replicate, SEED)
            with heard(calls):
                for _ in range(blueprint().horizon):
                    world.step()
    return calls


@contextmanager
def heard(calls: Calls) -> Iterator[None]:
    """Wherever the rules know these functions by name, note what they are called with."""

    def draw_at(clock: Any, day: int, stream: int, tag: int, index: int) -> float:
        calls["draw"].append((clock.replicate, day, stream, tag, index))
        return draws.uniform_at(clock, day, stream, tag, index)

    def draw(clock: Any, stream: int, tag: int, index: int) -> float:
        return draw_at(clock, clock.day, stream, tag, index)

    noted: dict[Any, Callable[..., Any]] = {draws.uniform: draw, draws.uniform_at: draw_at}
    for name in QUANTILES:
        noted[getattr(quantiles, name)] = noting(getattr(quantiles, name), calls[name])
    places = [
        (module, name, value)
        for module in rule_modules()
        for name, value in vars(module).items()
        if callable(value) and value in noted
    ]
    for module, name, value in places:
        setattr(module, name, noted[value])
    try:
        yield
    finally:
        for module, name, value in places:
            setattr(module, name, value)


def noting(function: Callable[..., Any], calls: list[tuple[float, ...]]) -> Callable[..., Any]:
    """The same function, whose arguments are noted."""

    def asked(*arguments: float) -> Any:
        calls.append(arguments)
        return function(*arguments)

    return asked


def rule_modules() -> list[ModuleType]:
    """Our modules that were imported, but not those that define the functions."""
    defining = (draws.__name__, quantiles.__name__)
    return [
        module
        for name, module in sys.modules.items()
        if name.startswith("sim.") and not name.startswith(defining)
    ]
