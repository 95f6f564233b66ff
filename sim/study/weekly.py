"""Weekly series over the first replicates of each point: quantile bands and shares of rungs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from sim.study.columns import Read
from sim.study.declared import Series
from sim.study.estimate import quantiles
from sim.study.plan import Plan
from sim.study.tables import DAYS_BETWEEN_SAMPLES

BANDS = {"q05": 0.05, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q95": 0.95}
KEYS = ("point", "replicate", "day")
AT_A_TIME = 8 * 1024**2
"""Samples that are held at once: 32 MiB."""

Samples = NDArray[np.float32]
Rows = list[dict[str, object]]


def bands_and_shares(plan: Plan, read: Read) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Both tables from the stored samples, a few series at a time.

    Bands: rows point, day, date, series, q05 … q95, mean, n for every series without rungs.
    Shares: rows point, day, date, series, rung, label, share, n for every series with rungs.
    """
    bands: Rows = []
    shares: Rows = []
    samples = 0
    for some in _groups(plan):
        kept = _samples(plan, some, read([*KEYS, *(one.name for one in some)]))
        samples = kept.shape[2]
        for place, series in enumerate(some):
            for point, values in enumerate(kept[place]):
                if series.labels:
                    shares += _shares(point, series, values)
                else:
                    bands.append(_band(point, series, values))
    return (
        _table(plan, bands, samples, ["series", *BANDS, "mean", "n"]),
        _table(plan, shares, samples, ["series", "rung", "label", "share", "n"]),
    )


def _groups(plan: Plan) -> Iterator[Sequence[Series]]:
    """Neighbouring series, as many as are held at once if there were 200 samples a run."""
    width = max(1, AT_A_TIME // max(200 * len(plan.points) * plan.band_replicates, 1))
    for first in range(0, len(plan.series), width):
        yield plan.series[first : first + width]


def _samples(plan: Plan, some: Sequence[Series], stored: Iterable[pa.Table]) -> Samples:
    """Samples (series, points, samples, replicates); NaN where a run failed or is not there."""
    shape = (len(some), len(plan.points))
    kept: Samples = np.empty((*shape, 0, plan.band_replicates), dtype=np.float32)
    for table in (part.to_pandas() for part in stored if part.num_rows):
        first = table[table["day"] == 0]
        values = table[[one.name for one in some]].to_numpy(np.float32)
        values = values.reshape(len(first), -1, len(some))
        if kept.shape[2] == 0:
            whole = (*shape, values.shape[1], plan.band_replicates)
            kept = np.full(whole, np.nan, dtype=np.float32)
        point = first["point"].to_numpy()
        replicate = first["replicate"].to_numpy() - plan.first
        early = replicate < plan.band_replicates
        kept[:, point[early], :, replicate[early]] = values[early].transpose(0, 2, 1)
    return kept


def _band(point: int, series: Series, values: Samples) -> dict[str, object]:
    n = np.sum(~np.isnan(values), axis=-1)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.nansum(values, axis=-1, dtype=np.float64) / n
    spread = dict(zip(BANDS, quantiles(values, list(BANDS.values())), strict=True))
    return {"point": point, "series": series.name, **spread, "mean": mean, "n": n}


def _shares(point: int, series: Series, values: Samples) -> Rows:
    n = np.sum(~np.isnan(values), axis=-1)
    rows: Rows = []
    for rung, label in enumerate(series.labels):
        with np.errstate(invalid="ignore", divide="ignore"):
            share = np.sum(values == rung, axis=-1) / n
        names = {"point": point, "series": series.name, "rung": rung, "label": label}
        rows.append({**names, "share": share, "n": n})
    return rows


def _table(plan: Plan, rows: Rows, samples: int, columns: Sequence[str]) -> pd.DataFrame:
    """Stack the rows point by point, adding day and date of each sample."""
    order = ["point", "day", "date", *columns]
    if not rows or not samples:
        return pd.DataFrame(columns=order)
    rows = sorted(rows, key=lambda row: row["point"])  # type: ignore[arg-type, return-value]
    days = DAYS_BETWEEN_SAMPLES * np.arange(samples)
    table = {name: _stack([row[name] for row in rows], samples) for name in rows[0]}
    table["day"] = np.tile(days, len(rows))
    table["date"] = pd.Timestamp(plan.start) + pd.to_timedelta(table["day"], unit="D")
    return pd.DataFrame(table)[order]


def _stack(cells: list[object], samples: int) -> NDArray[np.generic]:
    """One column from a cell a row: arrays one after the other, single values repeated."""
    if isinstance(cells[0], np.ndarray):
        return np.concatenate(cells)  # type: ignore[arg-type]
    return np.repeat(np.asarray(cells), samples)
