"""Are the scores and the null models what their formulas say?"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from scoring_made import MAPPING, START, ensemble, row

from sim.scoring import nulls
from sim.scoring.mapping import Error, Level, Mapping
from sim.scoring.predict import sort_rows
from sim.scoring.scores import Block, crps, interval_score, pit, score_rows, skill
from sim.scoring.verdict import by_series, overall

THREE = np.array([1.0, 2.0, 3.0])
NORMAL_AT_ITS_MEAN = 0.2336949772


def test_vt_26_crps_of_a_normal_ensemble_at_its_mean():
    """VT-26: (sqrt 2 - 1) / sqrt pi for sigma 1; the band from the replicates."""
    luck = np.random.default_rng(26)
    found = np.array([crps(0.0, luck.normal(size=100)) for _ in range(400)])
    error = found.std(ddof=1) / np.sqrt(len(found))
    assert abs(found.mean() - NORMAL_AT_ITS_MEAN) < 4 * error
    plain = np.array([crps(0.0, 5 * luck.normal(size=100)) for _ in range(400)])
    error = plain.std(ddof=1) / np.sqrt(len(plain))
    assert abs(plain.mean() - 5 * NORMAL_AT_ITS_MEAN) < 4 * error


def test_scores_by_hand():
    # mean |x - y| is 2/3, the mean of |x - x'| over the 6 ordered pairs 8/6
    assert crps(2.0, THREE) == pytest.approx(2 / 3 - 8 / 12)
    assert crps(5.0, THREE) == pytest.approx(3 - 2 / 3)
    assert crps(7.0, np.full(5, 4.0)) == pytest.approx(3.0)
    assert (pit(0.0, THREE), pit(2.0, THREE), pit(9.0, THREE)) == (0.0, 0.5, 1.0)
    assert interval_score(5.0, 2.0, 10.0) == pytest.approx(8.0)
    assert interval_score(13.0, 2.0, 10.0) == pytest.approx(8.0 + 20 * 3.0)
    assert interval_score(1.0, 2.0, 10.0) == pytest.approx(8.0 + 20 * 1.0)


def test_skill():
    assert skill(1.0, 4.0) == 0.75
    assert skill(2.0, 1.0) == -1.0
    assert skill(0.0, 0.0) == 0.0
    assert skill(1.0, 0.0) == -np.inf
    assert np.isnan(skill(1.0, np.nan))


def past(*pairs):
    days = [(date.fromordinal(START.toordinal() + day), value) for day, value in pairs]
    return nulls.past_of(days, START, date(2024, 3, 1))


def test_the_past_ends_before_the_block_and_has_one_value_a_day():
    found = past((10, 4.0), (0, 1.0), (10, 8.0), (60, 9.0), (59, 7.0))
    assert found.days.tolist() == [0, 10, 59]
    assert found.values.tolist() == [1.0, 6.0, 7.0]


def test_null_models_by_hand():
    three = past((0, 0.0), (10, 10.0), (30, 50.0))
    # squares of changes a day: 100/10 and 1600/20
    assert nulls.persistence(three, 40) == pytest.approx((50.0, np.sqrt(10 * 45)))
    # 50 in 30 days; changes around it -20/3 and 20/3
    around = (400 / 9) / 10 + (400 / 9) / 20
    expected = (50 + 10 * 5 / 3, np.sqrt(10 * around))
    assert nulls.constant_rate(three, 40) == pytest.approx(expected)
    assert nulls.persistence(past((3, 5.0)), 40) == (5.0, 0.0)
    assert nulls.constant_rate(past((3, 5.0)), 40) is None
    assert nulls.persistence(past(), 40) is None
    assert nulls.constant_rate(past((0, 1.0), (10, 3.0)), 20) == (5.0, 0.0)


def test_a_null_without_a_spread_takes_its_source_s():
    assert nulls.blurred((50.0, 0.0), 0.2) == (50.0, 10.0)
    assert nulls.blurred((50.0, 3.0), 0.2) == (50.0, 3.0)
    assert nulls.blurred(None, 0.2) is None
    errors = (Error(log_sd=0.2),)
    level = Level(quantity="troops_sent", units=("persons",), errors=errors, source="test")
    rows = [row("sent", "2024-01-05", 40.0), row("sent", "2024-01-21", 50.0, line=3)]
    one = scored(*rows, mapping=Mapping(levels={"sent": level})).iloc[0]
    assert one["crps_persistence"] == pytest.approx(nulls.crps_normal(50.0, (40.0, 8.0)))
    assert np.isnan(one["crps_constant_rate"])


def test_crps_of_the_null_models():
    assert nulls.crps_normal(3.0, (3.0, 2.0)) == pytest.approx(2 * NORMAL_AT_ITS_MEAN)
    assert nulls.crps_normal(3.0, (1.0, 0.0)) == 2.0
    assert np.isnan(nulls.crps_normal(3.0, None))


def test_waiting_for_an_event():
    """Exp(rate), far from the horizon: x - 2 (1 - exp(-rate x)) / rate + 1 / (2 rate)."""
    rate, wait = 0.1, 12.0
    exact = wait - 2 * (1 - np.exp(-rate * wait)) / rate + 1 / (2 * rate)
    assert nulls.crps_waiting(100 + wait, rate, 100, 10_000) == pytest.approx(exact, abs=0.01)
    assert nulls.crps_waiting(40.0, 0.0, 10, 100) == 60.0


def test_hazard_counts_what_came_before_the_block():
    block = date(2024, 1, 11)
    days = [date(2024, 1, 6), None, date(2024, 2, 1)]
    assert nulls.hazard(days, START, block) == pytest.approx(1 / (5 + 10 + 10))
    assert nulls.hazard([], START, block) == 0.0


def scored(*rows, first="2024-01-15", last="2024-03-01", mapping=MAPPING):
    made, block = ensemble(), Block(date.fromisoformat(first), date.fromisoformat(last), rows)
    found = sort_rows(made, mapping, rows)
    bare = sort_rows(ensemble(slopes=(0.0, 0.0, 0.0)), mapping, rows).predictions
    beside = {(one.row.series, one.row.line): one for one in bare}
    return score_rows(found.predictions, beside, made, mapping, block)


def test_a_whole_row_by_hand():
    table = scored(
        row("sent", "2024-01-05", 4.0, line=2),
        row("sent", "2024-01-11", 16.0, line=3),
        row("sent", "2024-01-21", 50.0, line=4),
    )
    assert len(table) == 1
    one = table.iloc[0]
    # day 20: members 20, 40, 60
    assert (one["median"], one["n"], one["pit"]) == (40.0, 3, pytest.approx(2 / 3))
    assert (one["low50"], one["high50"]) == (30.0, 50.0)
    assert (one["low90"], one["high90"]) == (22.0, 58.0)
    assert one["in50"]
    assert one["crps"] == pytest.approx(50 / 3 - 160 / 12)
    assert one["interval_score"] == pytest.approx(36.0)
    assert one["crps_no_treaty"] == 50.0
    # 16 known, 12 in 6 days before: a walk of 24 a day for 10 days; then 2 a day, one change
    walk = nulls.crps_normal(50.0, (16.0, np.sqrt(240)))
    assert one["crps_persistence"] == pytest.approx(walk)
    assert one["crps_constant_rate"] == pytest.approx(50 - 36)
    assert one["skill_no_treaty"] == pytest.approx(1 - (50 / 3 - 160 / 12) / 50)


def test_an_event_by_hand():
    table = scored(row("event.first", "2024-01-16", 1.0, unit="event"))
    one = table.iloc[0]
    # first departures of C on days 5 and 20; the third run never: the horizon, day 70
    members = np.array([5.0, 20.0, 70.0])
    assert (one["observed"], one["unit"], one["median"]) == (15.0, "days", 20.0)
    assert one["crps"] == pytest.approx(crps(15.0, members))
    assert one["crps_persistence"] == 55.0
    assert one["crps_constant_rate"] == 55.0


def test_a_null_without_a_past_is_empty_and_in_no_mean():
    table = scored(row("sent", "2024-01-21", 50.0))
    assert np.isnan(table["crps_persistence"].iloc[0])
    found = overall(table)
    assert found["persistence_series"] == 0
    assert np.isnan(found["persistence"])
    assert found["no_treaty_series"] == 1


def test_given_rows_are_reported_and_enter_no_mean():
    rows = [row("area", "2024-01-09", 90.0, unit="km2"), row("sent", "2024-01-09", 16.0)]
    table = scored(*rows, first="2024-01-01")
    assert table.set_index("series")["given"].to_dict() == {"area": True, "sent": False}
    assert by_series(table)["series"].tolist() == ["sent"]
    assert overall(table)["rows"] == 1
    assert overall(table)["given"] == 1


def test_coverage_is_over_rows_and_skill_over_series():
    rows = [row("sent", f"2024-02-{day:02}", 40.0 + day, line=day) for day in range(1, 9)]
    table = scored(*rows, row("area", "2024-02-01", 300.0, unit="km2", line=99))
    found, series = overall(table), by_series(table).set_index("series")
    assert found["cover90"] == pytest.approx(8 / 9)
    assert series.loc["sent", "cover90"] == 1.0
    assert found["no_treaty"] == pytest.approx(series["no_treaty"].mean())
