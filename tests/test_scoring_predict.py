"""What the ensemble makes a source say, and which rows it can say nothing of."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from scoring_made import MAPPING, ensemble, row

from sim.scoring.mapping import Error, Level, Mapping
from sim.scoring.predict import judgement, log_sd_at, sort_rows


def one(series_row, mapping=MAPPING, **options):
    return sort_rows(ensemble(**options), mapping, [series_row]).predictions[0]


def test_linear_between_the_weekly_samples():
    assert one(row("sent", "2024-01-15", 0.0)).model.tolist() == [14.0, 28.0, 42.0]
    assert one(row("sent", "2024-01-18", 0.0)).model.tolist() == [17.0, 34.0, 51.0]


def test_change_over_a_week_and_before_the_start():
    assert one(row("weekly", "2024-01-18", 0.0)).model.tolist() == [7.0, 14.0, 21.0]
    assert one(row("weekly", "2024-01-03", 0.0)).model.tolist() == [2.0, 4.0, 6.0]


def test_an_outcome_that_never_came_is_the_horizon():
    made = Level(
        quantity="treaty_in_force_days", units=("days",), errors=(Error(log_sd=0.0),), source="t"
    )
    found = one(row("x", "2024-01-18", 9.0, unit="days"), Mapping(levels={"x": made}))
    assert found.model.tolist() == [10.0, 70.0, 30.0]


def test_a_severity_is_found_among_steps():
    found = one(row("event.step", "2024-01-18", 1.0, unit="event"))
    assert found.model.tolist() == [70.0, 70.0, 40.0]


def test_the_value_that_is_compared():
    found = one(row("area", "2024-01-18", 120.0, low=90.0, high=150.0, unit="km2"))
    assert (found.observed, found.given) == (90.0, False)


ERRORS = (Error(said_by=("ROK", "NIS"), bias=0.5, log_sd=0.0), Error(bias=2.0, log_sd=0.3))


@pytest.mark.parametrize(("source", "bias"), [("ROK NIS: 10", 0.5), ("Someone", 2.0)])
def test_the_bias_is_the_source_s(source, bias):
    level = Level(quantity="troops_sent", units=("persons",), errors=ERRORS, source="t")
    found = one(row("sent", "2024-01-15", 5.0, source=source), Mapping(levels={"sent": level}))
    assert found.model.tolist() == [bias * 14, bias * 28, bias * 42]
    assert (found.said == found.model).all() == (bias == 0.5)


def test_the_error_has_the_stated_spread_and_is_the_same_every_time():
    """Mean 0 and sd 1 of log errors, in bands from the number of members."""
    z = judgement(1, tuple(range(4000)), "sent", 0)
    assert abs(z.mean()) < 4 / np.sqrt(4000)
    assert abs(z.var(ddof=1) - 1) < 4 * np.sqrt(2 / 4000)
    assert (z[:10] == judgement(1, tuple(range(10)), "sent", 0)).all()
    assert not (z[:10] == judgement(2, tuple(range(10)), "sent", 0)).any()
    assert not (z[:10] == judgement(1, tuple(range(10)), "sent", 1)).any()


def test_errors_shrink_with_evidence():
    error = Error(log_sd=0.35, log_sd_late=0.15)
    first = date(2024, 11, 5)
    assert log_sd_at(error, first, first) == 0.35
    assert log_sd_at(error, first, date(2024, 12, 5)) == pytest.approx(0.15 + 0.2 / np.e)
    assert log_sd_at(error, first, date(2020, 1, 1)) == 0.35
    assert log_sd_at(error, None, date(2025, 1, 1)) == 0.35


LEFT = [
    (row("never.seen", "2024-01-18", 1.0), "unmapped", "unknown series"),
    (row("excused.two", "2024-01-18", 1.0), "excused", "because of a wildcard"),
    (row("excused.one", "2024-01-18", 1.0), "excused", "because of its name"),
    (row("sent", "2024-01-18", 1.0, unit="dozens"), "unit", "unit 'dozens'"),
    (row("sent", "2024-03-12", 1.0), "beyond", "beyond the study's horizon"),
    (row("sent", "2031-01-01", 1.0), "beyond", "beyond the study's horizon"),
    (row("sent", "2023-12-31", 1.0), "before", "before the study's start"),
]


@pytest.mark.parametrize(("left", "why", "detail"), LEFT)
def test_rows_that_cannot_be_scored_say_why(left, why, detail):
    found = sort_rows(ensemble(), MAPPING, [left])
    assert not found.predictions
    [(_, said, words)] = found.left
    assert said == why
    assert detail in words


def test_the_last_sampled_day_is_within_the_horizon():
    assert one(row("sent", "2024-03-11", 0.0)).model.tolist() == [70.0, 140.0, 210.0]


def test_a_later_mention_of_an_event_is_no_second_event():
    rows = [row("event.first", "2024-01-20", 1.0, line=2), row("event.first", "2024-01-10", 1.0)]
    found = sort_rows(ensemble(), MAPPING, rows)
    assert [p.row.date for p in found.predictions] == [date(2024, 1, 10)]
    assert found.left[0][1] == "repeated"
