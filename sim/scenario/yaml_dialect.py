"""The dialect of YAML a scenario is written in: its words, and a parser that knows no others."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable
from typing import NamedTuple

import yaml
from yaml.events import CollectionStartEvent
from yaml.reader import ReaderError

from sim.errors import UsageError, usage_error

MAX_DEPTH = 20
MAX_DIGITS = 20  # the widest 64-bit integer

TEXT = "tag:yaml.org,2002:str"


class Scalar(NamedTuple):
    """A kind of plain scalar: what it looks like, and its value (ValueError says the fault)."""

    pattern: str
    convert: Callable[[str], object]


def parse(text: str, file: str) -> yaml.Node | None:
    """Return the tree of the only document in `text`, None when it is empty.

    Raises `UsageError` for wrong syntax, a second document, tags, anchors and deep nesting.
    """
    try:
        return _Loader(text, file).get_single_node()
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        fault = f"holds the character U+{error.character:04X}, which is not text"
        raise usage_error(fault, file=file, path=f"line {line}") from None
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(error, file) from None
    except (ValueError, ArithmeticError, LookupError):  # PyYAML, on "\U99999999"
        raise usage_error("is not valid YAML: a number in it is out of range", file=file) from None


class _Loader(yaml.SafeLoader):
    """PyYAML's safe parser without tags, anchors, deep nesting and YAML 1.1's clever scalars."""

    def __init__(self, text: str, file: str) -> None:
        super().__init__(text)
        self.file = file
        self.depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.next_event()
        self.refuse_references(event)
        deeper = int(isinstance(event, CollectionStartEvent))
        self.depth += deeper
        if self.depth > MAX_DEPTH:
            raise self.fault(f"is nested deeper than {MAX_DEPTH} levels", "")
        node = super().compose_node(parent, index)
        self.depth -= deeper
        return node

    def next_event(self) -> yaml.Event:
        event: yaml.Event = self.peek_event()  # type: ignore[no-untyped-call]
        return event

    def refuse_references(self, event: yaml.Event) -> None:
        """Whatever could call code, or grow when it is read, is not data."""
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        hint = "write the value in full; text that begins with & or * needs quotes"
        if isinstance(event, yaml.AliasEvent):
            raise self.fault(f"the reference '*{anchor:.60}' is refused", hint)
        if anchor is not None:
            raise self.fault(f"the anchor '&{anchor:.60}' is refused", hint)
        if tag is not None:
            hint = "a scenario is data: write the plain value; text that begins with ! needs quotes"
            raise self.fault(f"the tag {tag[:60]!r} is refused", hint)

    def fault(self, fault: str, hint: str) -> UsageError:
        mark = self.next_event().start_mark
        path = f"line {mark.line + 1}" if mark else ""
        return usage_error(fault, file=self.file, path=path, hint=hint)


def _syntax_error(error: yaml.MarkedYAMLError, file: str) -> UsageError:
    mark = error.problem_mark or error.context_mark
    path = f"line {mark.line + 1}" if mark else ""
    problem = error.problem or "it cannot be parsed"
    if problem == "but found another document":
        return usage_error("holds more than one document ('---')", file=file, path=path)
    hint = "indent with spaces, not with tabs" if r"'\t'" in problem else ""
    return usage_error(f"is not valid YAML: {problem}", file=file, path=path, hint=hint)


def _integer(text: str) -> int:
    digits = text.replace("_", "")
    if len(digits.lstrip("+-")) > MAX_DIGITS:
        raise ValueError(f"has more than {MAX_DIGITS} digits")
    return int(digits)


def _float(text: str) -> float:
    number = math.nan if text[-1] in "fFnN" else float(text.replace("_", ""))
    if not math.isfinite(number):
        raise ValueError("is not a finite number")
    return number


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ValueError("is not a day of the calendar (year-month-day)") from None


_WHOLE = "(?:0|[1-9][0-9_]*)"
SCALARS = {
    "null": Scalar("~|null|Null|NULL|", lambda text: None),
    "bool": Scalar("true|True|TRUE|false|False|FALSE", lambda text: text.lower() == "true"),
    "int": Scalar(f"[-+]?{_WHOLE}", _integer),
    "float": Scalar(
        rf"[-+]?(?:{_WHOLE}\.[0-9_]*|{_WHOLE}(?=[eE])|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?"
        r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        _float,
    ),
    "date": Scalar("[0-9]{4}-[0-9]{2}-[0-9]{2}", _date),
}
_Loader.yaml_implicit_resolvers = {}
for _tag, _scalar in SCALARS.items():
    _Loader.add_implicit_resolver(_tag, re.compile(rf"(?:{_scalar.pattern})\Z"), None)
