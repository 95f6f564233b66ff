"""Columns of the stored parts, read a few at a time: memory does not grow with the parts."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import pandas as pd
import pyarrow as pa

from sim.errors import usage_error
from sim.study import parts

AT_A_TIME = 2 * 1024**2
"""Values of all columns that are held at once: 16 MiB of numbers."""

Read = Callable[[Sequence[str]], Iterable[pd.DataFrame]]


class Columns(Protocol):
    """A table by its columns: a data frame, or one that is read when asked for."""

    def __getitem__(self, name: str, /) -> pd.Series:
        """The column of this name."""


class Stored:
    """The columns of all parts of a table, each read with those after it as far as they fit.

    To be asked for in their order, since only a few are held.
    """

    def __init__(self, read: Read, names: Sequence[str], rows: int) -> None:
        self._read, self._names = read, list(names)
        self._width = max(1, AT_A_TIME // max(rows, 1))
        self._held = pd.DataFrame()

    def __getitem__(self, name: str) -> pd.Series:
        """The column of this name."""
        if name not in self._held:
            first = self._names.index(name)
            self._held = pd.DataFrame()
            some = self._names[first : first + self._width]
            self._held = pd.concat(list(self._read(some)), ignore_index=True)
        return self._held[name]


def each(
    folder: Path, known: Iterable[parts.Part], table: str, names: Sequence[str] | None = None
) -> Iterator[pd.DataFrame]:
    """These columns of a table, part by part, each as it was written. Raises UsageError."""
    for part in known:
        if table in part.tables:
            content = parts.content(folder, table, part)
            try:
                yield pd.read_parquet(io.BytesIO(content), columns=names and list(names))
            except (ValueError, pa.ArrowException) as error:
                file = str(folder / table / part.name)
                raise usage_error(f"cannot be read: {error}", file=file) from None
