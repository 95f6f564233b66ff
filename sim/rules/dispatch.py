"""Choose among registered functions by a number, in a form that also compiles."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sim.rules.rule import rule

Function = Callable[..., Any]


def table(functions: Sequence[Function], first: int = 0) -> Function:
    """A function `choose(code, a, b, c)` that calls the function numbered `code` on a, b, c.

    Codes start at `first`; the last function takes every code above. A tree of closures, because
    compiled code can inline those and a new type of article or policy needs no edit here.
    """
    if len(functions) == 1:
        return _two(functions[0], functions[0], first)
    if len(functions) == 2:
        return _two(functions[0], functions[1], first)
    middle = len(functions) // 2
    return _branch(
        table(functions[:middle], first), table(functions[middle:], first + middle), first + middle
    )


def _two(low: Function, high: Function, first: int) -> Function:
    @rule
    def choose(code, a, b, c):  # type: ignore[no-untyped-def]
        if code <= first:
            return low(a, b, c)
        return high(a, b, c)

    return choose


def _branch(below: Function, above: Function, middle: int) -> Function:
    @rule
    def choose(code, a, b, c):  # type: ignore[no-untyped-def]
        if code < middle:
            return below(code, a, b, c)
        return above(code, a, b, c)

    return choose
