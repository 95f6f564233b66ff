"""What was typed after a verb about a study: studies by their place, settings by their name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sim.errors import nearest, usage_error
from sim.question.opened import Opened

RUN = ("run", "point", "replicate")


@dataclass(frozen=True)
class Asked:
    """Studies, and the values of each setting in the order in which they were typed."""

    studies: list[str]
    settings: dict[str, list[str]]

    def one(self, name: str) -> str | None:
        """The value of a setting that is given once, or not at all. Raises UsageError."""
        values = self.settings.get(name, [])
        if len(values) > 1:
            raise usage_error(f"'{name}' is set {len(values)} times", path="command line")
        return values[0] if values else None


def read(arguments: Sequence[str], known: Sequence[str], usage: str, most: int = 1) -> Asked:
    """Studies and settings: ``--run 417``, ``--run=417`` and ``run=417`` are one.

    Raises UsageError for a setting that is not known, and unless 1 to ``most`` studies are named.
    """
    studies: list[str] = []
    settings: dict[str, list[str]] = {}
    for name, value in _pairs(arguments, usage):
        if not name:
            studies.append(value)
        elif name not in known:
            near = nearest(name, known)
            hint = f"did you mean '{near}'? {usage}" if near else usage
            raise usage_error(f"'{name}' is not understood", hint=hint)
        else:
            settings.setdefault(name, []).append(value)
    if not 1 <= len(studies) <= most:
        needed = "one study" if most == 1 else f"one to {most} studies"
        raise usage_error(f"{needed} is needed, not {len(studies)}", hint=usage)
    return Asked(studies, settings)


def _pairs(arguments: Sequence[str], usage: str) -> Iterator[tuple[str, str]]:
    """Name and value of each setting; an empty name for a study."""
    words = iter(arguments)
    for word in words:
        flag = word.startswith("--")
        name, mark, value = word.removeprefix("--").partition("=")
        if flag and not mark:
            following = next(words, None)
            if following is None:
                raise usage_error(f"'{word}' needs a value", hint=usage)
            yield name, following
        elif mark and (flag or re.fullmatch(r"[a-z_]+", name)):
            yield name, value
        else:
            yield "", word


def whole(name: str, text: str, low: int = 0, high: int = 10_000_000) -> int:
    """A whole number from low to high. Raises UsageError."""
    if not re.fullmatch(r"-?\d{1,9}", text) or not low <= int(text) <= high:
        fault = f"a whole number from {low:,} to {high:,} is needed, not '{text[:40]}'"
        raise usage_error(fault, path=name)
    return int(text)


def run_numbers(asked: Asked, opened: Opened) -> list[int]:
    """The numbers of the runs asked for, by ``run=N`` or by ``point=P replicate=R``."""
    numbers = [whole("run", text) for text in asked.settings.get("run", [])]
    point, replicate = asked.one("point"), asked.one("replicate")
    if point is None and replicate is None:
        return numbers
    if numbers:
        raise usage_error("either run=N or point=P replicate=R", path="run")
    if point is None or replicate is None:
        raise usage_error("point=P and replicate=R go together", path="run")
    return [opened.number(whole("point", point), whole("replicate", replicate))]


def one_run(asked: Asked, opened: Opened, usage: str) -> int:
    """The number of the one run asked for. Raises UsageError."""
    numbers = run_numbers(asked, opened)
    if len(numbers) != 1:
        last = max(opened.rows.index)
        fault = f"one run is needed, not {len(numbers)}: a number from 0 to {last:,}"
        raise usage_error(fault, path="run", hint=usage)
    return numbers[0]
