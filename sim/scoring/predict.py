"""What the ensemble makes each source say: the model's value, the source's bias and its error."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import exp, sqrt

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.errors import usage_error
from sim.priors import clock_of
from sim.rules import streams
from sim.rules.draws import uniform_at
from sim.rules.observation import MONTH_DAYS
from sim.rules.quantiles import normal
from sim.scoring.ensemble import Ensemble, Floats, ensemble_of
from sim.scoring.mapping import Error, Happening, Level, Mapping, load_mapping, mapping_file
from sim.scoring.point import choose
from sim.scoring.record import Row
from sim.study.store import Study
from sim.tags import tag

Z90 = 1.6448536269514722
DAY_ERROR = 1.0


@dataclass(frozen=True)
class Prediction:
    """One row and what each member says of it, without (`mean`) and with the source's error."""

    row: Row
    kind: str
    quantity: str
    observed: float
    unit: str
    model: Floats
    said: Floats
    error_sd: float
    given: bool


@dataclass(frozen=True)
class Sorted:
    """The rows of a record by what can be done with them; the others with why not."""

    predictions: list[Prediction]
    left: list[tuple[Row, str, str]]


@dataclass(frozen=True)
class Judged:
    """What a source's past rows say of its lasting error z: mean and sd for each member."""

    mean: Floats
    sd: Floats


@dataclass(frozen=True)
class Learned:
    """What is known of sources, by series and place among its errors.

    fresh: part of a source's log-sd that is anew in each row, see `sim.scoring.fit.learn`.
    """

    judged: Table[tuple[str, int], Judged]
    fresh: float


def sort_rows(
    ensemble: Ensemble, mapping: Mapping, rows: Iterable[Row], learned: Learned | None = None
) -> Sorted:
    """A prediction for each row that the mapping knows and the ensemble reaches."""
    found = Sorted([], [])
    seen: set[str] = set()
    for row in sorted(rows, key=lambda row: (row.date, row.line)):
        why, detail = _left_out(ensemble, mapping, row, seen)
        if why:
            found.left.append((row, why, detail))
        elif row.series in mapping.events:
            seen.add(row.series)
            found.predictions.append(_event(ensemble, mapping.events[row.series], row))
        else:
            level = mapping.levels[row.series]
            found.predictions.append(_level(ensemble, level, row, learned))
    return found


def _left_out(ensemble: Ensemble, mapping: Mapping, row: Row, seen: set[str]) -> tuple[str, str]:
    """Why a row cannot be scored, in a word and in a sentence; empty when it can."""
    level = mapping.levels.get(row.series)
    if level is None and row.series not in mapping.events:
        reason = mapping.reason(row.series)
        return ("unmapped", "unknown series") if reason is None else ("excused", reason)
    omitted = mapping.omitted(row.series, row.date)
    if omitted is not None:
        return "omitted", omitted
    if level is not None and row.unit not in level.units:
        return "unit", f"unit '{row.unit}', where {' or '.join(level.units)} is known"
    if ensemble.day_of(row.date) > ensemble.horizon:
        return "beyond", "beyond the study's horizon"
    if ensemble.day_of(row.date) < 0:
        return "before", "before the study's start"
    return ("repeated", "a later mention of the same event") if row.series in seen else ("", "")


def _event(ensemble: Ensemble, event: Happening, row: Row) -> Prediction:
    """Days from the start to the event, censored at the horizon."""
    days = ensemble.first(event)
    observed = float(ensemble.day_of(row.date))
    given = event.given_until is not None and row.date <= event.given_until
    return Prediction(row, "event", event.kind, observed, "days", days, days, DAY_ERROR, given)


def _level(ensemble: Ensemble, level: Level, row: Row, learned: Learned | None) -> Prediction:
    """The source's words: value, bias, and its error of judgement."""
    place, error = error_of(level, row)
    log_sd = log_sd_at(error, level.since, row.date)
    model = error.bias * ensemble.level(level, row.date)
    said = model * np.exp(log_sd * _off(ensemble, row, place, learned))
    observed = float(getattr(row, level.value))
    spread = 0.0 if level.value != "central" else (row.high - row.low) / (2 * Z90)
    sd = max(log_sd * abs(observed), spread)
    given = level.given_until is not None and row.date <= level.given_until
    return Prediction(row, "level", level.quantity, observed, row.unit, model, said, sd, given)


def _off(ensemble: Ensemble, row: Row, place: int, learned: Learned | None) -> Floats:
    """The source's error for a row in log-sds, by member: z, the same at all dates.

    When something is learned: s (mean + sd z) + f e, with e drawn anew for each date, which is
    distributed as z where a source has no past.
    """
    members = tuple(int(member) for member in ensemble.members)
    z = judgement(ensemble.seed, members, row.series, place)
    if learned is None:
        return z
    judged = learned.judged.get((row.series, place))
    lasting = z if judged is None else judged.mean + judged.sd * z
    e = judgement(ensemble.seed, members, row.series, place, 1 + ensemble.day_of(row.date))
    found: Floats = sqrt(1.0 - learned.fresh**2) * lasting + learned.fresh * e
    return found


def error_of(level: Level, row: Row) -> tuple[int, Error]:
    """The first error whose source the row names, and its place; the last is everybody's."""
    for place, error in enumerate(level.errors):
        if not error.said_by or any(name in row.source for name in error.said_by):
            return place, error
    return len(level.errors) - 1, level.errors[-1]


def log_sd_at(error: Error, since: date | None, day: date) -> float:
    """Log-sd of a source's error at an age of evidence: as `sim.rules.observation.estimate`."""
    if error.log_sd_late is None or since is None:
        return error.log_sd
    fresh = exp(-max(0, (day - since).days) / MONTH_DAYS)
    return error.log_sd_late + (error.log_sd - error.log_sd_late) * fresh


@cache
def judgement(
    seed: int, members: tuple[int, ...], series: str, place: int, day: int = 0
) -> NDArray[np.float64]:
    """A source's error of judgement in each member: standard normal, keyed, the same every time.

    Day 0 has the error that lasts, the days from 1 on those that are anew.
    """
    key = tag("scoring", series, str(place))
    draws = [
        normal(uniform_at(clock_of(seed, one), day, streams.OBSERVATION, key, 0)) for one in members
    ]
    return np.asarray(draws)


def predicted(
    study: Study, rows: Sequence[Row], point: int | None = None, mapping: Mapping | None = None
) -> pd.DataFrame:
    """One row for each row that is mapped and not given, for history matching.

    line, series, date, quantity, unit, observed; mean and variance of the ensemble (bias
    applied, no error); error_variance of the observation: (log-sd x observed)^2 or
    ((high - low) / 3.29)^2, whichever is larger; one day for an event; `members`, the array of
    the members' values, and `said`, with the source's error, which stays the same at all dates.
    Implausibility: |observed - mean| / sqrt(error_variance + discrepancy + variance).
    """
    if mapping is None:
        mapping = load_mapping(mapping_file(study.config["scenario"]["record"]))
    number = choose(study) if point is None else point
    made = sort_rows(ensemble_of(study, number), mapping, rows).predictions
    return pd.DataFrame([_target(one) for one in made if not one.given], columns=TARGET)


TARGET = [
    "line", "series", "date", "quantity", "unit", "observed",
    "mean", "variance", "error_variance", "members", "said",
]  # fmt: skip


def _target(one: Prediction) -> dict[str, object]:
    return {
        "line": one.row.line,
        "series": one.row.series,
        "date": one.row.date,
        "quantity": one.quantity,
        "unit": one.unit,
        "observed": one.observed,
        "mean": float(one.model.mean()),
        "variance": float(one.model.var(ddof=1)),
        "error_variance": one.error_sd**2,
        "members": one.model,
        "said": one.said,
    }


def refuse_small(predictions: Iterable[Prediction]) -> None:
    """UsageError when an event has fewer than two witnesses."""
    for one in predictions:
        if len(one.said) < 2:
            fault = f"{len(one.said)} runs with a ledger; 2 are needed to score {one.row.series}"
            raise usage_error(fault, hint="run the study with more replicates")
