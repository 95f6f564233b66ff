"""History matching: implausibility by hand, what is kept, and the verb `match`."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from program import BUILT_IN, FINE, call, contents
from scoring_made import row

from sim.cli import match as verb
from sim.matching.candidates import spread
from sim.matching.implausibility import of_runs, of_vectors
from sim.matching.match import Match
from sim.matching.settings import read_settings
from sim.matching.telling import by_series, narrowed
from sim.scenario.load import load_scenario
from sim.scenario.prior import vectors_of
from sim.scoring.predict import Prediction

SETTINGS = read_settings(BUILT_IN)


def target(model, observed=100.0, error_sd=0.0, kind="level"):
    """What four runs of two vectors say of one row: runs 0 and 2 have vector 0."""
    values = np.asarray(model, dtype=float)
    one = row("x", "2024-11-01", observed)
    return Prediction(one, kind, "q", observed, "u", values, values, error_sd, False)


def test_implausibility_of_vectors_by_hand():
    """Level 100, error 15, discrepancy .2 x 100 = 20: V = 225 + 400 + luck (1 + 1/2).

    Vector 0 says 110 and 130: mean 120, luck 200, V = 925. Vector 1 says 40 twice: V = 625.
    """
    found = of_vectors(target([110, 40, 130, 40], error_sd=15.0), SETTINGS, 2)
    assert found == pytest.approx([20 / np.sqrt(925), 60 / 25])


def test_implausibility_of_runs_by_hand():
    found = of_runs(target([110, 40, 130, 40], error_sd=15.0), SETTINGS)
    assert found == pytest.approx([10 / 25, 60 / 25, 30 / 25, 60 / 25])


def test_a_date_may_be_off_by_days():
    """An event's discrepancy is 30 days whatever its date: V = 900 + 1."""
    found = of_runs(target([400, 430], observed=400.0, error_sd=1.0, kind="event"), SETTINGS)
    assert found == pytest.approx([0.0, 30 / np.sqrt(901)])


def test_a_row_of_nothing_rules_nothing_out():
    assert of_runs(target([0.0], observed=0.0), SETTINGS).tolist() == [0.0]


def made():
    """Three vectors and three rows of two series: the last vector is ruled out by one row."""
    vectors = pd.DataFrame({"a": [1.0, 2.0, 3.0]})
    rows = [target([0.0]), target([0.0]), target([0.0])]
    object.__setattr__(rows[2], "row", row("y", "2024-11-01", 1.0))
    apart = np.array([[0.5, 1.0, 0.0], [2.9, 0.1, 1.0], [0.0, 3.0, 2.0]])
    return Match(vectors, rows, apart, limit=3.0)


def test_one_row_is_enough_to_rule_a_vector_out():
    found = made()
    assert found.kept.tolist() == [True, True, False]
    assert found.remaining["a"].tolist() == [1.0, 2.0]


def test_what_each_series_rules_out():
    table = by_series(made()).set_index("series")
    assert table["rows"].to_dict() == {"x": 2, "y": 1}
    assert table["ruled_out"].to_dict() == {"x": pytest.approx(1 / 3), "y": 0.0}
    assert table.loc["x", ["least", "median"]].tolist() == [1.0, 2.9]


def test_how_the_prior_narrows():
    """P10 to P90: 1.2 to 2.8 before, 1.1 to 1.9 after, half as wide."""
    [one] = narrowed(made()).to_dict("records")
    assert (one["wide_p10"], one["matched_p90"]) == (pytest.approx(1.2), pytest.approx(1.9))
    assert one["width"] == pytest.approx(0.5)


def test_candidates_are_spread_over_the_wide_prior():
    """By scrambled Sobol points, one of 8 candidates lies in each eighth of a uniform prior."""
    scenario = load_scenario(BUILT_IN)
    table = spread(scenario, 8, 1)
    assert list(table.columns) == list(scenario.uncertainties)
    prior = scenario.uncertainties["technology"]
    eighths = np.floor(8 * (table["technology"] - prior.low) / (prior.high - prior.low))
    assert sorted(eighths) == list(range(8))
    pd.testing.assert_frame_equal(table, spread(scenario, 8, 1))
    assert not table.equals(spread(scenario, 8, 2))


@pytest.fixture
def small(monkeypatch):
    """Few candidates, and a limit that hardly any of them exceeds."""
    changed = SETTINGS.model_copy(update={"candidates": 32, "lucks": 2, "limit": 10.0})
    monkeypatch.setattr(verb, "read_settings", lambda name: changed)


def test_match_writes_a_prior_that_can_be_run(capsys, tmp_path, small):
    file = tmp_path / "own.csv"
    said = call(capsys, "match", "until=2024-09-30", "seed=3", f"out={file}")
    assert (said.status, said.err) == (0, "")
    assert "of 32 vectors are not ruled out (I < 10)" in said.out
    assert "ru_losses_monthly.ukraine_gs_claim" in said.out
    assert "dprk_troops_sent_cum" not in said.out  # its first row is of October
    assert file.read_text(encoding="utf-8").startswith("# until: 2024-09-30\n")
    vectors = vectors_of(load_scenario(BUILT_IN, {"prior": str(file)}))
    assert f"{len(vectors)} of 32" in said.out
    table = spread(load_scenario(BUILT_IN), 32, 3)
    for vector in vectors:
        assert np.isclose(table["attrition"], vector["attrition"], rtol=1e-5).any()


def test_too_few_vectors_are_no_prior(capsys, tmp_path, monkeypatch, small):
    monkeypatch.setattr(verb, "FEWEST", 33)
    said = call(capsys, "match", "until=2024-09-30", f"out={tmp_path / 'own.csv'}")
    assert (said.status, "fewer than 33 vectors are left" in said.err) == (2, True)
    assert not contents(tmp_path)


WRONG = [
    (("untl=2024-11-30",), "did you mean 'until'?"),
    (("2024-11-30",), "'2024-11-30' is not understood"),
    (("until=yesterday",), "until: 'yesterday' is not a date"),
    (("until=2024-02-30",), "until: '2024-02-30' is not a date"),
    (("until=2024-11-30", "until=2024-11-30"), "'until' is set twice"),
    (("seed=-1",), "seed: '-1' is not a whole number"),
    (("seed=x",), "seed: 'x' is not a whole number"),
    (("scenario=nowhere",), "there is no scenario 'nowhere'"),
    (("scenario=july_1914",), "names no record to match"),
    ((f"scenario={FINE}",), "names no record to match"),
    (("until=2020-01-01",), "no row of the record to match"),
    (("until=2025-02-01",), "comes after 2025-01-31"),
]


@pytest.mark.parametrize(("typed", "fault"), WRONG)
def test_wrong_usage_is_one_message(capsys, tmp_path, monkeypatch, typed, fault):
    monkeypatch.chdir(tmp_path)
    said = call(capsys, "match", *typed, "out=own.csv")
    assert (said.status, said.out) == (2, "")
    assert fault in said.err
    assert "Traceback" not in said.err
    assert not contents(tmp_path)
