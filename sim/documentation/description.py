"""The description of the model (ODD+D): prose by hand, tables from the code in its places."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from sim.documentation import rulebook, vocabulary

TEMPLATE = Path(__file__).with_name("odd.template.md")
PLACE = re.compile(r"<!-- table: (\w+) -->")
TABLES: dict[str, Callable[[], str]] = {
    "entities": vocabulary.entities,
    "words": vocabulary.words,
    "phases": rulebook.phases,
    "clauses": rulebook.clauses,
    "policies": rulebook.policies,
    "streams": vocabulary.streams,
    "outcomes": vocabulary.outcomes,
    "series": vocabulary.series,
    "parameters": vocabulary.parameters,
    "rules": rulebook.rules,
}
"""What each place of the template is filled with."""


def odd() -> str:
    """The whole document. A place that no table fills, or a table without place, is a KeyError."""
    text = TEMPLATE.read_text(encoding="utf-8")
    if unused := TABLES.keys() - set(PLACE.findall(text)):
        raise KeyError(f"the template has no place for {', '.join(sorted(unused))}")
    return PLACE.sub(lambda found: f"{found.group()}\n\n{TABLES[found.group(1)]()}", text)
