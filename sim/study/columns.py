"""Columns of the stored parts, read a few at a time: memory does not grow with the parts."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Protocol

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sim.errors import usage_error
from sim.study import parts
from sim.study.declared import Value

AT_A_TIME = 4 * 1024**2
"""Values of all columns that are held at once: 32 MiB of numbers."""

Read = Callable[[Sequence[str]], Iterable[pa.Table]]


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
        self._held = pa.table({})

    def __getitem__(self, name: str) -> pd.Series:
        """The column of this name."""
        if name not in self._held.column_names:
            first = self._names.index(name)
            self._held = pa.table({})
            self._held = pa.concat_tables(self._read(self._names[first : first + self._width]))
        return self._held.select([name]).to_pandas()[name]


def each(
    folder: Path, known: Iterable[parts.Part], table: str, names: Sequence[str] | None = None
) -> Iterator[pa.Table]:
    """These columns of a table, part by part, each as it was written. Raises UsageError."""
    for part in known:
        if table in part.tables:
            content = parts.content(folder, table, part)
            try:
                yield pq.ParquetFile(io.BytesIO(content)).read(names, use_threads=False)
            except (ValueError, pa.ArrowException) as error:
                file = str(folder / table / part.name)
                raise usage_error(f"cannot be read: {error}", file=file) from None


def well_at(table: pa.Table, at: Mapping[str, Value]) -> pa.Table:
    """The rows of runs that did not fail, at these lever values."""
    chosen = pc.invert(table["failed"])
    for name, value in at.items():
        chosen = pc.and_(chosen, pc.equal(table[name], value))
    return table.filter(chosen)
