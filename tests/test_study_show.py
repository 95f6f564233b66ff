"""What a study says of itself while it runs and after: log, run card, `show`, and what failed."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta

import pandas as pd
import pytest
from program import FINE, call
from study_fakes import identity, plan
from test_figures import context_of, dead_at_12_000, study_of
from test_study_run import study_at

from sim.cli import main
from sim.report import figures
from sim.report.figures import rows
from sim.report.lines import tables
from sim.report.sentences import runs_made
from sim.report.summary import summary_csv, write_summary
from sim.report.telling import Telling
from sim.study import lock, log, store
from sim.study.run import run_study
from sim.study.state import state_of

WORDS = (f"scenario={FINE}", "size=0,100", "engine=mesa", "workers=1", "replicates=110")


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(figures, "draw_all", lambda study, context: [])
    return tmp_path


def events(folder):
    return [event["event"] for event in log.read(folder)]


def test_the_log_tells_a_study_from_start_to_end(tmp_path):
    study_at(tmp_path, plan(replicates=120), workers=2, headline="lethal_aid")
    assert events(tmp_path) == ["started", *3 * ["part kept"], "finished"]
    first, *kept, last = log.read(tmp_path)
    assert (first["runs"], first["planned"], first["workers"]) == (0, 480, 2)
    assert [(event["part"], event["runs"]) for event in kept] == [(0, 200), (1, 400), (2, 480)]
    assert all(event["runs_a_second"] > 0 for event in kept)
    assert kept[-1]["headline"]["name"] == "lethal_aid"
    assert (last["runs"], last["failed"]) == (480, 0)
    for event in (first, last):
        assert datetime.fromisoformat(event["time"]).utcoffset() == timedelta(0)


def test_the_log_goes_on_after_a_torn_line(tmp_path):
    study_at(tmp_path)
    with (tmp_path / log.FILE).open("a") as stream:
        stream.write('{"time": "20')
    (tmp_path / "runs" / "part-000000.parquet").write_bytes(b"")
    study_at(tmp_path)
    said = log.read(tmp_path)[3:]
    assert [event["event"] for event in said] == [
        "part run again", "started", "part kept", "finished",
    ]  # fmt: skip
    assert (said[0]["part"], said[0]["why"]) == (0, "not as it was written")


def test_a_log_that_cannot_be_written_stops_nobody(tmp_path):
    (tmp_path / "study").mkdir()
    store.create(plan(), identity(), out=tmp_path / "study")
    (tmp_path / "study" / log.FILE).mkdir()
    study = run_study(plan(), identity(), tmp_path / "study", dead_at_12_000, None)
    assert study.manifest["status"] == "finished"


def test_the_run_card(tmp_path):
    study = study_at(tmp_path, workers=3)
    card = study.manifest["card"]
    assert (card["runs"], card["workers"]) == (40, 3)
    assert card["cores"] >= 1 and card["seconds"] >= 0 and card["runs_a_second"] > 0
    assert card["milliseconds_a_run"] == pytest.approx(3000 / card["runs_a_second"], rel=0.02)
    assert 20 < card["peak_memory_mib"] < 100_000
    assert study_at(tmp_path, workers=1).manifest["card"] == card


def half(folder, watch=lambda: None):
    """A study stopped after 400 of 1,200 runs, by Ctrl-C or worse."""

    def stop(done, total, headline):
        if done >= 400:
            watch()
            raise RuntimeError("worse")

    store.create(plan(replicates=300), identity(), out=folder)
    with pytest.raises(RuntimeError):
        run_study(
            plan(replicates=300), identity(), folder, dead_at_12_000, None,
            headline="lethal_aid", progress=stop,
        )  # fmt: skip


def test_a_study_under_way_is_seen_without_its_lock(tmp_path):
    found = []
    half(tmp_path, lambda: found.append(state_of(store.load(tmp_path))))
    [state] = found
    assert (state.status, state.runs, state.planned, state.failed) == ("running", 400, 1200, 200)
    assert "process" in state.holder
    assert state.left == pytest.approx(800 / state.rate)
    assert state.headline["low"] < state.headline["share"] < state.headline["high"]
    stopped = state_of(store.load(tmp_path))
    assert (stopped.status, stopped.holder, stopped.left) == ("stopped", "", None)


def test_whoever_looks_keeps_nobody_out(tmp_path):
    with lock.held(tmp_path):
        assert lock.holder(tmp_path).startswith("process ")
    assert lock.holder(tmp_path) == ""
    (tmp_path / lock.NAME).write_text("process 1 since long")
    with (tmp_path / lock.NAME).open("rb") as other:
        lock._look(other)
        assert lock.holder(tmp_path) == ""


def test_show_tells_a_stopped_study_and_how_to_go_on(capsys, elsewhere):
    half(elsewhere / "a")
    said = call(capsys, "show", "a")
    assert (said.status, said.err) == (0, "")
    assert re.search(r"Status +stopped: no process is at work on it", said.out)
    assert re.search(r"400 of 1,200 runs \(33 %\); 200 of 400 runs failed, 50 %;", said.out)
    assert re.search(
        r"Headline +lethal aid by the watcher in \d+\.\d of 100 runs at all points \(95 % ",
        said.out,
    )
    assert "python -m sim resume a   goes on where it stopped" in said.out


def test_show_tells_a_finished_study(capsys, elsewhere):
    assert main(WORDS) == 0
    ended = call(capsys, *WORDS, "force=true").out
    for words in (("show",), ("show", "latest"), ("show", "studies/latest")):
        said = call(capsys, *words)
        assert (said.status, said.err) == (0, "")
        assert "2 points x 110 replicates = 220 runs, seed 1, engine mesa, study " in said.out
        assert re.search(r"Status +finished on 2\d{3}-\d\d-\d\d \d\d:\d\d:\d\d UTC", said.out)
        assert re.search(r"Run card +1 workers? on \d+ cores?, [\d.]+ ms a run on one", said.out)
        [table] = re.findall(r"By size \(.*?\nreading", said.out, re.DOTALL)
        assert table in ended


def test_a_scenario_that_cannot_be_read_any_more_is_still_shown(capsys, elsewhere):
    assert main(WORDS) == 0
    folder = store.load("studies/latest").folder
    config = (folder / "config.yaml").read_text().replace("scenario:", "once:")
    (folder / "config.yaml").write_text(config)
    said = call(capsys, "show")
    assert said.status == 0
    assert "Its tables are not shown: " in said.out


@pytest.mark.parametrize(
    ("words", "fault"),
    [(("a", "b"), "show takes one study, not 2"), (("nowhere",), "no study in 'nowhere'"),
     ((), "no study in 'studies")],
)  # fmt: skip
def test_wrong_words_are_one_message(capsys, elsewhere, words, fault):
    said = call(capsys, "show", *words)
    assert said.status == 2
    assert fault in said.err


def test_what_failed_stands_beside_every_share(tmp_path):
    study = study_of(tmp_path, {"deployment.size": [0, 12_000]}, 4, dead_at_12_000)
    context = context_of(study)
    words = "4 of 8 runs failed, 50 %"
    assert words in context.footer
    assert words in runs_made(Telling(study.points, context))
    [table] = tables(study.points, context)
    assert [row[-1] for row in table.rows] == ["0 of 4 (0 %)", "4 of 4 (100 %)"]
    file, text = write_summary(study, context)
    assert pd.read_csv(file)["failed_share"].tolist() == [0, 1]
    assert text.read_text().count(words) == 2
    drawn = rows.headlines(study.points, context, "deployment.size")
    assert any(words in one.get_text().replace("\n", " ") for one in drawn.texts)


def test_nothing_is_said_of_failures_where_there_are_none(tmp_path):
    study = study_of(tmp_path, {"deployment.size": [0, 12_000]}, 4)
    assert "failed" not in context_of(study).footer
    assert "failed_share" not in summary_csv(study.points)
    [table] = tables(study.points, context_of(study))
    assert "failed" not in " ".join(table.header)
    assert json.loads((tmp_path / "manifest.json").read_text())["failed"] == 0
