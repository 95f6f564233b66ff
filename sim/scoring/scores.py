"""The scores of each row: intervals, PIT, CRPS, interval score, and skill against null models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import scoringrules as sr

from sim.scoring import nulls
from sim.scoring.ensemble import Ensemble, Floats
from sim.scoring.mapping import Mapping as Mapped
from sim.scoring.predict import Prediction, error_of, log_sd_at
from sim.scoring.record import Row

NULLS = ("persistence", "constant_rate", "no_treaty")
ENDS = {"median": 0.5, "low50": 0.25, "high50": 0.75, "low90": 0.05, "high90": 0.95}
KEYS = ("line", "series", "date", "kind", "quantity", "unit", "source", "given", "observed", "n")
COLUMNS = (
    *KEYS, *ENDS, "pit", "in50", "in90", "crps", "interval_score",
    *(f"crps_{name}" for name in NULLS), *(f"skill_{name}" for name in NULLS),
)  # fmt: skip


@dataclass(frozen=True)
class Block:
    """What is scored: the days from `first` to `last`, and the record known before `first`."""

    first: date
    last: date
    known: Sequence[Row]

    def holds(self, day: date) -> bool:
        """Whether a row of this day is scored."""
        return self.first <= day <= self.last


def crps(observed: float, members: Floats) -> float:
    """Fair CRPS of an ensemble, in the unit of the row (Ferro 2014; scoringrules).

    mean|X - y| - sum|X - X'| / (2 m (m - 1)): without bias in the number of members m >= 2.
    """
    return float(sr.crps_ensemble(observed, members, estimator="fair", backend="numpy"))


def pit(observed: float, members: Floats) -> float:
    """Share of members below the observation; of those equal to it, half."""
    return float(np.mean(members < observed) + 0.5 * np.mean(members == observed))


def interval_score(observed: float, low: float, high: float) -> float:
    """Width of the 90 % interval and 20 times the distance outside it (Gneiting & Raftery 2007)."""
    return float(sr.interval_score(observed, low, high, 0.1))


def skill(ours: float, theirs: float) -> float:
    """1 - CRPS / CRPS of the null model; minus infinity against an exact one, NaN without one."""
    if np.isnan(theirs):
        return float("nan")
    if theirs == 0.0:
        return 0.0 if ours == 0.0 else float("-inf")
    return 1.0 - ours / theirs


def score_rows(
    predictions: Sequence[Prediction],
    bare: Mapping[tuple[str, int], Prediction],
    ensemble: Ensemble,
    mapping: Mapped,
    block: Block,
) -> pd.DataFrame:
    """One row a prediction within the block, columns `COLUMNS`; `bare` without a treaty."""
    nullers = Nullers(ensemble, mapping, block)
    rows = []
    for one in predictions:
        if block.holds(one.row.date):
            other = bare.get((one.row.series, one.row.line))
            rows.append({**_own(one), **nullers.of(one, other)})
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    for name in NULLS:
        pairs = zip(table["crps"], table[f"crps_{name}"], strict=True)
        table[f"skill_{name}"] = [skill(ours, theirs) for ours, theirs in pairs]
    return table


def _own(one: Prediction) -> dict[str, object]:
    row, y, members = one.row, one.observed, one.said
    ends = {name: float(np.quantile(members, share)) for name, share in ENDS.items()}
    about: dict[str, object] = {
        "line": row.line, "series": row.series, "date": row.date, "kind": one.kind,
        "quantity": one.quantity, "unit": one.unit, "source": row.source, "given": one.given,
        "observed": y, "n": len(members), **ends,
    }  # fmt: skip
    return about | {
        "pit": pit(y, members),
        "in50": ends["low50"] <= y <= ends["high50"],
        "in90": ends["low90"] <= y <= ends["high90"],
        "crps": crps(y, members),
        "interval_score": interval_score(y, ends["low90"], ends["high90"]),
    }


class Nullers:
    """The null models of one block."""

    def __init__(self, ensemble: Ensemble, mapping: Mapped, block: Block) -> None:
        self.ensemble, self.mapping, self.block = ensemble, mapping, block
        self.pairs = _pairs(mapping, block.known)
        self.first = float(ensemble.day_of(block.first))
        self.rate = nulls.hazard(self._happened(), ensemble.start, block.first)

    def of(self, one: Prediction, bare: Prediction | None) -> dict[str, float]:
        """CRPS of each null model for a row; NaN where it has nothing to go by."""
        own = float("nan") if bare is None else crps(one.observed, bare.said)
        if one.kind == "event":
            horizon = float(self.ensemble.horizon)
            waiting = nulls.crps_waiting(one.observed, self.rate, self.first, horizon)
            return dict(zip(_columns(), (abs(one.observed - horizon), waiting, own), strict=True))
        day = float(self.ensemble.day_of(one.row.date))
        known = self.pairs.get(one.row.series, [])
        past = nulls.past_of(known, self.ensemble.start, self.block.first)
        found = (nulls.persistence(past, day), nulls.constant_rate(past, day))
        own_error = self._log_sd(one.row)
        level = [nulls.crps_normal(one.observed, nulls.blurred(n, own_error)) for n in found]
        return dict(zip(_columns(), (*level, own), strict=True))

    def _log_sd(self, row: Row) -> float:
        """The log-sd of the error that the mapping gives the row's source."""
        level = self.mapping.levels[row.series]
        return log_sd_at(error_of(level, row)[1], level.since, row.date)

    def _happened(self) -> Iterable[date | None]:
        """First day of each event that is not given, None of those the record does not have."""
        for name, event in self.mapping.events.items():
            if event.given_until is None:
                days = [row.date for row in self.block.known if row.series == name]
                yield min(days, default=None)


def _columns() -> list[str]:
    return [f"crps_{name}" for name in NULLS]


def _pairs(mapping: Mapped, rows: Iterable[Row]) -> dict[str, list[tuple[date, float]]]:
    """(date, value) of the usable reports of each mapped series."""
    pairs: dict[str, list[tuple[date, float]]] = {}
    for row in rows:
        level = mapping.levels.get(row.series)
        if level is None or row.unit not in level.units:
            continue
        if mapping.omitted(row.series, row.date) is None:
            value = float(getattr(row, level.value))
            pairs.setdefault(row.series, []).append((row.date, value))
    return pairs
