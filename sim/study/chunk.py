"""What an engine hands back for a batch of runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Chunk:
    """Results of ``n_runs`` runs in replicate-major order: per replicate, every point.

    outcomes: by name, each ``(n_runs,)``; NaN in a failed run, and for times never reached.
    series: ``(n_runs, n_samples, n_series)``, one sample a week from the scenario's start. What is
        not kept may be missing at the end: those of the first runs only.
    events: structured rows ``run`` (0 … n_runs - 1 within the chunk), ``event``, ``day``,
        ``kind``, ``actor``, ``target``, ``article``, ``amount``, ``cause``.
    errors: one text a run; empty when the run went well.
    """

    outcomes: dict[str, NDArray[np.float64]]
    series: NDArray[np.float32]
    events: NDArray[np.void]
    errors: list[str]


def failed(outcomes: Sequence[str], series: int, error: str) -> Chunk:
    """A chunk of one run that failed: no outcomes, no samples, no events, and the error."""
    return Chunk(
        {name: np.full(1, np.nan) for name in outcomes},
        np.empty((1, 0, series), np.float32),
        np.empty(0, EVENT_TYPE),
        [error],
    )


def kept(chunk: Chunk, ledgers: int, samples: int) -> Chunk:
    """The chunk with the events of its first ``ledgers`` runs and the series of ``samples``."""
    events = chunk.events[chunk.events["run"] < ledgers]
    return Chunk(chunk.outcomes, chunk.series[:samples].copy(), events, chunk.errors)


def joined(chunks: Sequence[Chunk]) -> Chunk:
    """One chunk from neighbours in their order; runs without samples get empty ones."""
    if len(chunks) == 1:
        return chunks[0]
    starts = np.cumsum([0, *(len(chunk.errors) for chunk in chunks)])
    events = np.concatenate([chunk.events for chunk in chunks])
    events["run"] += np.repeat(starts[:-1], [len(chunk.events) for chunk in chunks])
    names = chunks[0].outcomes
    return Chunk(
        {name: np.concatenate([chunk.outcomes[name] for chunk in chunks]) for name in names},
        _stacked([chunk.series for chunk in chunks]),
        events,
        [error for chunk in chunks for error in chunk.errors],
    )


def _stacked(series: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    samples = max(one.shape[1] for one in series)
    full = np.full((sum(map(len, series)), samples, series[0].shape[2]), np.nan, np.float32)
    place = 0
    for one in series:
        full[place : place + len(one), : one.shape[1]] = one
        place += len(one)
    return full


def overflowing(lines: int) -> str:
    """The error of a run whose ledger had no place for some lines; empty when all found one."""
    return f"the ledger is full: {lines} lines found no place" if lines else ""


EVENT_TYPE = np.dtype(
    [
        ("run", np.int64),
        ("event", np.int64),
        ("day", np.int64),
        ("kind", np.int64),
        ("actor", np.int64),
        ("target", np.int64),
        ("article", np.int64),
        ("amount", np.float64),
        ("cause", np.int64),
    ]
)
"""Columns of the events of a chunk."""


def events_table(ledgers: Sequence[Sequence[Mapping[str, Any]]]) -> NDArray[np.void]:
    """Events of a chunk from one list of ledger lines a run."""
    rows = [
        (run, number, *(line[name] for name in EVENT_TYPE.names[2:]))  # type: ignore[index]
        for run, lines in enumerate(ledgers)
        for number, line in enumerate(lines)
    ]
    return np.array(rows, dtype=EVENT_TYPE)


def ledger_rows(ledgers: NDArray[np.void], counts: NDArray[np.int64]) -> NDArray[np.void]:
    """Events of a chunk from ledgers (n_runs, places), of which run i wrote counts[i] lines."""
    written = np.arange(ledgers.shape[1]) < counts[:, None]
    run, number = np.nonzero(written)
    table = np.zeros(len(run), dtype=EVENT_TYPE)
    table["run"], table["event"] = run, number
    for name in EVENT_TYPE.names[2:]:  # type: ignore[index]
        table[name] = ledgers[name][written]
    return table
