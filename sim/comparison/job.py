"""The job of `python -m sim compare`: two names become a comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

from sim.comparison.compare import Comparison, compare
from sim.comparison.sides import Side, value_in
from sim.comparison.words import Both
from sim.reopened import context_of, open_study
from sim.report.context import Context
from sim.report.lines import BELLIGERENTS, CASUALTIES, RESTORED


@dataclass(frozen=True)
class Asked:
    """Two studies, or one with a lever of two values; `at` keeps the points at other levers."""

    a: str
    b: str
    lever: str = ""
    values: tuple[str, str] = ("", "")
    at: Mapping[str, str] = field(default_factory=dict)
    outcomes: Sequence[str] = ()


def compared(asked: Asked) -> tuple[Comparison, Both]:
    """Open what was asked for and compare it. Raises UsageError."""
    a = open_study(asked.a)
    b = a if asked.b == asked.a else open_study(asked.b)
    held = [
        {name: value_in(study, name, text) for name, text in asked.at.items()} for study in (a, b)
    ]
    if asked.lever:
        for side, text in enumerate(asked.values):
            held[side][asked.lever] = value_in(a, asked.lever, text)
    context = context_of(a)
    found = compare(Side(a, held[0]), Side(b, held[1]), asked.outcomes or usual(context))
    return found, both(found, context)


def both(found: Comparison, context: Context) -> Both:
    """The declarations of A's study, with the runs and the footer of both."""
    firsts = [next(iter(pair.contrasts.values())) for pair in found.pairs]
    runs = sum(one.n_a + one.n_b for one in firsts)
    about = {one.name: getattr(context, one.name) for one in fields(Context)}
    return Both(**{**about, "runs": runs}, other=str(found.b.study.manifest["hash"]))


def usual(context: Context) -> list[str]:
    """The outcomes to compare when none is named: those that the tables of a study show."""
    amounts = [name for name in (CASUALTIES, RESTORED) if context.has(name)]
    return [*context.headlines(), *(amounts or [BELLIGERENTS])]
