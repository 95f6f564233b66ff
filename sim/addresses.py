"""Where a dotted path of a scenario stands in the world: `forces.prk_*.exposure`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from typing import NamedTuple, get_type_hints

from sim import clauses
from sim.errors import nearest, usage_error
from sim.rules.entities import MANY, ONE

GROUPS = ("states", "forces", "fronts", "relations", "reports", "flows")


class Address(NamedTuple):
    """A number in the world: entity, place in its list (-1: the only one), field, slot of terms."""

    entity: str
    place: int
    field: str
    slot: int


def resolve(names: Mapping[str, Sequence[str]], path: str) -> list[Address]:
    """All places that a path names; `*` in a name stands for any letters. UsageError if none."""
    group, _, rest = path.partition(".")
    if group == "params":
        return [Address("params", -1, _field(ONE["params"], rest, path), -1)]
    if group == "treaties":
        return [_term(names, rest, path)]
    if group not in GROUPS:
        known = ("params", "treaties", *GROUPS)
        raise usage_error(
            f"nothing in a scenario is called '{group}'", path=path, hint=nearest(group, known)
        )
    name, _, field = rest.partition(".")
    places = [i for i, known in enumerate(names[group]) if fnmatchcase(known, name)]
    if not places:
        raise usage_error(
            f"'{name}' is not among the {group}", path=path, hint=nearest(name, names[group])
        )
    field = _field(MANY[group], field, path)
    return [Address(group, place, field, -1) for place in places]


_types = cache(get_type_hints)
"""Fields of a kind of entity; slow to find out."""


def _field(kind: type, field: str, path: str) -> str:
    hints = _types(kind)
    if hints.get(field) not in (int, float):
        raise usage_error(
            f"'{field}' is not a number of {kind.__name__.lower()}",
            path=path,
            hint=nearest(field, hints),
        )
    return field


def _term(names: Mapping[str, Sequence[str]], rest: str, path: str) -> Address:
    """`treaties.T.articles.A.terms.NAME` or `treaties.T.articles.A.intercept`."""
    parts = rest.split(".")
    if len(parts) < 4 or parts[1] != "articles":
        raise usage_error("expected treaties.NAME.articles.NAME.terms.NAME", path=path)
    article = f"{parts[0]}.{parts[2]}"
    if article not in names["articles"]:
        raise usage_error(
            f"there is no article '{article}'", path=path, hint=nearest(article, names["articles"])
        )
    place = names["articles"].index(article)
    if parts[3] != "terms":
        return Address("clauses", place, _field(MANY["clauses"], parts[3], path), -1)
    terms = [
        list(kind.terms.model_fields)
        for kind in clauses.TYPES.values()
        if len(parts) == 5 and parts[4] in kind.terms.model_fields
    ]
    if not terms:
        raise usage_error("no type of article has such a term", path=path)
    return Address("clauses", place, "terms", terms[0].index(parts[4]))
