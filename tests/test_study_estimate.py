"""Are the estimates and their intervals right?"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from study_fakes import FakeOutcome

from sim.errors import UsageError
from sim.study.estimate import paired, quantiles, summarise, wilson

OUTCOMES = (
    FakeOutcome("share", "probability"),
    FakeOutcome("size", "amount"),
    FakeOutcome("days", "time"),
)


def runs_of(**columns) -> pd.DataFrame:
    table = pd.DataFrame(columns)
    table["failed"] = table.get("failed", False)
    return table


@given(st.integers(1, 2_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_agrees_with_scipy(case):
    successes, n = case
    low, high = wilson(successes, n)
    expected = binomtest(successes, n).proportion_ci(method="wilson")
    assert (float(low), float(high)) == pytest.approx((expected.low, expected.high), abs=1e-12)


def test_wilson_of_nothing_is_unknown():
    assert np.isnan(wilson(0, 0)).all()


@given(st.lists(st.floats(-1e6, 1e6), max_size=30), st.integers(0, 5))
def test_quantiles_agree_with_numpy_and_skip_missing(values, missing):
    row = np.array([[*values, *[np.nan] * missing]])
    found = [float(one[0]) for one in quantiles(row, [0.0, 0.1, 0.5, 1.0])]
    expected = np.quantile(values, [0.0, 0.1, 0.5, 1.0]) if values else [np.nan] * 4
    assert found == pytest.approx(list(expected), nan_ok=True)


def test_one_row_a_point_with_failures_left_out():
    runs = runs_of(
        point=[0, 1, 0, 1, 0, 1],
        lever=[5, 6] * 3,
        failed=[False, False, False, True, False, False],
        share=[1.0, 0, 0, np.nan, 0, 1],
        size=[1.0, 4, 2, np.nan, 3, 6],
        days=[10.0, np.nan, np.nan, np.nan, 20, np.nan],
    )
    points = summarise(runs, OUTCOMES, ["lever"])
    assert points["lever"].tolist() == [5, 6]
    assert points["n"].tolist() == [3, 2]
    assert points["failed"].tolist() == [0, 1]
    assert points["share"].tolist() == pytest.approx([1 / 3, 0.5])
    assert points["size"].tolist() == [2, 5]
    assert points["size_high"][0] == pytest.approx(2 + 1.96 / np.sqrt(3), abs=1e-3)
    assert points["days"].tolist() == pytest.approx([15, np.nan], nan_ok=True)
    assert points["days_never"].tolist() == pytest.approx([1 / 3, 1.0])


def test_percentiles_of_a_time_count_the_runs_in_which_it_never_happened():
    days = [*range(1, 7), np.nan, np.nan, np.nan, np.nan]
    runs = runs_of(point=[0] * 10, days=[float(day) for day in days])
    row = summarise(runs, OUTCOMES[2:], []).iloc[0]
    assert row["days_p50"] == pytest.approx(5.5)
    assert np.isnan(row["days_p90"])


def test_paired_difference_over_shared_replicates():
    runs = runs_of(
        point=[0, 1, 0, 1, 0, 1],
        replicate=[0, 0, 1, 1, 2, 2],
        lever=[0, 9] * 3,
        share=[0.0, 1, 0, 0, 1, 0],
        size=[1.0, 3, 2, 5, 3, 7],
    )
    change = paired(runs, "lever", 0, 9, "size")
    assert (change.n, change.mean, change.up, change.down) == (3, 3.0, 3, 0)
    assert change.high - change.mean == pytest.approx(1.96 / np.sqrt(3), abs=1e-3)
    flips = paired(runs, "lever", 0, 9, "share")
    assert (flips.up, flips.down, flips.mean) == (1, 1, 0.0)
    assert flips.low < 0 < flips.high


def test_paired_interval_has_a_width_when_no_run_changed():
    runs = runs_of(
        point=[0, 1] * 50, replicate=np.repeat(range(50), 2), lever=[0, 9] * 50, share=[0.0] * 100
    )
    change = paired(runs, "lever", 0, 9, "share")
    assert change.low < 0 == change.mean < change.high < 0.06


def test_a_pair_needs_one_point_on_each_side():
    runs = runs_of(
        point=[0, 1, 2, 3], replicate=[0] * 4, lever=[0, 0, 9, 9], other=[1, 2] * 2, size=1.0
    )
    with pytest.raises(UsageError, match="2 points"):
        paired(runs, "lever", 0, 9, "size")
    with pytest.raises(UsageError, match="0 points"):
        paired(runs, "lever", 0, 8, "size", at={"other": 1})
    assert paired(runs, "lever", 0, 9, "size", at={"other": 2}).n == 1
