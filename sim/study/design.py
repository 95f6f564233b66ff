"""From lever values to the points of a study; a wrong design is refused before it costs a run."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence

from sim.errors import Problem, UsageError, nearest
from sim.study.declared import Lever, Value

MOST_POINTS = 100_000
MOST_RUNS = 100_000_000
FINITE = 1e300


def expand(
    levers: Mapping[str, Lever], values: Mapping[str, Sequence[object]]
) -> list[dict[str, Value]]:
    """Every combination of the values, the last lever of the scenario varying fastest.

    Levers without values keep their default. Raises UsageError with every problem found.
    """
    problems = [*_unknown(levers, values)]
    axes: dict[str, list[Value]] = {}
    for name, lever in levers.items():
        axes[name] = _axis(name, lever, values.get(name, [lever.default]), problems)
    points = math.prod(len(axis) for axis in axes.values())
    if points > MOST_POINTS:
        problems.append(Problem("", "levers", f"{points:,} points; at most {MOST_POINTS:,}"))
    if problems:
        raise UsageError(tuple(problems))
    grid = itertools.product(*axes.values())
    return [dict(zip(axes, combination, strict=True)) for combination in grid]


def check_runs(points: int, replicates: object) -> int:
    """Return the number of replicates, or raise UsageError when it is not a usable one."""
    if isinstance(replicates, bool) or not isinstance(replicates, int):
        raise _refuse("replicates", f"{_show(replicates)} is not a whole number")
    if replicates < 1:
        raise _refuse("replicates", f"{replicates} replicates; at least 1")
    if points * replicates > MOST_RUNS:
        fault = f"{points:,} points x {replicates:,} replicates; at most {MOST_RUNS:,} runs"
        raise _refuse("replicates", fault)
    return replicates


def _refuse(path: str, fault: str) -> UsageError:
    return UsageError((Problem("", path, fault),))


def _unknown(levers: Mapping[str, Lever], values: Mapping[str, object]) -> Iterator[Problem]:
    for name in values:
        if name not in levers:
            near = nearest(name, levers)
            hint = f"did you mean '{near}'?" if near else "levers: " + ", ".join(levers)
            yield Problem("", name, "not a lever of this scenario", hint)


def _axis(name: str, lever: Lever, given: Sequence[object], problems: list[Problem]) -> list[Value]:
    """The values of one lever, checked and in the lever's own type."""
    axis: dict[Value, None] = {}
    if not given:
        problems.append(Problem("", name, "no values"))
    for raw in given:
        value = _word(lever, raw) if lever.choices else _number(lever, raw)
        if isinstance(value, _Fault):
            problems.append(Problem("", name, value.fault, value.hint))
        elif value in axis:
            problems.append(Problem("", name, f"{_show(raw)} is given twice"))
        else:
            axis[value] = None
    return list(axis)


class _Fault:
    """Why a value will not do, and what would."""

    def __init__(self, fault: str, hint: str = "") -> None:
        self.fault, self.hint = fault, hint


def _word(lever: Lever, raw: object) -> str | _Fault:
    if isinstance(raw, str) and raw in lever.choices:
        return raw
    near = nearest(str(raw), lever.choices)
    hint = f"did you mean '{near}'?" if near else "choices: " + ", ".join(lever.choices)
    return _Fault(f"{_show(raw)} is not one of its choices", hint)


def _number(lever: Lever, raw: object) -> float | int | _Fault:
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        return _Fault(f"{_show(raw)} is not a number", _range(lever))
    if not -FINITE < raw < FINITE:
        return _Fault(f"{_show(raw)} is not a finite number", _range(lever))
    if lever.integer and raw != int(raw):
        return _Fault(f"{_show(raw)} is not a whole number", _range(lever))
    if (lever.low is not None and raw < lever.low) or (lever.high is not None and raw > lever.high):
        return _Fault(f"{_show(raw)} is out of range", _range(lever))
    return int(raw) if lever.integer else float(raw)


def _range(lever: Lever) -> str:
    low = "no lower limit" if lever.low is None else f"from {lever.low:g}"
    high = "no upper limit" if lever.high is None else f"to {lever.high:g}"
    return f"{low} {high} {lever.unit}".strip()


def _show(raw: object) -> str:
    """The value as typed, cut short so that a message stays one line."""
    text = repr(raw) if isinstance(raw, str) else str(raw)
    return text if len(text) <= 40 else text[:37] + "..."
