"""Switching rules off: the plan, paired differences, and the committed document."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim import ablation
from sim.ablation.plan import Plan
from sim.ablation.runs import SEED, effect, without
from sim.ablation.table import number, said
from sim.addresses import resolve
from sim.blueprint import draft
from sim.cli import main
from sim.errors import UsageError
from sim.sample import outcome, sample
from sim.scenario.load import load_scenario

DOCUMENT = Path(__file__).parents[1] / "docs" / "reference" / "ablation.md"
SCENARIO = "dprk_russia_2024"


def plan() -> Plan:
    return ablation.read(SCENARIO)


def test_every_one_of_the_twelve_rules_can_be_switched_off():
    named = {one.rule for one in plan().rules.values()}
    assert named >= {f"C{number}" for number in range(1, 13)}


@pytest.mark.parametrize("name", list(ablation.read(SCENARIO).rules))
def test_what_is_switched_off_is_so_in_every_run(name):
    """The numbers stand in the first morning, and no uncertainty draws over them."""
    one = plan().rules[name]
    blueprint = without(SCENARIO, one)
    for replicate in range(2):
        drawn = {address for address, _ in blueprint.luck(1, replicate)}
        for path, value in one.set.items():
            for address in resolve(blueprint.names, path):
                assert address not in drawn, path
                rows = blueprint.one if address.place < 0 else blueprint.many
                row = rows[address.entity]
                row = row if address.place < 0 else row[address.place]
                found = row["terms"][address.slot] if address.slot >= 0 else row[address.field]
                assert found == value, path


def test_batches_do_not_matter():
    blueprint = draft(load_scenario(SCENARIO))
    ours, theirs = sample(blueprint, 6, SEED), sample(blueprint, 6, SEED, batch=4)
    assert (len(ours), len(theirs)) == (1, 2)
    for name in ours[0].outcomes:
        assert np.array_equal(outcome(ours, name), outcome(theirs, name), equal_nan=True)


def test_paired_differences_by_hand():
    ours, theirs = np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 3.0])
    found = effect("a rule", "sender_casualties", ours, theirs)
    assert (found.base, found.change) == (2.0, 1.0)
    half = 1.96 * 1.0 / np.sqrt(3)
    assert found.low == pytest.approx(1.0 - half, abs=1e-3)
    assert not found.is_clear
    never = effect("a rule", "days_to_restore", np.array([5.0, np.nan]), np.array([np.nan, np.nan]))
    assert (never.base, never.change) == (50.0, -50.0), "of a time, runs of 100 in which it came"
    assert number(12345.6, "+") == "+12,346"
    assert number(0.000123) == "0.000123"


@pytest.mark.slow
def test_the_document_is_what_the_command_prints():
    """Two of the rules are run again; the others stand or fall with them."""
    text = DOCUMENT.read_text(encoding="utf-8")
    whole = plan()
    some = {name: whole.rules[name] for name in ("settlement", "supply")}
    few = whole.model_copy(update={"rules": some})
    found = list(ablation.effects(few))
    for line in ablation.markdown(few, found).splitlines():
        assert line in text, f"{line}\npython -m sim ablate markdown > docs/reference/ablation.md"
    for name, one in whole.rules.items():
        assert f"| {name} | {one.rule} | {one.off} |" in text
    assert all(said(one) for one in found)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ablate", "scenario=nix"], "there is no ablation 'nix'"),
        (["ablate", "everything"], "'everything' is not understood"),
    ],
)
def test_wrong_usage_is_one_message(arguments, words, capsys):
    assert main(arguments) == 2
    assert words in capsys.readouterr().err


def test_an_unknown_outcome_in_the_plan_is_named(monkeypatch, tmp_path):
    folder = tmp_path / "ablation"
    folder.mkdir()
    text = "scenario: dprk_russia_2024\noutcomes: [area_att_check]\nrules:\n"
    text += "  one: {rule: C1, off: nothing, set: {params.loss_rate: 0}}\n"
    text += "sources: {rules: assumption}\n"
    (folder / "made.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr("sim.scenario.places.CONFIGS", tmp_path)
    with pytest.raises(UsageError) as caught:
        ablation.read("made")
    assert "did you mean 'area_at_check'" in str(caught.value.problems[0])
