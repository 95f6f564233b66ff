"""Pydantic's errors as problems that name the place, the fault and the nearest right name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from sim.errors import Problem, nearest

WORDS = {
    "int_type": "a whole number is needed",
    "int_from_float": "a whole number is needed",
    "float_type": "a number is needed",
    "string_type": "text is needed",
    "bool_type": "true or false is needed",
    "date_type": "a date such as 2024-06-19 is needed",
    "tuple_type": "a list is needed",
    "dict_type": "names with values are needed",
    "model_type": "names with values are needed",
    "model_attributes_type": "names with values are needed",
    "none_required": "nothing is needed",
}
NAME = "is not a name: small letters, digits and _, a letter first"
BRANCHES = ("float", "int", "str")
"""What pydantic adds to the place of a number that may have several types."""


def translate(
    error: ValidationError, file: str, model: type[BaseModel], path: str = ""
) -> list[Problem]:
    """One problem for each faulty place; `model` stands at `path`."""
    found: dict[str, Problem] = {}
    for fault in error.errors():
        parts = [str(part) for part in fault["loc"] if part != "[key]"]
        if len(parts) > 1 and parts[-1] in BRANCHES and fault["type"] != "missing":
            parts.pop()
        place = ".".join([path, *parts] if path else parts)
        said, hint = _told(fault, parts, model)
        found.setdefault(place, Problem(file, place, said, hint))
    return list(found.values())


def _told(fault: Mapping[str, Any], parts: list[str], model: type[BaseModel]) -> tuple[str, str]:
    """The fault and a hint."""
    kind, context = fault["type"], fault.get("ctx", {})
    if kind == "extra_forbidden":
        return f"unknown key '{short(parts[-1])}'", _near(parts[-1], _fields_beside(model, parts))
    if kind == "missing":
        return "is missing", ""
    if kind == "too_short":
        return f"needs at least {context['min_length']}, has {context['actual_length']}", ""
    if kind == "too_long":
        return f"takes at most {context['max_length']}", ""
    if kind == "string_pattern_mismatch":
        return f"'{short(fault['input'])}' {NAME}", ""
    if kind == "value_error":
        return str(context["error"]), ""
    said = WORDS.get(kind) or fault["msg"].removeprefix("Input ")
    choices = re.findall("'([^']*)'", context["expected"]) if kind == "literal_error" else []
    return f"{said}, not {shown(fault['input'])}", _near(str(fault["input"]), choices)


def shown(value: object) -> str:
    """A value as a message may carry it: short, and as it would be typed."""
    if isinstance(value, bool | None):
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, Mapping | list | tuple):
        return "names with values" if isinstance(value, Mapping) else "a list"
    return f"the text '{short(value)}'" if isinstance(value, str) else short(value)


def short(value: object) -> str:
    """A value cut to the length of a message."""
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _near(name: str, known: Iterable[str]) -> str:
    near = nearest(name, known)
    return f"did you mean '{near}'?" if near else ""


def _fields_beside(model: Any, parts: Iterable[str]) -> list[str]:
    """Names of the keys that the spec allows at a place, itself left out."""
    for part in list(parts)[:-1]:
        if isinstance(model, type) and issubclass(model, BaseModel):
            field = model.model_fields.get(part)
            model = None if field is None else field.annotation
        else:
            model = getattr(model, "__args__", (None, None))[-1]
        model = _inner(model)
    known = isinstance(model, type) and issubclass(model, BaseModel)
    return list(model.model_fields) if known else []


def _inner(kind: Any) -> Any:
    """The model in `Model | None` or `Annotated[...]`."""
    arguments = getattr(kind, "__args__", ())
    models = [a for a in arguments if isinstance(a, type) and issubclass(a, BaseModel)]
    return models[0] if len(models) == 1 and getattr(kind, "__origin__", None) is not dict else kind
