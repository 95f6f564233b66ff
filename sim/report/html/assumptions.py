"""Settings, sources and limits of a study, from its frozen configuration."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from sim.documentation.cards import ALWAYS_MISUSE
from sim.report.context import Context
from sim.report.slices import values_of
from sim.report.wording import value_label
from sim.scenario.sources import kind_of
from sim.scenario.spec import Scenario
from sim.study.store import Study

KINDS = {"source": "source", "memory": "partly from memory", "assumption": "assumption"}


@dataclass(frozen=True)
class Source:
    """Where a number comes from: its path, its value where it is one, the text and its kind."""

    path: str
    value: str
    text: str
    kind: str


def levers(study: Study, context: Context) -> list[list[str]]:
    """Rows: lever, meaning, unit, the scenario's own value, values run."""
    rows = []
    for name, lever in context.levers.items():
        run = values_of(study.points, context, name)
        told = [value_label(value) for value in (run if len(run) <= 12 else [run[0], run[-1]])]
        values = ", ".join(told) if len(run) <= 12 else f"{len(run)} from {' to '.join(told)}"
        rows.append([name, lever.meaning.strip(), lever.unit, value_label(lever.default), values])
    return rows


def sources(scenario: Scenario) -> list[Source]:
    """Every source that the scenario names, in its order."""
    tree = scenario.model_dump(mode="json")
    return [
        Source(path, _value(tree, path), text, KINDS[kind_of(text)])
        for path, text in scenario.sources.items()
    ]


def counted(found: list[Source]) -> str:
    """How many of the entries are what.

    >>> counted([Source("a", "1", "assumption: a guess", "assumption")])
    'of 1 entry 0 name a source, 0 one that is quoted partly from memory, 1 says assumption'
    """
    kinds, entries = Counter(one.kind for one in found), "entry" if len(found) == 1 else "entries"
    guesses = kinds[KINDS["assumption"]]
    return (
        f"of {len(found)} {entries} {kinds[KINDS['source']]} name a source, "
        f"{kinds[KINDS['memory']]} one that is quoted partly from memory, "
        f"{guesses} {'says' if guesses == 1 else 'say'} assumption"
    )


def misuses(scenario: Scenario) -> list[str]:
    """What the study is not for: the house's own list and the scenario's."""
    return [*ALWAYS_MISUSE, *scenario.misuses]


def _value(tree: Any, path: str) -> str:
    """The number or word at a path; empty for what holds several, and for patterns."""
    for part in path.split("."):
        if not isinstance(tree, dict) or part not in tree:
            return ""
        tree = tree[part]
    if isinstance(tree, bool) or not isinstance(tree, int | float | str):
        return ""
    return value_label(tree)
