"""Read a YAML file from a stranger: whatever it holds, the answer is plain data or one message.

The language read here is smaller than YAML 1.1: one document, no tags, no anchors, keys are
text, `true` and `false` are the only truth values (so that `no` is Norway), `1e-3` is a number,
and `12:30:00`, `010` and `0x1F` are text. A date such as `2024-06-19` becomes a `datetime.date`.
"""

from __future__ import annotations

import unicodedata
from pathlib import Path

import yaml

from sim.errors import Problem, UsageError, nearest, usage_error
from sim.scenario.yaml_dialect import SCALARS, TEXT, parse

MAX_BYTES = 2**20


def read_yaml(path: str | Path) -> dict[str, object]:
    """Return the mapping in the file, made of dict, list, str, int, float, bool, date and None.

    Raises `UsageError` for a file that cannot be read, is not YAML, or is more than data. What
    breaks the document (syntax, tags, anchors) stops at the first; all else is told together.
    """
    file = str(path)
    root = parse(_text(Path(path), file), file)
    if not isinstance(root, yaml.MappingNode):
        found = "is empty" if root is None else "is not a mapping"
        hint = "a scenario is a mapping, lines of the form 'name: value'"
        raise usage_error(found, file=file, hint=hint)
    reader = _Reader(file)
    data = reader.mapping(root, "")
    if reader.problems:
        raise UsageError(reader.problems)
    return data


def _text(path: Path, file: str) -> str:
    raw = _bytes(path, file)
    if len(raw) > MAX_BYTES:
        raise usage_error("is larger than 1 MiB, too large for a scenario", file=file)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        hint = "save the file with the encoding UTF-8"
        raise usage_error("is not UTF-8 text", file=file, path=f"line {line}", hint=hint) from None


def _bytes(path: Path, file: str) -> bytes:
    """Read one byte more than is allowed at most: a pipe or a device never ends."""
    try:
        if path.is_dir():
            raise usage_error("is a folder; expected a YAML file", file=file)
        if path.exists() and not path.is_file():
            raise usage_error("is not an ordinary file", file=file)
        with path.open("rb") as handle:
            return handle.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise usage_error("there is no such file", file=file, hint=_sibling(path)) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise usage_error(f"cannot be read: {reason.lower()}", file=file) from None


def _sibling(path: Path) -> str:
    try:
        found = nearest(path.name, [other.name for other in path.parent.iterdir()])
    except OSError:
        return f"there is no folder {str(path.parent)!r} either"
    return f"did you mean {str(path.with_name(found))!r}?" if found else ""


class _Reader:
    """Turn nodes into values, and keep every problem met on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def note(self, path: str, fault: str, hint: str = "") -> None:
        self.problems.append(Problem(self.file, path, fault, hint))

    def value(self, node: yaml.Node, path: str) -> object:
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, f"{path}[{i}]") for i, item in enumerate(node.value)]
        return self.scalar(node, path)

    def mapping(self, node: yaml.MappingNode, path: str) -> dict[str, object]:
        data: dict[str, object] = {}
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            key = self.key(key_node, path)
            here = _join(path, key)
            if key in first:
                fault = f"the key {_shown(key)!r} is given twice, first on line {first[key]}"
                self.note(f"line {line}", fault, f"keep one of the two at {here!r}")
            first.setdefault(key, line)
            data[key] = self.value(value_node, here)
        return data

    def key(self, node: yaml.Node, path: str) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self.note(f"line {node.start_mark.line + 1}", "a list or a mapping cannot be a key")
            return "?"
        key = str(node.value)
        here = _join(path, key)
        if node.tag != TEXT:
            fault = f"the key {_shown(key)!r} is not text"
            self.note(f"line {node.start_mark.line + 1}", fault, "put it in quotes")
        elif key.startswith("_"):
            fault = "a key must not begin with an underscore"
            self.note(here, fault, "a scenario is data: it cannot name code to run")
        self.text(key, here)
        return key

    def scalar(self, node: yaml.Node, path: str) -> object:
        text = str(node.value)
        if node.tag == TEXT:
            return self.text(text, path)
        try:
            return SCALARS[node.tag].convert(text)
        except ValueError as error:
            self.note(path, f"{_shown(text)} {error}")
            return None

    def text(self, text: str, path: str) -> str:
        if "${" in text:
            fault = "'${' is refused: a scenario cannot refer to other settings"
            self.note(path, fault, "write the value itself")
        for character in sorted(set(text) - {"\n", "\t"}):
            if unicodedata.category(character) in ("Cc", "Cs"):
                self.note(path, f"holds the character U+{ord(character):04X}, which is not text")
        return text


def _join(path: str, key: str) -> str:
    return f"{path}.{_shown(key)}" if path else _shown(key)


def _shown(text: str) -> str:
    """The text as a message may carry it: short, and without escape codes for a terminal."""
    short = text if len(text) <= 60 else text[:57] + "..."
    return short if short.isprintable() else ascii(short)[1:-1]
