"""Weekly series over the first replicates of each point: quantile bands and shares of rungs."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.study.chunk import Chunk
from sim.study.estimate import quantiles
from sim.study.plan import Batch, Plan
from sim.study.tables import DAYS_BETWEEN_SAMPLES, run_keys

BANDS = {"q05": 0.05, "q25": 0.25, "q50": 0.5, "q75": 0.75, "q95": 0.95}


class Weekly:
    """Collects the samples of at most ``plan.band_replicates`` replicates a point.

    Memory is bounded by the plan, whatever the number of runs.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        shape = (len(plan.points), 0, len(plan.series), plan.band_replicates)
        self._kept: NDArray[np.float32] = np.empty(shape, dtype=np.float32)

    def add(self, batch: Batch, chunk: Chunk) -> None:
        """Keep the samples of the batch's early replicates; failed runs stay empty."""
        there = len(chunk.series)
        point, replicate = (keys[:there] for keys in run_keys(batch))
        well = np.asarray([error == "" for error in chunk.errors[:there]], dtype=bool)
        self._keep(point[well], replicate[well], chunk.series[well])

    def restore(self, table: pd.DataFrame) -> None:
        """Keep the samples of a stored part of `paths` or `weekly`: the same as from the run."""
        if table.empty:
            return
        first = table[table["day"] == 0]
        names = [series.name for series in self.plan.series]
        values = table[names].to_numpy(np.float32).reshape(len(first), -1, len(names))
        self._keep(first["point"].to_numpy(), first["replicate"].to_numpy(), values)

    def _keep(
        self, point: NDArray[np.int64], replicate: NDArray[np.int64], values: NDArray[np.float32]
    ) -> None:
        """Samples (n_runs, n_samples, n_series), a run for each point and replicate."""
        place = replicate - self.plan.first
        early = place < self.plan.band_replicates
        if not early.any():
            return
        if self._kept.shape[1] == 0:
            shape = (len(self.plan.points), *values.shape[1:], self.plan.band_replicates)
            self._kept = np.full(shape, np.nan, dtype=np.float32)
        self._kept[point[early], :, :, place[early]] = values[early]

    def bands(self) -> pd.DataFrame:
        """Rows point, day, date, series, q05 … q95, mean, n for every series without rungs."""
        rows = [
            self._band(point, place)
            for point in range(len(self.plan.points))
            for place, series in enumerate(self.plan.series)
            if not series.labels
        ]
        return self._table(rows, ["series", *BANDS, "mean", "n"])

    def shares(self) -> pd.DataFrame:
        """Rows point, day, date, series, rung, label, share, n for every series with rungs."""
        rows = [
            self._share(point, place, rung)
            for point in range(len(self.plan.points))
            for place, series in enumerate(self.plan.series)
            for rung in range(len(series.labels))
        ]
        return self._table(rows, ["series", "rung", "label", "share", "n"])

    def _band(self, point: int, place: int) -> dict[str, object]:
        values = self._kept[point, :, place, :]
        n = np.sum(~np.isnan(values), axis=-1)
        with np.errstate(invalid="ignore", divide="ignore"):
            mean = np.nansum(values, axis=-1, dtype=np.float64) / n
        spread = dict(zip(BANDS, quantiles(values, list(BANDS.values())), strict=True))
        name = self.plan.series[place].name
        return {"point": point, "series": name, **spread, "mean": mean, "n": n}

    def _share(self, point: int, place: int, rung: int) -> dict[str, object]:
        values = self._kept[point, :, place, :]
        n = np.sum(~np.isnan(values), axis=-1)
        with np.errstate(invalid="ignore", divide="ignore"):
            share = np.sum(values == rung, axis=-1) / n
        series = self.plan.series[place]
        names = {"point": point, "series": series.name, "rung": rung}
        return {**names, "label": series.labels[rung], "share": share, "n": n}

    def _table(self, rows: list[dict[str, object]], columns: list[str]) -> pd.DataFrame:
        """Stack the rows, adding day and date of each sample."""
        order = ["point", "day", "date", *columns]
        samples = self._kept.shape[1]
        if not rows or not samples:
            return pd.DataFrame(columns=order)
        days = DAYS_BETWEEN_SAMPLES * np.arange(samples)
        table = {name: _stack([row[name] for row in rows], samples) for name in rows[0]}
        table["day"] = np.tile(days, len(rows))
        table["date"] = pd.Timestamp(self.plan.start) + pd.to_timedelta(table["day"], unit="D")
        return pd.DataFrame(table)[order]


def _stack(cells: list[object], samples: int) -> NDArray[np.generic]:
    """One column from a cell a row: arrays one after the other, single values repeated."""
    if isinstance(cells[0], np.ndarray):
        return np.concatenate(cells)  # type: ignore[arg-type]
    return np.repeat(np.asarray(cells), samples)
