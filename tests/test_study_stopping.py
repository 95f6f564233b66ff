"""Is an interval still right when the study stopped because of it?"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import norm
from study_fakes import LEVERS, OUTCOMES
from test_figures import study_of

from sim.errors import UsageError
from sim.study.stopping import (
    ALPHA,
    Rule,
    critical,
    decide,
    of_pair,
    of_share,
    schedule,
    spent,
    watched,
)

LOOKS = tuple(schedule(4_000))
STUDIES = 4_000
BAND = 4 * math.sqrt(ALPHA * (1 - ALPHA) / STUDIES)
LUCK = 20_240_406
NAIVE = float(norm.isf(ALPHA / 2))


def counts(chance):
    """Successes of many studies at each look (studies, looks)."""
    luck = np.random.default_rng(LUCK)
    return np.cumsum(luck.binomial(np.diff((0, *LOOKS)), chance, (STUDIES, len(LOOKS))), axis=1)


def ever_missed(found, chance, values):
    """The share of studies of which the interval at some look misses the chance."""
    missed = np.zeros(STUDIES, dtype=bool)
    for place, (n, c) in enumerate(zip(LOOKS, values, strict=True)):
        ends = np.array([of_share(k, n, c) for k in range(n + 1)])[found[:, place]]
        missed |= (chance < ends[:, 0]) | (chance > ends[:, 1])
    return missed.mean()


@pytest.mark.parametrize("chance", [0.02, 0.3])
def test_no_look_misses_more_often_than_five_per_cent_in_all(chance):
    found = counts(chance)
    assert ever_missed(found, chance, critical(LOOKS)) <= ALPHA + BAND


def test_looking_again_and_again_at_a_plain_interval_misses_more_often():
    assert ever_missed(counts(0.3), 0.3, [NAIVE] * len(LOOKS)) > ALPHA + BAND


def at_stopping(found, until, interval):
    """The interval of each study at the first look where it is narrow enough."""
    stopped = np.full((STUDIES, 2), np.nan)
    for place, n in enumerate(LOOKS):
        table = np.array([interval(k, n, place) for k in range(n + 1)])[found[:, place]]
        narrow = (table[:, 1] - table[:, 0] <= 2 * until) | (place == len(LOOKS) - 1)
        now = narrow & np.isnan(stopped[:, 0])
        stopped[now] = table[now]
    return stopped


def textbook(k, n, place):
    """The share ± 1.96 standard errors, as if there were one look."""
    half = NAIVE * math.sqrt(k * (n - k) / n**3)
    return k / n - half, k / n + half


def test_coverage_at_stopping_where_the_textbook_fails():
    chance, found = 0.02, counts(0.02)
    values = critical(LOOKS)
    ours = at_stopping(found, 0.01, lambda k, n, place: of_share(k, n, values[place]))
    covered = np.mean((ours[:, 0] <= chance) & (chance <= ours[:, 1]))
    assert covered >= 1 - ALPHA - BAND
    assert np.max(ours[:, 1] - ours[:, 0]) <= 0.02
    naive = at_stopping(found, 0.01, textbook)
    assert np.mean((naive[:, 0] <= chance) & (chance <= naive[:, 1])) < 1 - ALPHA - BAND


def test_paired_differences_too():
    luck, up, down, studies = np.random.default_rng(LUCK), 0.08, 0.03, 1_000
    change = luck.choice([1.0, -1.0, 0.0], (studies, LOOKS[-1]), p=[up, down, 1 - up - down])
    missed = np.zeros(studies, dtype=bool)
    for n, c in zip(LOOKS, critical(LOOKS), strict=True):
        ends = np.array([of_pair(some[:n], c) for some in change])
        missed |= (up - down < ends[:, 0]) | (up - down > ends[:, 1])
    assert missed.mean() <= ALPHA + 4 * math.sqrt(ALPHA * (1 - ALPHA) / studies)


def test_critical_values_spend_what_they_may_on_sums_of_normal_steps():
    luck, studies = np.random.default_rng(LUCK), 200_000
    steps = luck.standard_normal((studies, len(LOOKS))) * np.sqrt(np.diff((0, *LOOKS)))
    z = np.abs(np.cumsum(steps, axis=1) / np.sqrt(LOOKS))
    first = (z >= critical(LOOKS)).argmax(axis=1)
    crossed = (z >= critical(LOOKS)).any(axis=1)
    for place in range(len(LOOKS)):
        expected = spent((place + 1) / len(LOOKS))
        found = np.mean(crossed & (first <= place))
        assert abs(found - expected) < 4 * math.sqrt(expected * (1 - expected) / studies)


def test_two_means_of_amounts_take_students_law():
    change = np.array([1.5, 2.5, 3.5])
    low, high = of_pair(change, NAIVE)
    assert (low + high) / 2 == pytest.approx(2.5)
    assert (high - low) / 2 == pytest.approx(4.302653 / math.sqrt(3), rel=1e-5)


def test_looks_grow_by_half_and_end_with_the_budget():
    looks = schedule(10_000)
    assert looks[0] == 100 and looks[-1] == 10_000
    assert all(a < b <= math.ceil(1.5 * a) for a, b in pairwise(looks))
    assert spent(1.0) == pytest.approx(ALPHA) and schedule(1) == [1]


GRID = {"deployment.size": [0, 12_000], "escalation.intensity": [0, 1]}
HEADLINES = ("new_major_party", "lethal_aid")


def test_a_look_at_a_study_takes_the_widest_interval(tmp_path):
    runs = study_of(tmp_path, GRID, 100).runs
    look = decide(runs, Rule(0.01, 400), list(LEVERS), HEADLINES, 1)
    c = critical(tuple(schedule(400)))[0]
    ends = [
        of_share(int(some[name].sum()), 100, c)
        for _, some in runs.groupby("point")
        for name in HEADLINES
    ]
    assert look.half == max((high - low) / 2 for low, high in ends)
    assert not look.stop
    assert decide(runs, Rule(0.3, 400), list(LEVERS), HEADLINES, 1).stop
    assert decide(runs, Rule(0.01, 100), list(LEVERS), HEADLINES, 1).last


def test_a_look_at_a_pair_takes_every_place_of_the_other_levers(tmp_path):
    runs = study_of(tmp_path, GRID, 100).runs
    rule = Rule(0.01, 400, "lethal_aid", ("deployment.size", 0, 12_000))
    look = decide(runs, rule, list(LEVERS), HEADLINES, 1)
    assert look.name.startswith("lethal_aid by deployment.size 0 to 12000 at ")
    assert str(look).startswith("look 1: 100 replicates, interval ±0.")


def test_what_is_watched():
    names = [outcome.name for outcome in OUTCOMES]
    assert watched("lethal_aid", LEVERS, names) == ("lethal_aid", None)
    assert watched("lethal_aid:deployment.size:0:12000", LEVERS, names) == (
        "lethal_aid",
        ("deployment.size", 0, 12_000),
    )
    for text, said in (
        ("lethal_ad", "did you mean 'lethal_aid'?"),
        ("lethal_aid:size:0:1", "names no pair"),
        ("lethal_aid:deployment.size:0", "LEVER:VALUE:VALUE"),
        ("lethal_aid:deployment.size:0:x", "'x' is not a number"),
        ("lethal_aid:deployment.size:0:-1", "out of range"),
        ("lethal_aid:honour.mode:never:allways", "did you mean 'always'?"),
    ):
        with pytest.raises(UsageError) as refusal:
            watched(text, LEVERS, names)
        assert said in str(refusal.value)
