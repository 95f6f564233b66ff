"""Are chance and unknown parameters told apart with known answers, and nested in real runs?"""

from __future__ import annotations

from math import isnan, nan, sqrt

import numpy as np
import pytest
from program import call

from sim.blueprint import draft
from sim.errors import UsageError
from sim.scenario.load import load_scenario
from sim.study.spread import components, spread
from sim.study.store import load

Z4 = 4.0


def made(sets, draws, share, rng, least=0):
    """Normal outcomes of variance 1, `share` of it between sets; unequal sizes with `least`."""
    place = np.repeat(np.arange(sets), draws)
    if least:
        keep = rng.random(len(place)) < 0.7
        place = np.concatenate([place[keep], np.tile(np.arange(sets), least)])
    effect = rng.standard_normal(sets) * sqrt(share)
    return effect[place] + rng.standard_normal(len(place)) * sqrt(1 - share), place


@pytest.mark.parametrize("least", [0, 1], ids=["equal sets", "unequal sets"])
@pytest.mark.parametrize("share", [0.0, 0.3, 0.8])
def test_the_estimate_is_unbiased(share, least):
    rng, repetitions = np.random.default_rng(2), 600
    found = np.empty((repetitions, 2))
    for row in found:
        values, place = made(20, 4, share, rng, least)
        sums = [np.bincount(place, weights) for weights in (None, values, values**2)]
        row[:] = components(sums[0].astype(float), *sums[1:])
    for column, truth in zip(found.T, (share, 1 - share)):
        assert abs(column.mean() - truth) < Z4 * column.std() / sqrt(repetitions)


def test_its_interval_covers_about_as_often_as_it_says():
    rng, repetitions = np.random.default_rng(3), 150
    covered = 0
    for _ in range(repetitions):
        one = spread(*made(80, 4, 0.4, rng))
        covered += one.low <= 0.4 <= one.high
    assert covered / repetitions > 0.95 - Z4 * sqrt(0.95 * 0.05 / repetitions)


def test_extremes():
    place = np.repeat(np.arange(12), 3)
    assert spread(place * 1.0, place).share == 1, "all between sets"
    assert spread(np.tile([1.0, 2.0, 3.0], 12), place).share == 0, "all within"
    assert isnan(spread(np.ones(36), place).share), "nothing varies"
    assert isnan(spread(np.arange(12.0), np.arange(12)).share), "no set has two runs"
    assert isnan(spread(np.array([nan, 1.0]), np.zeros(2, int)).share)
    few = spread(np.arange(9.0), np.repeat(np.arange(3), 3))
    assert few.share > 0 and isnan(few.low), "three sets give no interval"


def test_sets_of_the_wide_prior_are_repeated():
    blueprint = draft(load_scenario("dprk_russia_2024", {"prior": "wide/5"}))
    assert blueprint.luck(1, 2) == blueprint.luck(1, 7) == blueprint.luck(9, 2)
    assert blueprint.luck(1, 2) != blueprint.luck(1, 3)
    with pytest.raises(UsageError, match="2 to 10,000 vectors, not 1"):
        draft(load_scenario("dprk_russia_2024", {"prior": "wide/1"}))


def test_a_study_tells_both_parts(tmp_path, capsys):
    said = call(capsys, "prior=wide/10", "replicates=20", f"out={tmp_path / 'study'}")
    assert said.status == 0, said.err
    assert "Chance and unknown parameters (10 sets of parameters)" in said.out
    assert "10 sets of the unknown parameters, drawn once" in said.out
    study = load(tmp_path / "study")
    text = (study.folder / "summary.md").read_text(encoding="utf-8")
    values, place = study.runs["sender_casualties"].to_numpy(), study.runs["replicate"] % 10
    one = spread(values, place.to_numpy())
    assert f"| {100 * one.share:.0f} ({100 * one.low:.0f}–{100 * one.high:.0f}) |" in text
