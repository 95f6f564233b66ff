"""What the model does: phases, rules, types of articles, policies, from their docstrings."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from inspect import getdoc
from pkgutil import walk_packages
from typing import Any

from pydantic.fields import FieldInfo

from sim import clauses as articles
from sim import policies as ways
from sim import rules as book
from sim.clauses.kind import ClauseType
from sim.documentation.markdown import bullets, code, number, table
from sim.phases import PHASES
from sim.rules.rule import RULES

Function = Callable[..., Any]
BOUNDS = {"ge": "from", "gt": "above", "le": "to", "lt": "below"}


def phases() -> str:
    """The order of a day."""
    rows = [(place, code(one.__name__), first(one)) for place, one in enumerate(PHASES, 1)]
    return table(("", "phase", "what happens"), rows)


def rules() -> str:
    """Every rule of `sim.rules`, file by file, with its docstring."""
    return "\n\n".join(_file(name) for name in _files())


def _files() -> Iterator[str]:
    """Modules with rules, in the order of the alphabet."""
    for info in walk_packages(book.__path__, f"{book.__name__}."):
        import_module(info.name)
        if _rules_of(info.name):
            yield info.name


def _rules_of(module: str) -> list[Function]:
    """Rules written in a module; closures that join others are none."""
    return [one for one in RULES if one.__module__ == module and "<" not in one.__qualname__]


def _file(module: str) -> str:
    path = f"{module.replace('.', '/')}.py"
    title = first(sys.modules[module]).rstrip(".")
    items = bullets(f"{code(one.__name__)}: {whole(one)}" for one in _rules_of(module))
    return f"#### {title} (`{path}`)\n\n{items}"


def clauses() -> str:
    """Types of articles: what calls them, what is owed, and their terms."""
    header = ("type", "meaning", "called", "chance of honour", "counts as done", "terms")
    return table(header, [_clause(kind) for kind in articles.TYPES.values()])


def _clause(kind: ClauseType) -> tuple[str, ...]:
    terms = [_term(name, field) for name, field in kind.terms.model_fields.items()]
    said = (first(part) for part in (kind.triggered, kind.chance, kind.delivered))
    return (code(kind.name), kind.meaning, *said, "; ".join(terms) or "none")


def _term(name: str, field: FieldInfo) -> str:
    """A term with its bounds and what it says."""
    bounds = [
        f"{word} {number(getattr(one, mark))}"
        for mark, word in BOUNDS.items()
        for one in field.metadata
        if hasattr(one, mark)
    ]
    meaning = f": {field.description.rstrip('.')}" if field.description else ""
    return f"{code(name)} ({' '.join(bounds)}){meaning}" if bounds else f"{code(name)}{meaning}"


def policies() -> str:
    """Ways of deciding."""
    header = ("policy", "meaning", "honours", "climbs")
    rows = [
        (code(one.name), one.meaning, first(one.honours), first(one.climbs))
        for one in ways.POLICIES.values()
    ]
    return table(header, rows)


def first(thing: object) -> str:
    """The first line of a docstring."""
    return (getdoc(thing) or "").partition("\n")[0]


def whole(thing: object) -> str:
    """A docstring in one line, without the examples; a star stands for itself."""
    text = " ".join((getdoc(thing) or "").partition(">>>")[0].split())
    return text.replace("*", "\\*")
