"""Rows of numbers: one for each entity of a world."""

from __future__ import annotations

from functools import cache
from typing import Any, get_type_hints

from sim.rules.entities import TERMS
from sim.scenario.fields import Item

NEVER = 10**6
"""A day after every horizon."""

Row = dict[str, Any]


@cache
def fields_of(entity: type) -> dict[str, Any]:
    """State variables of an entity and their types: int, float, or a list of floats."""
    return get_type_hints(entity)


def blank(entity: type, /, **values: Any) -> Row:
    """A row with every state variable of `entity`: zero, or what is given.

    Fields of type int take ints (dates and words must be translated before), floats floats.
    """
    hints = fields_of(entity)
    row: Row = {
        name: [0.0] * TERMS if hint not in (int, float) else hint(0) for name, hint in hints.items()
    }
    for name, value in values.items():
        row[name] = hints[name](value) if hints[name] in (int, float) else value
    return row


def shared(kind: type, item: Item) -> Row:
    """The fields that a scenario's item and its entity have in common, as numbers."""
    names = fields_of(kind).keys() & type(item).model_fields.keys()
    values = {name: getattr(item, name) for name in names}
    return {name: value for name, value in values.items() if isinstance(value, int | float)}
