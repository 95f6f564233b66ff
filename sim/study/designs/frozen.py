"""The points of a study as they stand in its folder: design.csv, and sample.csv beside it.

Numbers are written so that they are read again to the last bit.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from sim.errors import usage_error
from sim.study import files
from sim.study.declared import Lever, Point, Value
from sim.study.designs.asked import Drawn
from sim.study.designs.sensitivity import POINT

DESIGN, SAMPLE = "design.csv", "sample.csv"


def text(table: pd.DataFrame) -> str:
    """A table as CSV, numbers to the last bit."""
    written: str = table.to_csv(index=False, lineterminator="\n")
    return written


def design_text(points: Sequence[Point]) -> str:
    """One row a point: its number and the value of each lever."""
    table = pd.DataFrame(list(points), dtype=object)
    table.insert(0, POINT, range(len(points)))
    return text(table)


def described(drawn: Drawn) -> dict[str, object]:
    """What the frozen configuration says of the points: how many, and their checksums."""
    found = {"points": len(drawn.points), DESIGN: _digest(design_text(drawn.points))}
    return found | ({} if drawn.sample is None else {SAMPLE: _digest(text(drawn.sample))})


def _digest(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()


def thawed(folder: Path, levers: Mapping[str, Lever]) -> Drawn:
    """The points of a study on disk. Raises UsageError when they cannot be read."""
    table = _table(folder / DESIGN)
    try:
        columns = {
            name: [_value(levers[name], cell) for cell in table[name]] for name in table.columns[1:]
        }
    except (KeyError, ValueError) as error:
        raise usage_error(f"cannot be read: {error}", file=str(folder / DESIGN)) from None
    points = [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    file = folder / SAMPLE
    return Drawn(points, (), sample_of(folder) if file.is_file() else None)


def sample_of(folder: Path) -> pd.DataFrame:
    """The order and the places of a design for sensitivity."""
    table = _table(folder / SAMPLE)
    try:
        units = {name: table[name].map(float) for name in table.columns[1:]}
        return pd.DataFrame({POINT: table[POINT].map(int), **units})
    except (KeyError, ValueError) as error:
        raise usage_error(f"cannot be read: {error}", file=str(folder / SAMPLE)) from None


def _table(file: Path) -> pd.DataFrame:
    """The cells of a file as text."""
    try:
        content = io.StringIO(file.read_text(encoding="utf-8"))
        return pd.read_csv(content, dtype=str, na_filter=False)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "is not the table of a design"
        raise usage_error(f"cannot be read: {reason}", file=str(file)) from None


def _value(lever: Lever, cell: str) -> Value:
    if lever.choices:
        return cell
    return int(cell) if lever.integer else float(cell)


def write_sample(folder: Path, drawn: Drawn) -> None:
    """Write sample.csv, where the design has one and it is not there."""
    if drawn.sample is not None and not (folder / SAMPLE).is_file():
        files.write_text(folder / SAMPLE, text(drawn.sample))
