"""A list of battles as a CSV file: `battle,year,strength_a,losses_a,strength_b,losses_b`.

One line a battle, side a the winner (the power ratio is a's over b's); years are whole numbers,
strengths and losses soldiers, losses above 0 and at most the strength. Other columns are left out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.errors import Problem, UsageError, nearest, usage_error

NUMBERS = ("year", "strength_a", "losses_a", "strength_b", "losses_b")
COLUMNS = ("battle", *NUMBERS)
MOST_BATTLES = 2_000
MOST_SOLDIERS = 10_000_000
MOST_PROBLEMS = 10

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Battles:
    """Strengths at the start and losses, each (n_battles, 2): side a, side b; and the years."""

    strengths: Vector
    losses: Vector
    years: Vector

    def between(self, first: int, last: int) -> Battles:
        """The battles of these years, both included."""
        these = (self.years >= first) & (self.years <= last)
        return Battles(self.strengths[these], self.losses[these], self.years[these])


def read_battles(file: Path) -> Battles:
    """The battles of a file; UsageError with what is wrong, at most ten faults."""
    table = _table(file)
    problems = list(_columns(table, str(file))) or list(_cells(table, str(file)))
    if problems:
        raise UsageError(problems[:MOST_PROBLEMS])
    if not 0 < len(table) <= MOST_BATTLES:
        fault = f"1 to {MOST_BATTLES:,} battles are needed, not {len(table):,}"
        raise usage_error(fault, file=str(file))
    numbers = {name: table[name].astype(float).to_numpy() for name in NUMBERS}
    strengths = np.column_stack([numbers["strength_a"], numbers["strength_b"]])
    losses = np.column_stack([numbers["losses_a"], numbers["losses_b"]])
    return Battles(strengths, losses, numbers["year"])


def _table(file: Path) -> pd.DataFrame:
    """All cells as text, rows numbered as in the file, without empty lines."""
    try:
        table = pd.read_csv(file, dtype=str, skip_blank_lines=False)
    except FileNotFoundError:
        raise usage_error("there is no such file", file=str(file)) from None
    except IsADirectoryError:
        raise usage_error("is a folder, not a file", file=str(file)) from None
    except (UnicodeDecodeError, pd.errors.EmptyDataError, pd.errors.ParserError) as error:
        said = str(error).strip().splitlines()[0]
        hint = f"columns: {', '.join(COLUMNS)}"
        raise usage_error(f"not a table in CSV: {said}", file=str(file), hint=hint) from None
    if not isinstance(table.index, pd.RangeIndex):
        raise usage_error("not a table in CSV: lines with more cells than columns", file=str(file))
    return table.rename(columns=str.strip).dropna(how="all")


def _columns(table: pd.DataFrame, file: str) -> Iterator[Problem]:
    for name in COLUMNS:
        if name not in table:
            near = nearest(name, table.columns)
            known = ", ".join(map(str, table.columns))
            hint = f"did you mean '{near}'?" if near else f"columns: {known}"
            yield Problem(file, name, "is missing", hint)


def _cells(table: pd.DataFrame, file: str) -> Iterator[Problem]:
    """Cells that are no numbers, and lines whose numbers cannot be a battle's."""
    for place, row in zip(table.index, table[list(COLUMNS)].to_dict("records")):
        line = f"line {place + 2}"
        values = {name: _number(row[name]) for name in NUMBERS}
        wrong = [name for name, value in values.items() if value is None]
        for name in wrong:
            said = "nothing" if pd.isna(row[name]) else repr(row[name])
            yield Problem(file, f"{line}, {name}", f"a number is needed, not {said}")
        if not wrong:
            yield from _battle({name: value or 0.0 for name, value in values.items()}, file, line)


def _number(text: object) -> float | None:
    try:
        value = float(str(text))
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _battle(values: dict[str, float], file: str, line: str) -> Iterator[Problem]:
    if values["year"] != int(values["year"]):
        yield Problem(file, f"{line}, year", "a whole number is needed")
    for side in "ab":
        strength, losses = values[f"strength_{side}"], values[f"losses_{side}"]
        if not 0 < strength <= MOST_SOLDIERS:
            fault = f"must be above 0 and at most {MOST_SOLDIERS:,}"
            yield Problem(file, f"{line}, strength_{side}", fault)
        elif not 0 < losses <= strength:
            fault = "losses must be above 0 and at most the strength"
            yield Problem(file, f"{line}, losses_{side}", fault)
