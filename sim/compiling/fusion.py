"""Many small functions fused into one that numba compiles and inlines.

Shallow trees of closures with four branches, because the compiler recurses once for each level
and works at every level through all that was inlined below (docs/decisions.md).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from numba.extending import register_jitable

from sim.compiling.joining import Joining

jitable = register_jitable(
    _nrt=False, no_cpython_wrapper=True, no_cfunc_wrapper=True, pipeline_class=Joining
)
"""Leaves a function as it is for Python, and compiles it where compiled code calls it."""


@jitable
def _nothing(world, row=None):  # type: ignore[no-untyped-def]
    return 0.0


def _in_fours(items: Sequence[Any]) -> list[list[Any]]:
    """Items in groups of four, the last one filled up with `_nothing`."""
    filled = [*items] + [_nothing] * (-len(items) % 4)
    return [filled[place : place + 4] for place in range(0, len(filled), 4)]


def whole_fours(items: Sequence[Any]) -> int:
    """The number of items, rounded up to a multiple of four."""
    return 4 * len(_in_fours(items))


def sequence(phases: Sequence[Callable[..., Any]]) -> Callable[..., Any]:
    """One function that runs all phases in order: closures of four, that the compiler inlines.

    A shallow tree, because the compiler works through everything inlined at every level.
    """
    groups = [_run_four(*group) for group in _in_fours(phases)]
    return groups[0] if len(groups) == 1 else sequence(groups)


def _run_four(a: Any, b: Any, c: Any, d: Any) -> Callable[..., Any]:
    def run(world):  # type: ignore[no-untyped-def]
        a(world)
        b(world)
        c(world)
        d(world)

    return jitable(run)  # type: ignore[no-any-return]


def writer(measures: Sequence[Callable[..., Any]]) -> Callable[..., Any]:
    """One function that writes every measure of a world to a row (whole fours of places)."""
    groups = [_write_four(4 * n, *group) for n, group in enumerate(_in_fours(measures))]
    while len(groups) > 1:
        groups = [_write_all(*group) for group in _in_fours(groups)]
    return groups[0]


def _write_four(place: int, a: Any, b: Any, c: Any, d: Any) -> Callable[..., Any]:
    def write(world, row):  # type: ignore[no-untyped-def]
        row[place] = a(world)
        row[place + 1] = b(world)
        row[place + 2] = c(world)
        row[place + 3] = d(world)

    return jitable(write)  # type: ignore[no-any-return]


def _write_all(a: Any, b: Any, c: Any, d: Any) -> Callable[..., Any]:
    def write(world, row):  # type: ignore[no-untyped-def]
        a(world, row)
        b(world, row)
        c(world, row)
        d(world, row)

    return jitable(write)  # type: ignore[no-any-return]
