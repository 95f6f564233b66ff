"""Single values of a lever, checked before they cost a run, and how many runs a study may have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sim.errors import Problem, UsageError, nearest
from sim.study.declared import Lever, Value

MOST_POINTS = 100_000
MOST_RUNS = 100_000_000
FINITE = 1e300


@dataclass(frozen=True)
class Fault:
    """Why a value will not do, and what would."""

    fault: str
    hint: str = ""


def check_runs(points: int, replicates: object) -> int:
    """Return the number of replicates, or raise UsageError when it is not a usable one."""
    if isinstance(replicates, bool) or not isinstance(replicates, int):
        raise refusal("replicates", f"{show(replicates)} is not a whole number")
    if replicates < 1:
        raise refusal("replicates", f"{replicates} replicates; at least 1")
    if points * replicates > MOST_RUNS:
        fault = f"{points:,} points x {replicates:,} replicates; at most {MOST_RUNS:,} runs"
        raise refusal("replicates", fault)
    return replicates


def check_points(points: int, path: str) -> None:
    """Raise UsageError when a design is larger than a study can hold."""
    if points > MOST_POINTS:
        raise refusal(path, f"{points:,} points; at most {MOST_POINTS:,}")


def refusal(path: str, fault: str, hint: str = "") -> UsageError:
    """One problem on the command line, ready to be raised."""
    return UsageError((Problem("", path, fault, hint),))


def unknown(levers: Mapping[str, Lever], names: Sequence[str]) -> Iterator[Problem]:
    """Names that no lever has, with the nearest one."""
    for name in names:
        if name not in levers:
            near = nearest(name, levers)
            hint = f"did you mean '{near}'?" if near else "levers: " + ", ".join(levers)
            yield Problem("", name, "not a lever of this scenario", hint)


def checked(lever: Lever, raw: object) -> Value | Fault:
    """The value in the lever's own type, or why it will not do."""
    return _word(lever, raw) if lever.choices else _number(lever, raw)


def _word(lever: Lever, raw: object) -> str | Fault:
    if isinstance(raw, str) and raw in lever.choices:
        return raw
    near = nearest(str(raw), lever.choices)
    hint = f"did you mean '{near}'?" if near else "choices: " + ", ".join(lever.choices)
    return Fault(f"{show(raw)} is not one of its choices", hint)


def _number(lever: Lever, raw: object) -> float | int | Fault:
    if isinstance(raw, bool) or not isinstance(raw, (int, float)):
        return Fault(f"{show(raw)} is not a number", _range(lever))
    if not -FINITE < raw < FINITE:
        return Fault(f"{show(raw)} is not a finite number", _range(lever))
    if lever.integer and raw != int(raw):
        return Fault(f"{show(raw)} is not a whole number", _range(lever))
    if not within(lever, raw):
        return Fault(f"{show(raw)} is out of range", _range(lever))
    return int(raw) if lever.integer else float(raw)


def within(lever: Lever, number: float) -> bool:
    """Whether a number lies between the lever's limits."""
    return (lever.low is None or number >= lever.low) and (
        lever.high is None or number <= lever.high
    )


def _range(lever: Lever) -> str:
    low = "no lower limit" if lever.low is None else f"from {lever.low:g}"
    high = "no upper limit" if lever.high is None else f"to {lever.high:g}"
    return f"{low} {high} {lever.unit}".strip()


def show(raw: object) -> str:
    """The value as typed, cut short so that a message stays one line."""
    text = repr(raw) if isinstance(raw, str) else str(raw)
    return text if len(text) <= 40 else text[:37] + "..."
