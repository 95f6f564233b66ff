"""Does the end of a study say what was found, plainly, on every kind of terminal?"""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pandas as pd
import pytest
from rich.console import Console
from study_fakes import FakeOutcome, plan, simulate
from test_figures import GRID, context_of, dead_at_12_000, study_of

from sim.report import findings, terminal
from sim.report.sentences import pairs
from sim.report.slices import along, reference, spread
from sim.report.summary import write_summary
from sim.report.telling import Telling
from sim.study.keeper import Headline


def said(act, encoding="utf-8"):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    act(terminal.open_console(stream))
    stream.flush()
    return raw.getvalue().decode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1252"])
def test_the_end_tells_estimates_place_and_next_steps(tmp_path, encoding):
    study = study_of(tmp_path, GRID)
    context = context_of(study)

    def act(console):
        terminal.show_results(console, study, context, 8.6)
        terminal.show_saved(console, tmp_path, terminal.next_steps(study, context, "honour"))

    text = said(act, encoding)
    assert "Done in 8.6 s (108 runs, 0 failed)" in text
    assert "By deployment size at escalation intensity 1 (12 runs a line)" in text
    assert "By escalation intensity at deployment size 12,000" in text
    assert "reading: each line is one point" in text
    assert "not a forecast" in text
    assert f"Saved   {tmp_path}   (" in text
    assert "python -m sim explain deployment.size" in text
    assert "python -m sim +experiment=honour" in text
    assert "\x1b" not in text


def test_tables_fit_eighty_columns(tmp_path):
    study = study_of(tmp_path, GRID)
    stream = io.StringIO()
    console = Console(file=stream, width=80)
    for lines in terminal.tables(study.points, context_of(study)):
        console.print(terminal._table(lines, console))
    assert "…" not in stream.getvalue()
    assert max(map(len, stream.getvalue().splitlines())) <= 80


def test_plain_lines_every_tenth_when_not_on_a_terminal():
    def act(console):
        with terminal.Ticker(console, 1_000, "new major party") as tick:
            for done in range(50, 1_001, 50):
                tick(done, 1_000, Headline("new_major_party", 0.15, 0.13, 0.17))

    lines = said(act, "ascii").splitlines()
    assert len(lines) == 10
    assert lines[0].startswith(" 10 %  100/1,000 runs")
    assert lines[-1].endswith("P(new major party) so far 0.150 +-0.020")


def test_a_bar_on_a_terminal():
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, width=120)
    with terminal.Ticker(console, 100) as tick:
        tick(50, 100, None)
        tick(100, 100, Headline("lethal_aid", 0.5, 0.4, 0.6))
    assert "100/100 runs" in stream.getvalue()


def test_no_colour_when_asked(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert terminal.open_console().no_color


def test_a_study_whose_runs_failed_is_told_without_numbers(tmp_path):
    study = study_of(tmp_path, {"deployment.size": [12_000]}, 3, dead_at_12_000)
    text = said(lambda console: terminal.show_results(console, study, context_of(study), 1.0))
    assert "Done in 1.0 s (3 of 3 runs failed, 100 %)" in text
    assert "–" in text


def test_summary_files(tmp_path):
    study = study_of(tmp_path, GRID)
    table, text = write_summary(study, context_of(study))
    rows = pd.read_csv(table)
    assert len(rows) == 9
    assert rows["lethal_aid"].tolist() == pytest.approx(study.points["lethal_aid"], abs=1e-4)
    words = text.read_text(encoding="utf-8")
    assert words.startswith("# Escalation on two fronts\n")
    assert "| deployment size | new major party at war in 100 |" in words
    assert words.endswith("*\n")
    assert "not a forecast" in words


def test_one_slice_is_shown_and_named(tmp_path):
    study = study_of(tmp_path, GRID, 2)
    context = context_of(study)
    assert reference(study.points, context) == {
        "deployment.size": 12_000,
        "escalation.intensity": 1.0,
        "honour.mode": "model",
    }
    line = along(study.points, context, "escalation.intensity")
    assert line["deployment.size"].unique().tolist() == [12_000]
    assert line["escalation.intensity"].tolist() == [0, 1, 2]


def test_a_few_of_many_values_keep_both_ends_and_the_one_that_matters():
    values = [0, 1_500, 3_000, 6_000, 9_000, 12_000, 15_000, 20_000]
    chosen = spread(values, 4, 12_000)
    assert len(chosen) == 4
    assert {0, 12_000, 20_000} <= set(chosen)
    assert spread(values[:3], 4) == values[:3]


MODES = {"honour.mode": ["historical", "model", "always", "never"]}
FOCUS = SimpleNamespace(casualties_on=date(2025, 1, 13), area_on=date(2024, 11, 22))
ASKED = SimpleNamespace(
    question="What if?",
    typed=("+experiment=escalation", "out=/somewhere", "++force=true", "deployment.size=0,12000"),
    scenario=SimpleNamespace(focus=FOCUS),
)


def found_in(folder, values, engine=simulate):
    """A study and its context, with the outcomes of the two check days."""
    study = study_of(folder, values, 40, engine)
    context = context_of(study)
    points = study.points.copy()
    for name, number in (("sender_casualties_at_check", 2_470.4), ("area_at_check", 381.6)):
        for place, part in (("_p10", 0.5), ("_p50", 1.0), ("_p90", 1.5)):
            points[name + place] = part * number
    more = (FakeOutcome("sender_casualties_at_check"), FakeOutcome("area_at_check", unit="km2"))
    told = SimpleNamespace(points=points, runs_at=study.runs_at, folder=folder, config={})
    return told, replace(context, outcomes=(*context.outcomes, *more))


@pytest.mark.parametrize(
    "values", [GRID, MODES, {"deployment.size": [0, 12_000]}, {}, {**MODES, "deployment.size": [0]}]
)
@pytest.mark.parametrize("engine", [simulate, dead_at_12_000])
def test_ten_sentences_whatever_was_run(tmp_path, values, engine):
    study, context = found_in(tmp_path, values, engine)
    sentences = findings.ten(study, context, ASKED.scenario)
    assert len(sentences) == 10
    assert all(re.fullmatch(r"[A-Z0-9].*\.", text) and "nan" not in text for text in sentences)


def test_two_levers_are_told_one_after_the_other(tmp_path):
    study, context = found_in(tmp_path, GRID)
    sentences = findings.ten(study, context, ASKED.scenario)
    assert sentences[1].startswith("As deployment size goes from 0 to 12,000 (at escalation ")
    assert sentences[2].startswith("As escalation intensity goes from 0 to 2 (at deployment size ")
    for text in (*sentences[1:3], sentences[4]):
        assert "new major party at war" in text and "nuclear signalling" in text
    assert sentences[3].startswith("Of all points P(new major party at war) is largest at ")
    assert "deployment size 12,000 instead of 0 changes" in sentences[4]


def test_each_mode_has_its_value(tmp_path):
    study, context = found_in(tmp_path, MODES)
    for text in findings.ten(study, context, ASKED.scenario)[1:4]:
        assert re.search(r"is .* at historical, .* at model, .* at always and .* at never; ", text)


def test_a_day_beyond_the_horizon_never_comes(tmp_path):
    study, context = found_in(tmp_path, GRID)
    study.points["days_to_restore_p90"] = float("nan")
    text = findings.ten(study, context, ASKED.scenario)[6]
    assert "to never within the horizon)" in text and "–)" not in text


def test_the_record_stands_beside_the_model_on_the_check_days(tmp_path):
    study, context = found_in(tmp_path, GRID)
    text = findings.ten(study, context, ASKED.scenario)[8]
    assert text.startswith("In-sample consistency, not validation: at deployment size 12,000 ")
    assert "13 Jan 2025 is 2,470 people" in text.replace("persons", "people")
    assert "(P10–P90 1,240 to 3,710), where the public record has 3,000–4,000 (South K" in text
    assert "22 Nov 2024 is 382 km² (P10–P90 191 to 572)" in text
    assert "has 572–802 (DeepState map, high with grey zone)." in text
    bare = replace(context, record=None)
    assert "No public record" in findings.ten(study, bare, ASKED.scenario)[8]


def test_pairs_take_the_ends_where_the_scenarios_size_was_not_run(tmp_path):
    study = study_of(tmp_path, {"deployment.size": [0, 6_000, 12_000]})
    assert "12,000 instead of 0 " in pairs(Telling(study.points, context_of(study)), study)
    other = study_of(tmp_path / "b", {"deployment.size": [1_500, 11_000, 20_000]})
    assert "20,000 instead of 1,500" in pairs(Telling(other.points, context_of(other)), other)


def test_the_readme_names_the_command_of_any_machine(tmp_path):
    study, context = found_in(tmp_path, GRID)
    names = ["ladder.png", "ladder.svg"]
    text = findings.write_findings(study, context, ASKED, names).read_text(encoding="utf-8")
    assert "\npython -m sim +experiment=escalation deployment.size=0,12000\n" in text
    assert "somewhere" not in text and "force" not in text
    assert text.count("](figures/") == 1
    assert "\n10. The intervals are sampling error only" in text


def test_words_keep_the_scenarios_order(tmp_path):
    study = study_of(tmp_path, {"honour.mode": ["never", "always"]}, 2)
    line = along(study.points, context_of(study), "honour.mode")
    assert line["honour.mode"].tolist() == ["always", "never"]
    assert plan().runs == 40
