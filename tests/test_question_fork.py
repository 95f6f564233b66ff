"""Is a forked run the same history to the day, and do its branches share one fresh luck?"""

from __future__ import annotations

import numpy as np
import pytest
import question_made
from program import call

from sim.question import futures
from sim.question.changes import read_changes
from sim.question.fork import fork
from sim.question.history import history
from sim.question.opened import open_study

DAY, RUN = 440, 7
LIVES = {"compiled": futures.compiled, "mesa": futures.mesa}


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return question_made.made(tmp_path_factory.mktemp("q") / "study", *question_made.WORDS)


@pytest.fixture(scope="module")
def opened(study):
    return open_study(str(study))


def live(opened, engine, luck, *changes, day=DAY):
    run = opened.run(RUN)
    branches = [[], read_changes(opened.blueprint, changes)] if changes else [[]]
    return LIVES[engine](
        opened.blueprint, run.levers, run.replicate, opened.seed, day, branches, luck
    )


def fresh(count):
    return range(futures.FRESH, futures.FRESH + count)


@pytest.mark.parametrize("engine", LIVES)
@pytest.mark.parametrize("day", [0, DAY])
def test_with_its_own_luck_a_fork_is_the_run_itself(opened, engine, day):
    run = opened.run(RUN)
    chunk = live(opened, engine, [run.replicate], day=day)
    np.testing.assert_equal({n: float(v[0]) for n, v in chunk.outcomes.items()}, run.outcomes)
    whole = history(opened, RUN).events
    assert chunk.events["cause"].tolist() == whole["cause"].tolist()
    assert chunk.events["amount"].tolist() == whole["amount"].tolist()


def test_both_engines_make_the_same_futures(opened):
    ours, theirs = (
        live(opened, engine, fresh(2), "deployment.size=3000") for engine in ("compiled", "mesa")
    )
    np.testing.assert_equal(dict(ours.outcomes), dict(theirs.outcomes))
    assert np.array_equal(ours.series, theirs.series, equal_nan=True)
    assert np.array_equal(ours.events, theirs.events)


def test_the_history_is_shared_to_the_last_bit_and_the_futures_part(opened):
    chunk = live(opened, "compiled", fresh(20), "deployment.size=3000")
    before = history(opened, RUN).events
    before = before[before["day"] < DAY]
    for future in range(40):
        lines = chunk.events[chunk.events["run"] == future]
        lines = lines[lines["day"] < DAY]
        for name in ("event", "day", "amount", "cause"):
            assert lines[name].tolist() == before[name].tolist()
    assert len(set(chunk.outcomes["host_casualties"])) > 20


def test_branches_share_the_luck(opened):
    same = live(opened, "compiled", fresh(20), "deployment.size=12000")
    for values in same.outcomes.values():
        assert np.array_equal(values[:20], values[20:], equal_nan=True)
    changed = fork(opened, RUN, DAY, ["deployment.size=3000"], 100)
    pairs = changed.difference("host_casualties")
    values = [changed.branch(branch)["host_casualties"].var() for branch in (0, 1)]
    half = 1.96 * np.sqrt(sum(values) / 100)
    assert (pairs.high - pairs.low) / 2 < 0.5 * half
    assert changed.difference("peak_deployed").high < 0


def test_fresh_luck_is_not_that_of_the_study(opened):
    one, other = fork(opened, RUN, DAY, replicates=3), fork(opened, RUN, DAY, replicates=5)
    assert one.table["host_casualties"].tolist() == other.table["host_casualties"].tolist()[:3]
    assert opened.run(RUN).outcomes["host_casualties"] not in set(other.table["host_casualties"])


def test_a_fork_is_told_with_the_run_itself(capsys, study):
    words = ("--run", str(RUN), "--day", "2024-10-17", "--set", "arms.rate=0", "replicates=10")
    said = call(capsys, "fork", str(study), *words)
    assert (said.status, said.err) == (0, "")
    assert "the run itself" in said.out and "difference (95 %)" in said.out
    assert "With the change: arms.rate = 0 from that day on" in said.out
    rows = (study / "forks" / "run-000007_day-0443_arms.rate=0.csv").read_text().splitlines()
    assert len(rows) == 21


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("--run", "1"), "the day of the fork is needed"),
        (("--run", "1", "--day", "5000"), "day 5000 is outside the run"),
        (("--run", "1", "--day", "-1"), "day -1 is outside the run"),
        (("--run", "1", "--day", "soon"), "'soon' is not a day such as 440"),
        (("--run", "1", "--day", "9", "--set", "deploymnt.size=1"), "mean 'deployment.size'"),
        (("--run", "1", "--day", "9", "--set", "deployment.size=-1"), "out of range"),
        (("--run", "1", "--day", "9", "--set", "states.prk.lft=1"), "lift"),
        (("--run", "1", "--day", "9", "--set", "states.prkk.lift=1"), "prk"),
        (("--run", "1", "--day", "9", "--set", "states.prk.lift=0"), "0 is outside 1 to 100000"),
        (("--run", "1", "--day", "9", "--set", "forces.prk_brigade_1.front=9"), "cannot be set"),
        (("--run", "1", "--day", "9", "--set", "relations.usa_to_rus.rung=99"), "cannot be set"),
        (("--run", "1", "--day", "9", "--set", "params.reaction=x"), "a number is needed"),
        (("--run", "1", "--day", "9", "--set", "size"), "'size' is not NAME=VALUE"),
        (("--run", "1", "--day", "9", "replicates=1"), "replicates: a whole number from 2"),
    ],
)
def test_wrong_words_are_one_message(capsys, study, words, fault):
    said = call(capsys, "fork", str(study), *words)
    assert said.status == 2
    assert fault in said.err
