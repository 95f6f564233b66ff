"""Tables and lists in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; a bar within a cell is escaped, an empty cell stays empty.

    >>> print(table(["name", "unit"], [["w", "1|2"]]))
    | name | unit |
    | --- | --- |
    | w | 1\\|2 |
    """
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def bullets(items: Iterable[str]) -> str:
    """A list with one item a line."""
    return "\n".join(f"- {item}" for item in items)


def code(name: str) -> str:
    """A name as it is written in the code."""
    return f"`{name}`" if name else ""


def number(value: float) -> str:
    """A number as it was written, without digits that say nothing.

    >>> number(0.0333), number(12000), number(-1.0)
    ('0.0333', '12000', '-1')
    """
    return f"{value:.10g}"


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")
