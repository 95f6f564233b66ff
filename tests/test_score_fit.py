"""Fit before, score after: which runs stay, and what is learned of a source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from scoring_made import MAPPING, ensemble, row

from sim.errors import UsageError
from sim.matching.settings import read_settings
from sim.scoring.fit import Fit, distance, fitted_rows, judgements, learn
from sim.scoring.mapping import Error, Level, Mapping
from sim.scoring.predict import Judged, Learned, sort_rows

SETTINGS = read_settings("dprk_russia_2024").model_copy(update={"fewest": 2, "nearest": 0.5})
MANY = 4000
ROOMY = Mapping(
    levels={
        "sent": Level(
            quantity="troops_sent", units=("persons",), errors=(Error(log_sd=0.5),), source="test"
        ),
    },
    events=MAPPING.events,
)


def test_what_two_rows_teach_by_hand():
    """f = 1/2, s^2 = 3/4: precision 1 + 2 x 3 = 7, mean (1 + 2) s / f^2 / 7."""
    found = learn(np.array([[1.0], [2.0]]), 0.5)
    assert found.sd == pytest.approx(1 / np.sqrt(7))
    assert found.mean == pytest.approx(3 * np.sqrt(0.75) * 4 / 7)


def test_what_is_learned_has_the_spread_that_is_left():
    """z drawn from its prior and three rows made from it: (z - mean) / sd is standard normal.

    Bands of four standard errors of a mean and of a variance over 4,000 draws.
    """
    draws = np.random.default_rng(5).standard_normal((4, MANY))
    z, fresh = draws[0], 0.6
    found = learn(0.8 * z + fresh * draws[1:], fresh)
    left = (z - found.mean) / found.sd
    assert abs(left.mean()) < 4 / np.sqrt(MANY)
    assert abs(left.var(ddof=1) - 1) < 4 * np.sqrt(2 / MANY)


def test_a_row_without_a_number_teaches_nothing():
    found = learn(np.array([[1.0, np.nan], [np.inf, -np.inf]]), 0.5)
    assert found.sd == pytest.approx([1 / 2, 1.0])
    assert found.mean == pytest.approx([np.sqrt(0.75), 0.0])


def said_by(learned, slopes=(1.0,) * MANY):
    """What members who all have sent 14 make the source say on 15 January."""
    [one] = sort_rows(
        ensemble(slopes), ROOMY, [row("sent", "2024-01-15", 14.0)], learned
    ).predictions
    return np.log(one.said / one.model) / 0.5


def test_a_source_without_a_past_errs_as_before():
    off = said_by(Learned({}, 0.5))
    assert abs(off.mean()) < 4 / np.sqrt(MANY)
    assert abs(off.var(ddof=1) - 1) < 4 * np.sqrt(2 / MANY)
    assert not np.allclose(off, said_by(None))


def test_a_source_with_a_past_errs_as_it_did():
    """Mean 2 s and variance s^2 / 4 + f^2 of log errors, in log-sds."""
    judged = Judged(np.full(MANY, 2.0), np.full(MANY, 0.5))
    off = said_by(Learned({("sent", 0): judged}, 0.5))
    variance = 0.75 / 4 + 0.25
    assert abs(off.mean() - 2 * np.sqrt(0.75)) < 4 * np.sqrt(variance / MANY)
    assert abs(off.var(ddof=1) / variance - 1) < 4 * np.sqrt(2 / MANY)


def test_the_fresh_part_differs_between_dates_and_the_lasting_one_does_not():
    rows = [row("sent", "2024-01-15", 14.0), row("sent", "2024-01-22", 21.0)]
    for fresh, equal in ((1e-9, True), (0.5, False)):
        found = sort_rows(ensemble((1.0, 2.0)), ROOMY, rows, Learned({}, fresh)).predictions
        first, second = (one.said / one.model for one in found)
        assert np.allclose(first, second) == equal


def test_what_a_source_said_before_is_learned_run_by_run():
    """Twice what a run has sent, at sd .5: off = log 2 / .5 for the run that sends 1 a day."""
    rows = [row("sent", "2024-01-15", 14.0), row("sent", "2024-01-22", 21.0)]
    targets = fitted_rows(ensemble((0.5, 1.0)), ROOMY, rows)
    found = judgements(targets, ROOMY, SETTINGS)["sent", 0]
    by_hand = learn(np.array([[np.log(2) / 0.5, 0.0]] * 2), SETTINGS.fresh)
    assert found.mean == pytest.approx(by_hand.mean)
    assert found.sd == pytest.approx(by_hand.sd)


def test_an_implausible_row_teaches_nothing_of_the_source():
    """A run that has sent 1,400 where 14 are reported is wrong itself."""
    targets = fitted_rows(ensemble((1.0, 100.0)), ROOMY, [row("sent", "2024-01-15", 14.0)])
    found = judgements(targets, ROOMY, SETTINGS)["sent", 0]
    assert found.sd == pytest.approx([1 / 2, 1.0])
    assert found.mean[1] == 0.0


def test_sources_without_error_and_events_teach_nothing():
    rows = [row("sent", "2024-01-15", 14.0), row("event.first", "2024-01-20", 1.0)]
    assert judgements(fitted_rows(ensemble(), MAPPING, rows), MAPPING, SETTINGS) == {}


def test_distance_by_hand():
    """Reported 28 without error, discrepancy .2: V = 5.6^2. Runs have sent 14, 28, 42: I 2.5, 0.

    The event of day 10 came on day 5, 20, never (day 70): V = 901, I .167, .333, 2. A series
    counts once: the mean over `sent`, whose two rows say the same, and the event.
    """
    rows = [row("sent", "2024-01-15", 28.0), row("sent", "2024-01-15", 28.0, line=3)]
    rows.append(row("event.first", "2024-01-11", 1.0))
    found = distance(fitted_rows(ensemble(), MAPPING, rows), SETTINGS, 3)
    by_hand = [(2.5**2 + 25 / 901) / 2, 100 / 901 / 2, (2.5**2 + 3600 / 901) / 2]
    assert found == pytest.approx(by_hand)


def test_what_is_ruled_out_counts_no_more_for_being_further_off():
    rows = [row("sent", "2024-01-15", 14.0)]
    found = distance(fitted_rows(ensemble((3.0, 300.0)), MAPPING, rows), SETTINGS, 2)
    assert found.tolist() == [9.0, 9.0]


def fit(*rows, **changes):
    return Fit(rows, MAPPING, SETTINGS.model_copy(update=changes))


def test_the_nearest_runs_stay_with_all_that_is_theirs():
    found = fit(row("sent", "2024-01-15", 42.0)).of(ensemble((1.0, 2.9, 3.1, 9.0)))
    kept = found.ensemble
    assert kept.members.tolist() == kept.witnesses.tolist() == [1, 2]
    assert kept.paths["troops_sent"][:, 1].tolist() == [7 * 2.9, 7 * 3.1]
    assert set(kept.ledger["replicate"]) == {1, 2}
    assert (found.rows, found.tried) == (1, 4)
    assert found.words == "the 2 of 4 runs that are nearest to 1 rows"


def test_few_runs_all_stay_and_without_rows_all_do():
    assert fit(row("sent", "2024-01-15", 42.0), fewest=30).of(ensemble()).tried == 3
    assert fit().of(ensemble((1.0,) * 9)).ensemble.members.tolist() == list(range(9))


def test_runs_without_a_ledger_are_not_looked_at():
    some = replace(ensemble((3.0, 2.0, 1.0)), witnesses=np.array([0, 1]))
    found = fit(row("sent", "2024-01-15", 14.0)).of(some)
    assert found.tried == 2
    with pytest.raises(UsageError, match="1 runs with a ledger"):
        fit().of(replace(some, witnesses=np.array([1])))


def test_given_rows_teach_nothing():
    given = row("area", "2024-01-05", 50.0, unit="km2")
    assert given.date <= (MAPPING.levels["area"].given_until or date.min)
    assert fitted_rows(ensemble(), MAPPING, [given]) == []
