"""Rows of the runs table and of the ledger, made from one batch."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.study.chunk import Chunk
from sim.study.declared import Value
from sim.study.plan import Batch, Plan

DAYS_BETWEEN_SAMPLES = 7
LEDGER = ("event", "day", "kind", "actor", "target", "article", "amount", "cause")


def run_keys(batch: Batch) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Point and replicate of each run of the batch, replicate-major."""
    points = np.arange(batch.first, batch.first + len(batch.points), dtype=np.int64)
    replicates = np.asarray(batch.replicates, dtype=np.int64)
    return np.tile(points, len(replicates)), np.repeat(replicates, len(points))


def lever_column(values: list[Value]) -> pd.Series:
    """A column of one lever's values in the lever's own type: whole numbers, numbers or words."""
    if all(isinstance(value, str) for value in values):
        return pd.Series(values, dtype="str")
    return pd.Series(np.asarray(values))


def runs_table(plan: Plan, batch: Batch, chunk: Chunk) -> pd.DataFrame:
    """One row a run: point, replicate, seed, levers, outcomes, failed, error."""
    point, replicate = run_keys(batch)
    columns: dict[str, object] = {"point": point, "replicate": replicate}
    columns["seed"] = np.full(batch.runs, plan.seed, dtype=np.int64)
    for lever in plan.levers:
        column = lever_column([values[lever] for values in batch.points])
        columns[lever] = column.iloc[point - batch.first].reset_index(drop=True)
    for outcome in plan.outcomes:
        columns[outcome.name] = chunk.outcomes[outcome.name]
    errors = pd.Series(chunk.errors, dtype="str")
    return pd.DataFrame({**columns, "failed": errors != "", "error": errors})


def ledger_table(plan: Plan, batch: Batch, chunk: Chunk) -> pd.DataFrame:
    """The ledger of the runs whose replicate is kept: one row an event, codes as words.

    cause is the event of the same run that led to this one; -1 when none did.
    """
    point, replicate = run_keys(batch)
    run = chunk.events["run"]
    kept = replicate[run] - plan.first < plan.event_replicates
    run, rows = run[kept], chunk.events[kept]
    columns: dict[str, object] = {"point": point[run], "replicate": replicate[run]}
    for name in LEDGER:
        columns[name] = _words(rows[name], plan.words.get(name))
    table = pd.DataFrame(columns)
    days = pd.to_timedelta(table["day"].to_numpy(), unit="D")
    table.insert(4, "date", pd.Timestamp(plan.start) + days)
    return table


def paths_table(plan: Plan, batch: Batch, chunk: Chunk) -> pd.DataFrame:
    """The weekly series of the runs whose replicate is kept: one row a run and sample.

    Series as float32; failed runs are left out.
    """
    return _samples(plan, batch, chunk, range(plan.path_replicates))


def weekly_table(plan: Plan, batch: Batch, chunk: Chunk) -> pd.DataFrame:
    """The same for the replicates beyond, as far as bands and shares need them."""
    return _samples(plan, batch, chunk, range(plan.path_replicates, plan.band_replicates))


def _samples(plan: Plan, batch: Batch, chunk: Chunk, replicates: range) -> pd.DataFrame:
    there = len(chunk.series)
    point, replicate = (keys[:there] for keys in run_keys(batch))
    place = replicate - plan.first
    kept = (replicates.start <= place) & (place < replicates.stop)
    kept &= np.asarray([error == "" for error in chunk.errors[:there]], dtype=bool)
    values = chunk.series[kept]
    samples = values.shape[1]
    days = np.tile(DAYS_BETWEEN_SAMPLES * np.arange(samples), len(values))
    columns = {"point": np.repeat(point[kept], samples)}
    columns["replicate"] = np.repeat(replicate[kept], samples)
    columns["day"] = days
    dates = pd.Timestamp(plan.start) + pd.to_timedelta(days, unit="D")
    flat = values.reshape(-1, values.shape[2]).astype(np.float32)
    names = [series.name for series in plan.series]
    return pd.concat(
        [pd.DataFrame({**columns, "date": dates}), pd.DataFrame(flat, columns=names)], axis=1
    )


def _words(codes: NDArray[np.generic], names: object) -> object:
    """Codes as names where there are names; a code below zero is nobody."""
    if names is None:
        return codes
    known = [str(name) for name in names]  # type: ignore[attr-defined]
    return pd.Categorical.from_codes(np.maximum(codes.astype(np.int64), -1), categories=known)
