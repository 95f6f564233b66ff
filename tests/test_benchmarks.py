"""The benchmarks do what they say: nothing here looks at a clock."""

import sys
from collections import Counter

import numpy as np
import pytest

from benchmarks import case, children, effect, table, trace
from benchmarks.__main__ import BEGIN, END, README
from sim.agents import simulate
from sim.outcomes import OUTCOMES
from sim.rules import streams


@pytest.fixture(scope="module")
def traced():
    return trace.trace([case.point(12_000)], [3])


def test_the_floor_makes_the_calls_of_the_run_itself(traced):
    here = case.blueprint()
    ladders = sum(relation.ladder is not None for relation in here.scenario.relations.values())
    drawn = Counter(call[2] for call in traced["draw"])
    assert drawn[streams.LADDER] == ladders * here.horizon, "one a ladder and day"
    assert drawn[streams.PRIOR] == 0, "the first morning is not the kernel's"
    assert {call[0] for call in traced["draw"]} == {3}
    gammas = streams.DAY_OF_BATTLE, streams.ADVANCE, streams.COUNTER
    assert len(traced["gamma"]) == sum(drawn[stream] for stream in gammas)
    poissons = streams.LOSSES, streams.SUCCESSES, streams.FAILURES, streams.RECOVERY
    assert len(traced["poisson"]) == sum(drawn[stream] for stream in poissons)


def test_tracing_changes_no_run_and_leaves_the_rules_as_they_were(traced):
    before = simulate(case.blueprint(), [case.point(0)], [0], case.SEED).outcomes
    calls = trace.trace([case.point(0)], [0])
    after = simulate(case.blueprint(), [case.point(0)], [0], case.SEED).outcomes
    assert all(np.array_equal(before[name], after[name], equal_nan=True) for name in before)
    assert calls == trace.trace([case.point(0)], [0])
    assert len(calls["draw"]) < len(traced["draw"]), "an expedition asks for more"


def test_the_replays_draw_what_the_runs_drew(traced):
    pytest.importorskip("numba")
    from benchmarks import floor
    from sim.rules import draws, quantiles

    replays = floor.replays(traced)
    assert replays.keys() == {name for name, calls in traced.items() if calls}
    clock = type("Clock", (), {"seed_low": case.SEED, "seed_high": 0, "replicate": 3})
    for name in ("weibull", "gamma"):
        said = sum(getattr(quantiles, name)(*arguments) for arguments in traced[name])
        assert replays[name]() == pytest.approx(said, rel=1e-12)
    said = sum(draws.uniform_at(clock, *call[1:]) for call in traced["draw"])
    assert replays["draw"]() == pytest.approx(said, rel=1e-12)


def test_batch_run_collects_the_outcomes_of_our_own_engine():
    from benchmarks import under_mesa

    (row,) = under_mesa.batch_run([7], [2], processes=1)
    ours = simulate(case.blueprint(), [case.points()[7]], [2], case.SEED).outcomes
    assert row["Step"] in (case.blueprint().horizon - 1, case.blueprint().horizon), "by version"
    for outcome in OUTCOMES:
        np.testing.assert_equal(row[outcome.name], ours[outcome.name][0], outcome.name)


def test_pairs_needed_for_a_point_either_way():
    assert effect.pairs_needed(0.25) == 9604, "the textbook's share of one half"
    with pytest.raises(ValueError, match="no pair"):
        effect.variances(np.zeros(10), np.zeros(10))


def test_a_child_that_fails_is_told():
    with pytest.raises(RuntimeError, match="no verb 'nonsense'"):
        children.whole(children.command(["nonsense"]))
    said = children.until_first_line([sys.executable, "-c", "print('here')"], {})
    assert said > 0.0


def test_a_child_s_memory_is_its_own():
    hungry = [sys.executable, "-c", "b'x' * 200_000_000"]
    _, memory = children.whole(hungry)
    _, little = children.whole([sys.executable, "-c", ""])
    assert little < 100 < 190 < memory


def test_the_table_has_its_place_in_the_readme():
    text = README.read_text(encoding="utf-8")
    assert text.count(BEGIN) == text.count(END) == 1
    assert text.index(BEGIN) < text.index(END)
    assert str(README.parents[1]) not in table.machine()
