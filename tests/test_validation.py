"""The table of validation: every row comes out as it says, and the document is what it prints."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from sim import agents, records, validation
from sim.blueprint import draft
from sim.scenario.load import load_scenario
from sim.validation import cascades, duels, elsewhere
from sim.validation.row import MEMORY, Row, differing, exact, inside, missing, sampled
from sim.validation.runs import FOLDER, REPLICATES
from sim.validation.targets import VT

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "reference" / "validation.md"
KNOWN_DIFFERENCES = {
    "intercept for 18 of 49, non-aggression",
    "refit with y(36) = 0: A, B, RMSE",
    "P(war) at use of force, since 1946",
    "(iv) joining lag, first quartile, days",
    "(iv) joining lag, median, days",
    "(iv) joining lag, third quartile, days",
    "(ii) mean, days, at the default h_s of 1/250",
}


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return validation.run_all()


@pytest.mark.slow
def test_every_row_that_should_come_out_does(rows):
    assert not validation.failures(rows)
    assert {row.quantity for row in rows if row.verdict == "differs"} == KNOWN_DIFFERENCES


@pytest.mark.slow
def test_every_kind_of_row_has_its_own_verdicts(rows):
    assert len(rows) >= 60
    verdicts = {(row.kind, row.verdict) for row in rows}
    assert verdicts == {
        ("deterministic", "reproduced"),
        ("deterministic", "differs"),
        ("deterministic", "within band"),
        ("stochastic", "within band"),
        ("test", "in the tests"),
        ("stochastic", "differs"),
        ("not reproduced", "not reproduced"),
        ("out of sample", "scored"),
    }


@pytest.mark.slow
def test_whatever_does_not_come_out_says_why(rows):
    assert all(row.note for row in rows if row.verdict in ("differs", "not reproduced"))


@pytest.mark.slow
def test_no_verification_test_is_missing(rows):
    found = {row.target for row in rows if row.target.startswith("VT-")}
    assert found == set(VT.values())
    assert set(VT) == set(range(1, 27))


@pytest.mark.parametrize("row", elsewhere.rows(), ids=lambda row: row.note or row.quantity)
def test_tests_that_the_table_names_exist(row):
    if row.verdict != "in the tests":
        return
    file, name = row.note.split(", ")
    number = row.target.removeprefix("VT-").split()[0]
    assert name.startswith(f"test_vt_{number}_")
    assert f"\ndef {name}(" in (ROOT / file).read_text(encoding="utf-8")


def test_the_tree_of_alliances_is_the_one_generated():
    assert (FOLDER / "alliance_tree.yaml").read_text() == cascades.scenario_text()


@pytest.mark.parametrize("duel", [*duels.SQUARE, *duels.LINEAR], ids=str)
def test_vt_07_and_08_days_of_several_losses_move_chances_by_less_than_half_an_error(duel):
    """The exact chain of days against the published chain of single losses."""
    chance = duels.chain(duel, 1.0 if duel.left else 0.5, duel.rate)[0]
    error = (chance * (1.0 - chance) / REPLICATES) ** 0.5
    assert abs(chance - float(duel.wins)) < error / 2


@pytest.mark.slow
def test_numbers_from_memory_say_so(rows):
    named = [row.quantity for row in rows if row.note == MEMORY]
    assert any("Richardson" in name for name in named)
    assert any("a=8e-9" in name for name in named)


@pytest.mark.slow
def test_the_document_is_what_the_code_prints(rows):
    assert DOCUMENT.read_text(encoding="utf-8") == validation.markdown(rows)


@pytest.mark.slow
def test_the_table_has_a_line_for_each_row(rows):
    lines = validation.table(rows).splitlines()
    assert all(line.startswith(row.target) for row, line in zip(rows, lines[2:]))
    assert lines[-1] == validation.counts(rows)
    assert lines.index("") == len(rows) + 2


def test_every_module_with_rows_is_in_the_table():
    folder = ROOT / "sim" / "validation"
    files = folder.glob("*.py")
    written = {file.stem for file in files if "\ndef rows()" in file.read_text(encoding="utf-8")}
    assert written == set(validation.FAMILIES)


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.yaml")), ids=lambda file: file.stem)
def test_closed_form_worlds_are_equal_in_both_engines(file):
    blueprint = draft(load_scenario(str(file)))
    mesa, compiled = (engine.simulate(blueprint, [{}], [0, 1], 1) for engine in (agents, records))
    assert not any(mesa.errors)
    for name, values in mesa.outcomes.items():
        np.testing.assert_array_equal(values, compiled.outcomes[name], err_msg=name)
    np.testing.assert_array_equal(mesa.events, compiled.events)


@pytest.mark.parametrize(
    ("published", "ours", "verdict"),
    [
        (".500", 0.4996, "reproduced"),
        (".500", 0.4994, "FAILS"),
        ("-1.20, 3e2", (-1.199, 310.0), "reproduced"),
        ("10.5", 0.5, "FAILS"),
    ],
)
def test_digits_given_decide(published, ours, verdict):
    assert exact("t", "q", published, ours).verdict == verdict


def test_as_many_numbers_as_are_published():
    with pytest.raises(ValueError, match="2 published numbers, 1 of ours"):
        exact("t", "q", "1, 2", 1.0)


def test_no_excuse_outlives_its_difference():
    assert differing("t", "q", "1.0", 2.0, "why").verdict == "differs"
    assert differing("t", "q", "1.0", 1.0, "why").verdict == "FAILS"


def test_bands():
    assert sampled("t", "q", "1", 1.39, 0.1, 1.0).verdict == "within band"
    assert sampled("t", "q", "1", 1.41, 0.1, 1.0).verdict == "FAILS"
    assert inside("t", "q", ".5", 0.5, (0.4, 0.6), "").verdict == "within band"
    assert inside("t", "q", ".5", 0.7, (0.4, 0.6), "").verdict == "FAILS"


def test_the_document_escapes_bars_and_numbers_notes_once():
    two = [missing("t", "a|b", "1", "same"), missing("u", "c", "2", "same")]
    text = validation.markdown(two)
    assert "a\\|b [1]" in text
    assert text.count("1. same") == 1
