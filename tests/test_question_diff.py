"""Does diff name the first day, phase, entity and field in which two runs part?"""

from __future__ import annotations

import pytest
import question_made
from program import call

from sim.agents import World
from sim.phases import PHASES
from sim.question import diff as parting
from sim.question.diff import diff
from sim.question.opened import open_study


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    words = ("deployment.size=0,12000", "replicates=2", "seed=5")
    return question_made.made(tmp_path_factory.mktemp("q") / "study", *words)


@pytest.fixture(scope="module")
def opened(study):
    return open_study(str(study))


@pytest.fixture
def small(monkeypatch, opened):
    """Only what the test looks at is compared, so that it is fast."""
    kinds = {name: parting.KINDS[name] for name in ("states", "forces", "clock")}
    monkeypatch.setattr(parting, "KINDS", kinds)


@pytest.mark.slow
def test_two_sizes_part_when_the_expedition_leaves(opened, small):
    found = diff(opened, 2, opened, 3)
    assert [(one.entity, one.name, one.field) for one in found.given] == [
        ("states", "prk", "expedition_size")
    ]
    departed = next(line for line in found.events[1] if line.kind == "first departure")
    assert (found.day, found.phase) == (departed.day, "deploy")
    assert ("states", "prk", "sent") in {(o.entity, o.name, o.field) for o in found.first}
    meaning = {one.field: one.meaning for one in found.first}
    assert meaning["sent"] == "soldiers sent abroad so far"


def test_a_difference_put_into_a_phase_is_found_there(opened, small, monkeypatch):
    """A world that is nudged by hand on day 20 in the phase goods parts there and then."""
    made = []

    def world(opened, number):
        run = opened.run(2)
        made.append(World(opened.blueprint, run.levers, run.replicate, opened.seed))
        return made[-1]

    def nudged(phase):
        def act(world):
            phase(world)
            if world is made[-1] and world.clock.day == 20:
                world.states[0].munitions += 1

        act.__name__ = phase.__name__
        return act

    phases = [nudged(phase) if phase.__name__ == "goods" else phase for phase in PHASES]
    monkeypatch.setattr(parting, "_world", world)
    monkeypatch.setattr(parting, "PHASES", phases)
    found = diff(opened, 2, opened, 2)
    assert (found.given, found.day, found.phase) == ([], 20, "goods")
    [one] = found.first
    name = opened.blueprint.names["states"][0]
    assert (one.entity, one.name, one.field, one.theirs - one.ours) == (
        "states", name, "munitions", 1,
    )  # fmt: skip


def test_other_luck_parts_on_the_first_days_and_a_run_not_from_itself(opened, small, capsys, study):
    found = diff(opened, 1, opened, 3)
    assert found.given and 0 <= found.day < 30 and found.phase
    said = call(capsys, "diff", str(study), "--run", "1", "--run", "1")
    assert (said.status, said.err) == (0, "")
    assert "No day brings a difference" in said.out


def test_two_studies_are_told_side_by_side(small, capsys, study):
    said = call(capsys, "diff", str(study), str(study), "--run", "1", "run=3")
    assert (said.status, said.err) == (0, "")
    assert "Given otherwise on the first morning" in said.out
    assert "They part on" in said.out
    assert "A  from the first event that differs:" in said.out


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("--run", "1"), "two runs are needed, not 1"),
        (("--run", "1", "--run", "2", "--run", "3"), "two runs are needed, not 3"),
        (("--run", "1", "--run", "9"), "run 9 is not in the study: it holds runs 0 to 3"),
        (("nowhere", "--run", "1"), "no study in 'nowhere'"),
    ],
)
def test_wrong_words_are_one_message(capsys, study, words, fault):
    said = call(capsys, "diff", str(study), *words)
    assert (said.status, fault in said.err) == (2, True)
