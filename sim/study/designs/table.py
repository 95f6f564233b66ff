"""Points from a CSV file: a column for each lever, a row for each point. Data only, no code.

The `design.csv` of a study is such a file: its column `point` only numbers the rows.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from sim.errors import Problem, UsageError, nearest, usage_error
from sim.study.declared import Lever, Value
from sim.study.designs.asked import Asked, Drawn, Interval, distinct
from sim.study.designs.axes import fixed
from sim.study.designs.values import MOST_POINTS, Fault, checked, unknown

MOST_BYTES = 20 * 2**20
MOST_PROBLEMS = 20
NUMBER = "point"
Row = tuple[int, list[str]]


def draw(asked: Asked) -> Drawn:
    """The rows as points; levers without a column have the one value typed, or their default.

    Raises UsageError with file, line, column and fault of up to 20 problems.
    """
    file = asked.wanted.file
    lines = list(_lines(file))
    if len(lines) < 2:
        raise usage_error("holds no points", file=file, hint="names of levers, then a row a point")
    header = [name.strip() for name in lines[0][1]]
    _refuse(file, [*_columns(file, asked, header, lines[0][0])])
    constant = _constant(asked, header)
    problems: list[Problem] = []
    found = [_point(file, asked, header, row, problems) for row in lines[1:]]
    _refuse(file, problems)
    names = [name for name in asked.levers if name in constant or name in header]
    rows = [{name: {**constant, **row}[name] for name in names} for row in found]
    points, places = distinct(rows)
    return Drawn(points, tuple(_repeated([number for number, _ in lines[1:]], places)))


def _lines(file: str) -> Iterator[Row]:
    """The lines that are neither empty nor a comment, with their numbers."""
    reader = csv.reader(_text(file).splitlines())
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells) and not cells[0].lstrip().startswith("#"):
                yield reader.line_num, cells
            if reader.line_num > 2 * MOST_POINTS:
                raise usage_error(f"more than {MOST_POINTS:,} points", file=file)
    except csv.Error as error:
        raise usage_error(f"line {reader.line_num}: {error}", file=file) from None


def _text(file: str) -> str:
    """The file's text; UsageError when it is not an ordinary text file of moderate size."""
    try:
        if Path(file).exists() and not Path(file).is_file():
            raise usage_error("is not an ordinary file", file=file)
        with Path(file).open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            raise usage_error("is larger than 20 MiB, too large for a design", file=file)
        return raw.decode("utf-8-sig")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "is not UTF-8 text"
        hint = "design=FILE.csv reads points from a file"
        raise usage_error(f"cannot be read: {reason}", file=file, hint=hint) from None


def _columns(file: str, asked: Asked, header: list[str], line: int) -> Iterator[Problem]:
    for place, name in enumerate(header):
        where = f"line {line}, column {place + 1}"
        if name == NUMBER and place == 0:
            continue
        if name not in asked.levers:
            near = nearest(name, asked.levers)
            hint = f"did you mean '{near}'?" if near else "levers: " + ", ".join(asked.usual)
            yield Problem(file, where, f"'{name}' is not a lever of this scenario", hint)
        elif name in header[:place]:
            yield Problem(file, where, f"'{name}' has a column already")
        elif name in asked.values:
            yield Problem(file, where, f"'{name}' is set on the command line too")


def _constant(asked: Asked, header: list[str]) -> dict[str, Value]:
    """The value of each lever that has no column."""
    problems = [*unknown(asked.levers, list(asked.values))]
    constant: dict[str, Value] = {}
    for name in (name for name in asked.named if name not in header):
        values = asked.values.get(name, [asked.levers[name].default])
        if isinstance(values, Interval) or len(values) > 1:
            problems.append(Problem("", name, "points come from the file: give one value here"))
            continue
        found = fixed(name, asked.levers[name], values, problems)
        if found:
            constant[name] = found[0]
    if problems:
        raise UsageError(problems)
    return constant


def _point(
    file: str, asked: Asked, header: list[str], row: Row, problems: list[Problem]
) -> dict[str, Value]:
    line, cells = row
    if len(cells) != len(header):
        fault = f"{len(cells)} cells, but {len(header)} columns"
        problems.append(Problem(file, f"line {line}", fault))
        return {}
    point: dict[str, Value] = {}
    for name, cell in zip(header, cells, strict=True):
        if name == NUMBER:
            continue
        value = checked(asked.levers[name], _read(asked.levers[name], cell.strip()))
        if isinstance(value, Fault):
            where = f"line {line}, column {name}"
            problems.append(Problem(file, where, value.fault, value.hint))
        else:
            point[name] = value
    return point


def _read(lever: Lever, cell: str) -> object:
    """A number where the lever is one and the cell looks like one; else the text."""
    if lever.choices:
        return cell
    try:
        return float(cell) if "_" not in cell else cell
    except ValueError:
        return cell


def _refuse(file: str, problems: list[Problem]) -> None:
    if len(problems) > MOST_PROBLEMS:
        left = len(problems) - MOST_PROBLEMS
        problems = [*problems[:MOST_PROBLEMS], Problem(file, "", f"and {left:,} problems more")]
    if problems:
        raise UsageError(problems)


def _repeated(lines: list[int], places: list[int]) -> Iterator[str]:
    """The rows that repeat a point, in one line."""
    first: dict[int, int] = {}
    for line, place in zip(lines, places, strict=True):
        first.setdefault(place, line)
    again = [line for line, place in zip(lines, places, strict=True) if first[place] != line]
    if again:
        told = ", ".join(map(str, again[:5])) + (", ..." if len(again) > 5 else "")
        yield f"lines that repeat an earlier point are run once: {told}"
