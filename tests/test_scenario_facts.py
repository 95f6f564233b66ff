"""Is the case the record's? Numbers that the scenario takes as given against the record's files."""

from __future__ import annotations

import csv
from datetime import date, timedelta

import pytest

from sim.cli import main
from sim.cli.requests import read_requests
from sim.rules.parameters import declared
from sim.scenario.load import load_scenario
from sim.scenario.places import CONFIGS, known

RECORD = CONFIGS / "record" / "dprk_russia_2024"
SCENARIO = load_scenario("dprk_russia_2024")


def rows(name):
    with (RECORD / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_areas_of_the_first_weeks_are_the_map_s():
    held = {row["date"]: float(row["controlled_km2"]) for row in rows("kursk_area_daily.csv")}
    given = [entry for entry in SCENARIO.calendar.values() if entry.kind == "area_set"]
    assert len(given) == 4
    assert all(held[entry.date.isoformat()] == entry.amount for entry in given)


@pytest.mark.parametrize(
    ("event", "day"),
    [
        ("signed_pyongyang", lambda t: t.signed),
        ("duma_ratifies", lambda t: t.ratification["rus_lower_house"].done),
        ("federation_council_ratifies", lambda t: t.ratification["rus_upper_house"].done),
        ("putin_signs_ratification_law", lambda t: t.ratification["rus_president"].done),
        ("kim_signs_ratification_decree", lambda t: t.ratification["prk_decree"].done),
        ("instruments_exchanged_in_force", lambda t: t.exchanged),
    ],
)
def test_dates_of_the_treaty_are_the_record_s(event, day):
    dates = {row["series"]: row["date"] for row in rows("public_record.csv")}
    treaty = SCENARIO.treaties["csp_2024"]
    assert day(treaty).isoformat() == dates[f"event.treaty.{event}"]


def test_nothing_after_the_cut_off_is_used():
    assert SCENARIO.cutoff == date(2025, 1, 31)
    assert max(row["date"] for row in rows("public_record.csv")) <= "2025-01-31"
    assert max(entry.date for entry in SCENARIO.calendar.values()) <= SCENARIO.cutoff


def test_the_calendar_scripts_no_answer():
    """Only the incursion, its first areas and changes of institutions are given."""
    kinds = {entry.kind for entry in SCENARIO.calendar.values()}
    assert kinds == {"front_opens", "area_set", "institutions_change"}


def test_every_parameter_has_a_range_and_a_source():
    for name, one in declared().items():
        assert one.low <= one.default <= one.high, name
        assert one.source.strip() and one.unit.strip() and one.meaning.strip(), name


def test_a_number_set_by_hand_is_not_drawn():
    fixed = load_scenario("dprk_russia_2024", {"params.helmbold": 0.75})
    assert "helmbold" in SCENARIO.uncertainties and "helmbold" not in fixed.uncertainties
    assert fixed.params["helmbold"] == 0.75
    assert len(fixed.uncertainties) == len(SCENARIO.uncertainties) - 1


def test_states_of_the_case():
    assert list(SCENARIO.states) == ["rus", "prk", "ukr", "usa", "kor", "chn", "jpn", "eur"]
    assert list(SCENARIO.fronts) == ["main", "kursk"]


@pytest.mark.parametrize("experiment", known("experiment"))
def test_every_experiment_composes_and_runs(experiment, tmp_path, capsys):
    arguments = [f"+experiment={experiment}", "replicates=1", f"out={tmp_path / 'study'}"]
    [asked] = read_requests(arguments)
    end = f"scenario.end={asked.scenario.start + timedelta(days=14)}"
    assert main([*arguments, "engine=mesa", end]) == 0, capsys.readouterr()
