"""`python -m sim diff STUDY --run N --run M`, or of two studies: where two runs part."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sim.cli.asked import read, whole
from sim.cli.words import printable, show
from sim.errors import usage_error
from sim.question.diff import Difference, Parting, diff
from sim.question.opened import Opened, open_study
from sim.question.retold import run_words
from sim.report.context import NEVER_A_FORECAST
from sim.report.wording import day_words, unit_words

USAGE = "python -m sim diff STUDY [STUDY] --run N --run M"
SHOWN, EVENTS = 6, 3


def run_diff(arguments: Sequence[str]) -> None:
    """Step two runs side by side and print where they part."""
    asked = read(arguments, ("run",), USAGE, most=2)
    numbers = [whole("run", text) for text in asked.settings.get("run", [])]
    if len(numbers) == 1 and len(asked.studies) == 2:
        numbers *= 2
    if len(numbers) != 2:
        raise usage_error(f"two runs are needed, not {len(numbers)}", path="run", hint=USAGE)
    opened = [open_study(name) for name in asked.studies]
    ours, theirs = opened[0], opened[-1]
    _same_scenario(ours, theirs)
    found = diff(ours, numbers[0], theirs, numbers[1])
    for letter, study, number in (("A", ours, numbers[0]), ("B", theirs, numbers[1])):
        show(f"{letter}  {printable(run_words(study.run(number)))}, seed {study.seed}")
    show(f"\n{_told(found, ours)}\n\n{NEVER_A_FORECAST}")


def _same_scenario(ours: Opened, theirs: Opened) -> None:
    """Raise UsageError unless both worlds are of the same things."""
    if ours.blueprint.names != theirs.blueprint.names:
        names = " and ".join(one.blueprint.scenario.name for one in (ours, theirs))
        fault = f"the two studies are of different scenarios ({names}): there is nothing to compare"
        raise usage_error(fault, hint="compare runs of one scenario")


def _told(found: Parting, opened: Opened) -> str:
    told = []
    if found.given:
        told += ["Given otherwise on the first morning (levers and uncertain numbers):"]
        told += [*_rows(found.given), ""]
    if found.day < 0:
        return "\n".join([*told, "No day brings a difference: the two runs are the same."])
    date = opened.blueprint.scenario.start + timedelta(days=found.day)
    told.append(f"They part on {day_words(date)} (day {found.day}), in the phase {found.phase}:")
    told += _rows(found.first)
    for letter, lines in zip("AB", found.events):
        told += ["", f"{letter}  from the first event that differs:"]
        told += [printable(str(line)) for line in lines[:EVENTS]] or ["  none"]
    return "\n".join(told)


def _rows(found: Sequence[Difference]) -> list[str]:
    rows = [
        f"  {'.'.join(filter(None, (one.entity, one.name, one.field)))}: "
        f"A {_value(one.ours)}, B {_value(one.theirs)} ({unit_words(one.meaning)})"
        for one in found[:SHOWN]
    ]
    more = len(found) - SHOWN
    return [*rows, f"  and {more} more"] if more > 0 else rows


def _value(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else repr(value)
