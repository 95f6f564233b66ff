"""The model at the scenario's two check days beside the public record's rows of those days."""

from __future__ import annotations

from datetime import date

import pandas as pd

from sim.report.slices import at
from sim.report.telling import Telling
from sim.report.wording import day_words, listed, unit_words, whole
from sim.scenario.spec import Focus

LABEL = "In-sample consistency, not validation"


def against_record(told: Telling, focus: Focus) -> str:
    """Median and P10–P90 of casualties and area on their days against low–high of the record."""
    if told.context.record is None:
        return "No public record is laid beside this scenario, so nothing is compared with one."
    held = at(told.points, told.middle).iloc[0]
    checks = (
        ("sender_casualties", "sender_casualties_at_check", focus.casualties_on),
        ("area_held", "area_at_check", focus.area_on),
    )
    parts = [
        _beside(told, held, series, outcome, day)
        for series, outcome, day in checks
        if day is not None
    ]
    if not parts:
        return "The scenario names no day on which to look at the public record."
    where = told.place(told.varied or [told.lever])
    return f"{LABEL}: at {where} the model's median of {'; its median of '.join(parts)}."


def _beside(told: Telling, row: pd.Series, series: str, outcome: str, day: date) -> str:
    """One outcome on its day, and each report of the record for that day."""
    from sim.report.figures.record import record_points  # with it comes matplotlib, which is slow

    p10, p50, p90 = (whole(row[f"{outcome}_{p}"]) for p in ("p10", "p50", "p90"))
    unit = next(one.unit for one in told.context.outcomes if one.name == outcome)
    reports = record_points(told.context, series)
    rows = reports[reports["date"] == pd.Timestamp(day)]
    said = [_report(*row) for row in zip(rows["low"], rows["high"], rows["reporter"])]
    return (
        f"{told.context.words(series)} on {day_words(day)} is {p50} {unit_words(unit)} (P10–P90 "
        f"{p10} to {p90}), where the public record has {listed(said) if said else 'no report'}"
    )


def _report(low: float, high: float, who: str) -> str:
    ends = f"{low:,.0f}" if low == high else f"{low:,.0f}–{high:,.0f}"
    return f"{ends} ({who})"
