"""Do comparisons give the known answers, pair what shares its luck, and say what else differs?"""

from __future__ import annotations

from dataclasses import replace
from math import isnan, nan, sqrt

import numpy as np
import pytest
import yaml
from scipy.stats import norm
from study_fakes import identity, plan, simulate

from sim.comparison import Futures, Side, compare, contrast
from sim.comparison.sides import value_in
from sim.errors import UsageError
from sim.study import store
from sim.study.chunk import Chunk
from sim.study.run import run_study

Z4 = 4.0


def pairs(n, rho, shift, seed):
    """Standard normal pairs with correlation rho, B moved by shift."""
    rng = np.random.default_rng(seed)
    a, e = rng.standard_normal((2, n))
    return a, rho * a + sqrt(1 - rho**2) * e + shift


def band(share, n):
    """Half the width of a band of four standard errors around a share of n repetitions."""
    return Z4 * sqrt(share * (1 - share) / n)


@pytest.mark.parametrize("paired", [True, False], ids=["paired", "unpaired"])
def test_bootstrap_intervals_cover_as_often_as_they_say(paired):
    rho, shift, n, repetitions = 0.8, 0.3, 80, 150
    apart = norm.cdf(shift / sqrt(2 * (1 - rho))) if paired else norm.cdf(shift / sqrt(2))
    truth = {"mean": shift, "p50": shift, "p80": shift, "higher": apart}
    covered = dict.fromkeys(truth, 0)
    for seed in range(repetitions):
        a, b = pairs(n, rho if paired else 0.0, shift, seed)
        found = contrast(a, b, "amount", paired)
        estimates = {"mean": found.mean, "higher": found.higher, **found.quantiles}
        for name, value in truth.items():
            covered[name] += estimates[name].low <= value <= estimates[name].high
    for name, count in covered.items():
        assert abs(count / repetitions - 0.95) < band(0.95, repetitions), (name, count)


def test_estimates_stand_around_the_closed_forms():
    rho, shift, n = 0.8, 0.3, 5_000
    a, b = pairs(n, rho, shift, 1)
    found = contrast(a, b, "amount", paired=True)
    sd = sqrt(2 * (1 - rho))
    assert abs(found.mean.value - shift) < Z4 * sd / sqrt(n)
    higher = norm.cdf(shift / sd)
    assert abs(found.higher.value - higher) < band(higher, n)
    assert found.saved == pytest.approx(1 / (1 - rho), rel=Z4 * 2 / sqrt(n))
    assert abs(found.distance - shift) < Z4 * sqrt(2 / n)
    alone = contrast(a, b[::-1], "amount", paired=False)
    higher = norm.cdf(shift / sqrt(2))
    assert abs(alone.higher.value - higher) < Z4 * sqrt(higher * (1 - higher) * 2 / n)
    assert isnan(alone.saved)
    width = [one.mean.high - one.mean.low for one in (found, alone)]
    assert width[0] / width[1] == pytest.approx(sqrt(1 - rho), rel=0.2)


def test_the_same_runs_moved_by_one_number():
    a = np.arange(100.0)
    found = contrast(a, a + 5, "amount", paired=True)
    assert (found.mean.value, found.mean.low, found.mean.high) == (5, 5, 5)
    assert found.quantiles["p50"].value == 5
    assert (found.distance, found.higher.value) == (5, 1)
    same = contrast(a, a, "amount", paired=True)
    assert (same.higher.value, same.distance, same.mean.value) == (0.5, 0, 0)


def test_yes_or_no_is_told_by_futures():
    a, b = np.array([1, 1, 0, 0, 0.0]), np.array([1, 0, 1, 1, 0.0])
    found = contrast(a, b, "probability", paired=True)
    assert found.futures == Futures(both=1, only_a=1, only_b=2, neither=1)
    assert found.share.value == pytest.approx(0.2)
    assert found.higher.value == pytest.approx(0.5 + 0.2 / 2)
    assert found.mean is None and not found.quantiles
    unchanged = contrast(np.zeros(50), np.zeros(50), "probability", paired=True)
    assert unchanged.share.low < 0 < unchanged.share.high, "no change in 50 runs proves none"


@pytest.mark.parametrize("paired", [True, False], ids=["paired", "unpaired"])
def test_intervals_of_shares_cover(paired):
    n, repetitions, chances = 60, 1500, (0.1, 0.25)
    rng = np.random.default_rng(4)
    luck = rng.random((repetitions, 2, n))
    covered = 0
    for first, second in luck:
        a, b = first < chances[0], (first if paired else second) < chances[1]
        found = contrast(a * 1.0, b * 1.0, "probability", paired).share
        covered += found.low <= chances[1] - chances[0] <= found.high
    assert covered / repetitions > 0.95 - band(0.95, repetitions), "both intervals are cautious"


def test_a_time_that_never_comes_is_later_than_every_day():
    a = np.array([10, 20, 30, nan, nan])
    b = np.array([8, 20, nan, nan, 40])
    found = contrast(a, b, "time", paired=True)
    assert found.futures == Futures(both=2, only_a=1, only_b=1, neither=1)
    assert found.share.value == 0
    assert found.mean.value == -1, "over the two pairs in which it came in both"
    assert found.quantiles["p50"].value == 10
    assert isnan(found.quantiles["p90"].value)
    assert found.higher.value == pytest.approx((0 + 0.5 + 1 + 0.5 + 0) / 5)
    assert isnan(contrast(np.full(3, nan), b[:3], "time", paired=True).mean.value)


@pytest.mark.parametrize("n", [0, 1])
@pytest.mark.parametrize("kind", ["amount", "time", "probability"])
@pytest.mark.parametrize("paired", [True, False])
def test_tiny_samples_raise_nothing_and_claim_nothing(n, kind, paired):
    found = contrast(np.zeros(n), np.ones(n), kind, paired)
    assert not (found.mean or found.share).is_clear or n


CONFIG = {"experiment": "fake", "seed": 7, "scenario": {"name": "one", "start": "2023-08-01"}}


def study_of(folder, values=None, replicates=20, seed=7, engine=simulate, **config):
    tree = {**CONFIG, "seed": seed, "levers": values or {}, **config}
    made = replace(identity(), config=yaml.safe_dump(tree))
    the_plan = plan(values, replicates, seed)
    store.create(the_plan, made, out=folder)
    return run_study(the_plan, made, folder, engine, None)


def test_arms_of_one_study_are_matched_over_the_other_levers(tmp_path):
    study = study_of(tmp_path)
    found = compare(
        Side(study, {"deployment.size": 0}),
        Side(study, {"deployment.size": value_in(study, "deployment.size", "12000")}),
        ["sender_casualties", "lethal_aid", "days_to_restore"],
    )
    assert found.luck.shared and not found.differing
    assert found.matched.compared == {"deployment.size": (0, 12000)}
    assert [pair.at for pair in found.pairs] == [
        {"escalation.intensity": 0.0},
        {"escalation.intensity": 1.0},
    ]
    assert found.kinds == {
        "sender_casualties": "amount",
        "lethal_aid": "probability",
        "days_to_restore": "time",
    }
    for place, pair in enumerate(found.pairs):
        runs = study.runs[study.runs["escalation.intensity"] == float(place)]
        wide = runs.pivot(index="replicate", columns="deployment.size", values="lethal_aid")
        came = int((wide[12000] > wide[0]).sum())
        assert pair.contrasts["lethal_aid"].futures.only_b == came


def test_two_studies_share_their_luck_or_say_why_not(tmp_path):
    ten, more = study_of(tmp_path / "a", replicates=10), study_of(tmp_path / "b", replicates=15)
    found = compare(Side(ten), Side(more), ["lethal_aid"])
    assert found.luck.shared and found.unused == 5
    same = found.pairs[0].contrasts["lethal_aid"].futures
    assert (same.only_a, same.only_b, same.n) == (0, 0, 10), "the same runs, since luck is keyed"
    other = study_of(tmp_path / "c", seed=8)
    found = compare(Side(ten), Side(other), ["lethal_aid"])
    assert not found.luck.shared and "seeds differ (7 and 8)" in found.luck.why
    assert found.pairs[0].contrasts["lethal_aid"].futures is None
    assert found.pairs[0].contrasts["lethal_aid"].n_b == 20


def test_every_other_setting_that_differs_is_named(tmp_path):
    params = {"name": "one", "start": "2023-08-01", "params": {"helmbold": 0.75}}
    a = study_of(tmp_path / "a", scenario={**params, "states": {"prk": {"lift": 500}}})
    b = study_of(tmp_path / "b", scenario={**params, "states": {"prk": {"lift": 700}}}, prior="x")
    found = compare(Side(a), Side(b), ["lethal_aid"])
    assert found.differing == [
        "scenario.states.prk.lift: 500 in A, 700 in B",
        "prior: nothing in A, x in B",
    ]


def test_points_without_a_fellow_are_counted(tmp_path):
    a = study_of(tmp_path / "a", {"deployment.size": [0, 6000, 12000]}, 5)
    b = study_of(tmp_path / "b", {"deployment.size": [6000, 12000, 20000]}, 5)
    found = compare(Side(a), Side(b), ["lethal_aid"])
    assert [pair.at for pair in found.pairs] == [
        {"deployment.size": 6000},
        {"deployment.size": 12000},
    ]
    assert found.matched.alone == 2
    c = study_of(tmp_path / "c", {"deployment.size": [1, 2]}, 5)
    with pytest.raises(UsageError, match=r"deployment\.size is 0, 6000, 12000 in A and 1, 2 in B"):
        compare(Side(a), Side(c), ["lethal_aid"])


def one_fails(blueprint, points, replicates, seed):
    chunk = simulate(blueprint, points, replicates, seed)
    outcomes = {name: values.copy() for name, values in chunk.outcomes.items()}
    for values in outcomes.values():
        values[0] = nan
    return Chunk(outcomes, chunk.series, chunk.events, ["broke", *chunk.errors[1:]])


def test_a_failed_run_and_its_fellow_are_left_out(tmp_path):
    study = study_of(tmp_path, {"deployment.size": [0, 12000]}, 9, engine=one_fails)
    sides = [Side(study, {"deployment.size": size}) for size in (0, 12000)]
    found = compare(*sides, ["days_to_restore"])
    assert found.failed == 2
    assert found.pairs[0].contrasts["days_to_restore"].n_a == 8


def test_wrong_words_are_one_clear_message(tmp_path):
    a = study_of(tmp_path / "a", replicates=2)
    b = study_of(tmp_path / "b", replicates=2, scenario={**CONFIG["scenario"], "name": "two"})
    with pytest.raises(UsageError, match="A is of the scenario one, B of two"):
        compare(Side(a), Side(b), ["lethal_aid"])
    with pytest.raises(UsageError, match="did you mean 'lethal_aid'"):
        compare(Side(a), Side(a), ["lethal_ade"])
    with pytest.raises(UsageError, match=r"5000 was not run\n  run were: 0, 12000"):
        value_in(a, "deployment.size", "5000")
    with pytest.raises(UsageError, match=r"did you mean 'deployment\.size'"):
        value_in(a, "deploymnt.size", "0")
