"""Weekly bands for the explorer, thinned so that the page stays small."""

from __future__ import annotations

from typing import Any

import pandas as pd

from sim.report.context import Context
from sim.report.html.estimates import short
from sim.report.wording import sentence_case, unit_words
from sim.study.weekly import BANDS

MOST_NUMBERS = 60_000
WIDEST = 13
DRAWN = 4
"""The first so many quantities; what else is sampled is there for scoring and matching."""


def weeks(bands: pd.DataFrame, context: Context) -> dict[str, Any]:
    """Dates, and for each quantity five quantiles for each point and date; empty if too many."""
    series = [one for one in context.series if not one.labels][:DRAWN]
    step = _step(len(bands[bands["series"].isin([one.name for one in series])]))
    days = sorted(bands["day"].unique())[::step]
    if step > WIDEST or not days:
        return {"dates": [], "series": []}
    kept = bands[bands["day"].isin(days)].sort_values(["point", "day"])
    found = [_series(kept[kept["series"] == one.name], len(days)) for one in series]
    names = [
        {"words": sentence_case(context.words(one.name)), "unit": unit_words(one.unit)}
        for one in series
    ]
    first = kept[kept["point"] == kept["point"].iloc[0]].drop_duplicates("day")
    dates = [f"{day:%Y-%m-%d}" for day in first["date"]]
    return {"dates": dates, "series": [name | one for name, one in zip(names, found)]}


def _step(rows: int) -> int:
    """Weeks from one date to the next that keep the numbers within bounds."""
    return -(-rows * len(BANDS) // MOST_NUMBERS) or 1


def _series(rows: pd.DataFrame, days: int) -> dict[str, Any]:
    """Each quantile as a list of points of lists of dates."""
    return {
        quantile: [short(values[start : start + days], 3) for start in range(0, len(values), days)]
        for quantile, values in ((name, rows[name].to_numpy()) for name in BANDS)
    }
