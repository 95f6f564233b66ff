"""Rows of a public record: read from a stranger's CSV file, or every fault with its line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sim.errors import Problem, UsageError, nearest, usage_error

COLUMNS = ("series", "date", "low", "central", "high", "unit", "source", "source_url", "verified")
NEEDED = COLUMNS[:7]
MOST_BYTES = 20 * 2**20
MOST_PROBLEMS = 20
NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?")
LARGEST = 1e15
NAME = re.compile(r"[\w.+/%-]{1,200}")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Row:
    """One report: low, central and high in `unit`; `line` of the file it stands on."""

    line: int
    series: str
    date: date
    low: float
    central: float
    high: float
    unit: str
    source: str


class _Fault(Exception):
    """What is wrong with one row."""


def read_record(path: str | Path) -> list[Row]:
    """The rows of a record, in the order of the file.

    Columns `COLUMNS`, in any order, others ignored; an empty low or high is the central value.
    Raises UsageError with file, line and fault of every malformed row.
    """
    file = str(path)
    lines = _lines(Path(path), file)
    header = next(lines, (0, list[str]()))[1]
    places = _places(header, file)
    rows, problems = [], []
    for line, cells in lines:
        try:
            if cells:
                rows.append(_row(line, cells, places, len(header)))
        except _Fault as fault:
            problems.append(Problem(file, f"line {line}", str(fault)))
    if len(problems) > MOST_PROBLEMS:
        left = len(problems) - MOST_PROBLEMS
        problems = [*problems[:MOST_PROBLEMS], Problem(file, "", f"and {left} more faulty lines")]
    if problems:
        raise UsageError(problems)
    return rows


def _lines(path: Path, file: str) -> Iterator[tuple[int, list[str]]]:
    """Line number and cells of each row of the file, the header first."""
    text = _text(path, file)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise usage_error(f"is not CSV: {error}", file=file, path=f"line {line}") from None
        yield line, cells
        line = reader.line_num + 1


def _text(path: Path, file: str) -> str:
    if path.is_dir():
        raise usage_error("is a folder; expected a CSV file", file=file)
    if path.exists() and not path.is_file():
        raise usage_error("is not an ordinary file", file=file)
    try:
        with path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise usage_error(f"cannot be read: {reason}", file=file) from None
    if len(raw) > MOST_BYTES:
        raise usage_error("is larger than 20 MiB, too large for a record", file=file)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise usage_error("is not UTF-8 text", file=file, path=f"line {line}") from None


def _places(header: list[str], file: str) -> dict[str, int]:
    """Where each column stands."""
    names = [name.strip() for name in header]
    if not any(names):
        raise usage_error("is empty", file=file, hint=f"columns: {','.join(COLUMNS)}")
    problems = []
    for name in NEEDED:
        if name not in names:
            near = nearest(name, names)
            hint = f"is '{near}' meant?" if near else f"columns: {','.join(COLUMNS)}"
            problems.append(Problem(file, "line 1", f"no column '{name}'", hint))
        elif names.count(name) > 1:
            problems.append(Problem(file, "line 1", f"column '{name}' stands twice"))
    if problems:
        raise UsageError(problems)
    return {name: names.index(name) for name in names}


def _row(line: int, cells: list[str], places: dict[str, int], width: int) -> Row:
    if len(cells) != width:
        raise _Fault(f"{len(cells)} cells, where the header has {width}")
    cell = {name: cells[place].strip() for name, place in places.items()}
    if not re.fullmatch(NAME, cell["series"]) or not cell["unit"].isprintable():
        raise _Fault(f"series and unit must be names, not '{_short(cell['series'])}'")
    central = _number("central", cell["central"])
    low = _number("low", cell["low"]) if cell["low"] else central
    high = _number("high", cell["high"]) if cell["high"] else central
    if not low <= central <= high:
        raise _Fault(f"low {low:g}, central {central:g}, high {high:g} are not in this order")
    day = _date(cell["date"])
    return Row(line, cell["series"], day, low, central, high, cell["unit"], cell["source"])


def _number(name: str, text: str) -> float:
    if not NUMBER.fullmatch(text) or not abs(float(text)) <= LARGEST:
        raise _Fault(f"{name}: '{_short(text)}' is not a number")
    return float(text)


def _date(text: str) -> date:
    try:
        if not DAY.fullmatch(text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise _Fault(f"date: '{_short(text)}' is not a date such as 2025-01-31") from None


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:37] + "..."
