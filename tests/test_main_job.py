"""The main job from the command line to the folder it leaves, on both engines."""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import time
from dataclasses import replace

import pandas as pd
import pytest
from program import FINE, call, contents, run, start

from sim import agents
from sim.cli import main
from sim.outcomes import OUTCOMES
from sim.report import figures
from sim.report.terminal import Ticker
from sim.study.store import load

SMALL = (f"scenario={FINE}", "size=0,100")
MAIN = ("+experiment=escalation", "deployment.size=0,12000", "escalation.intensity=1")
FILES = {
    "README.md", "README.txt", "config.yaml", "overrides.yaml", "manifest.json", "parts.jsonl",
    "points.parquet", "bands.parquet", "shares.parquet", "runs", "events", "paths", "figures",
    "summary.md", "summary.csv", "log.jsonl", "design.csv", "report.html",
}  # fmt: skip


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def plain(monkeypatch):
    """Studies without figures, which take the longest."""
    monkeypatch.setattr(figures, "draw_all", lambda study, context: [])


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    """The main job, small, on the compiled engine."""
    folder = tmp_path_factory.mktemp("studies") / "compiled"
    assert main([*MAIN, "replicates=4", f"out={folder}"]) == 0
    return load(folder)


def tables(folder):
    """The tables of a study, byte for byte."""
    return {name: text for name, text in contents(folder).items() if name.endswith(".parquet")}


def test_the_study_folder_is_complete(compiled):
    assert {path.name for path in compiled.folder.iterdir()} == FILES
    assert [path.name for path in (compiled.folder / "runs").iterdir()] == ["part-000000.parquet"]
    drawn = {path.suffix for path in (compiled.folder / "figures").iterdir()}
    assert {".png", ".svg"} <= drawn
    assert len(compiled.runs) == 2 * 4
    assert not compiled.runs["failed"].any()
    assert compiled.manifest["status"] == "finished"
    assert compiled.manifest["runs"] == 8
    assert compiled.manifest["engine"] == "compiled"


def test_what_was_found_is_told_in_ten_sentences(compiled):
    text = (compiled.folder / "README.md").read_text(encoding="utf-8")
    numbers = re.findall(r"^(\d+)\. \S", text, re.MULTILINE)
    assert numbers == [str(number) for number in range(1, 11)]
    assert "python -m sim +experiment=escalation deployment.size=0,12000" in text
    for name in re.findall(r"\]\((figures/[^)]+)\)", text):
        assert (compiled.folder / name).is_file()


def test_every_report_ends_with_what_it_is_not_and_on_what_it_is_conditioned(compiled):
    for name in ("README.md", "summary.md"):
        *_, last = (compiled.folder / name).read_text(encoding="utf-8").strip().splitlines()
        assert last.startswith("*Exploratory, for teaching")
        assert "not a forecast. Data cut-off 2025-01-31; conditioned on history. 8 runs" in last


def test_both_engines_give_equal_runs(compiled, plain, elsewhere):
    assert main([*MAIN, "replicates=4", "engine=mesa", "out=mesa"]) == 0
    mesa = load(elsewhere / "mesa")
    pd.testing.assert_frame_equal(mesa.runs, compiled.runs, check_exact=True)
    pd.testing.assert_frame_equal(mesa.events, compiled.events, check_exact=True)
    assert tables(elsewhere / "mesa") == tables(compiled.folder)


@pytest.mark.parametrize("engine", ["mesa", "compiled"])
def test_one_seed_gives_the_same_bytes_and_another_does_not(plain, elsewhere, engine):
    for out, more in (("a", "seed=5"), ("b", "seed=5"), ("c", "seed=6")):
        assert main([*SMALL, "replicates=20", f"engine={engine}", more, f"out={out}"]) == 0
    first, again, other = (tables(elsewhere / name) for name in "abc")
    assert first == again
    assert first["runs/part-000000.parquet"] != other["runs/part-000000.parquet"]


def test_workers_change_no_byte(plain, elsewhere):
    for workers in (1, 4):
        assert main([*SMALL, "replicates=700", f"workers={workers}", f"out={workers}"]) == 0
    assert tables(elsewhere / "1") == tables(elsewhere / "4")
    assert len(tables(elsewhere / "1")) > 7
    assert len(load(elsewhere / "1").runs) == 1400


def test_a_study_is_replaced_by_force_only(capsys, plain, elsewhere):
    words = (*SMALL, "engine=mesa", "out=study")
    assert main([*words, "replicates=3"]) == 0
    (elsewhere / "study" / "my notes.txt").write_text("mine")
    (elsewhere / "study" / "figures").mkdir(exist_ok=True)
    before = contents(elsewhere)
    said = call(capsys, *words, "replicates=2")
    assert said.status == 2
    assert (
        "out: 'study' already holds another study: replicates is 3 there and 2 here\n" in said.err
    )
    assert "force=true" in said.err
    assert contents(elsewhere) == before
    assert call(capsys, *words, "replicates=2", "size=-1", "force=true").status == 2
    assert contents(elsewhere) == before
    assert main([*words, "replicates=2", "force=true"]) == 0
    assert len(load(elsewhere / "study").runs) == 4
    assert (elsewhere / "study" / "my notes.txt").read_text() == "mine"


def test_without_out_a_study_goes_to_a_dated_folder(capsys, plain, elsewhere):
    said = call(capsys, f"scenario={FINE}", "engine=mesa", "replicates=2")
    assert (said.status, said.err) == (0, "")
    latest = (elsewhere / "studies" / "latest").read_text().strip()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d_\d{6}_levers_[0-9a-f]{8}", latest)
    assert len(load(elsewhere / "studies" / "latest").runs) == 2
    assert {path.name for path in elsewhere.iterdir()} == {"studies"}


def test_two_experiments_are_two_studies(capsys, plain, elsewhere):
    words = ("deployment.size=0", "escalation.intensity=1", "honour.mode=never")
    assert main(["+experiment=escalation,honour", *words, "replicates=1"]) == 0
    names = [path.name for path in (elsewhere / "studies").iterdir() if path.is_dir()]
    assert len(names) == 2
    assert {name.split("_")[2] for name in names} == {"escalation", "honour"}
    assert capsys.readouterr().out.count("Done in") == 2


def test_the_next_commands_can_be_typed(capsys, plain, monkeypatch):
    said = call(capsys, *SMALL, "engine=mesa", "replicates=2", "out=a b", "force=true")
    steps = [line[8:].split("   ")[0] for line in said.out.splitlines() if "python -m sim" in line]
    narrower = steps[-1].split()
    assert narrower[:3] == ["python", "-m", "sim"]
    assert narrower[3:] == [*SMALL, "engine=mesa", "replicates=8"]
    assert "python -m sim explain size" in steps


def test_ctrl_c_keeps_what_is_finished(capsys, plain, monkeypatch, elsewhere):
    def stop(self, done, total, headline):
        if done >= 400:
            raise KeyboardInterrupt

    monkeypatch.setattr(Ticker, "__call__", stop)
    said = call(capsys, *SMALL, "replicates=1000", "out=study")
    assert said.status == 130
    assert "Interrupted: 400 of 2,000 runs are finished and kept" in said.out
    assert "python -m sim resume study   goes on where it stopped" in said.out
    study = load(elsewhere / "study")
    assert study.manifest["status"] == "interrupted"
    assert len(study.runs) == study.manifest["runs"] == 400
    assert study.points["n"].tolist() == [200, 200]
    assert "Traceback" not in said.err


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="signals of POSIX")
def test_a_signal_from_outside(elsewhere):
    process = start(*SMALL, "engine=mesa", "replicates=100000", "out=study", cwd=elsewhere)
    first = elsewhere / "study" / "parts.jsonl"
    until = time.monotonic() + 120
    while (
        not (first.exists() and first.stat().st_size)
        and process.poll() is None
        and time.monotonic() < until
    ):
        time.sleep(0.1)
    time.sleep(0.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 130, err
    assert "are finished and kept" in out
    assert "Traceback" not in err
    study = load(elsewhere / "study")
    assert study.manifest["status"] == "interrupted"
    assert len(study.runs) == study.manifest["runs"] >= 200


def failing(monkeypatch, fails):
    """Let the Mesa engine fail in the runs that `fails` picks, by replicate and size."""
    first = OUTCOMES[0]

    def measure(world):
        if fails(world.clock.replicate, world.point["size"]):
            raise ZeroDivisionError("nobody there")
        return first.measure(world)

    class Marked(agents.World):
        def __init__(self, blueprint, point, replicate, seed):
            super().__init__(blueprint, point, replicate, seed)
            self.point = point

    monkeypatch.setattr(agents, "World", Marked)
    monkeypatch.setattr(agents, "OUTCOMES", (replace(first, measure=measure), *OUTCOMES[1:]))


def test_a_run_that_fails_is_a_row_and_the_study_goes_on(capsys, plain, monkeypatch, elsewhere):
    failing(monkeypatch, lambda replicate, size: replicate == 1 and size == 100)
    said = call(capsys, *SMALL, "engine=mesa", "replicates=3", "out=study")
    assert "Traceback" not in said.err
    assert "(1 of 6 runs failed, 16.7 %)" in said.out
    runs = load(elsewhere / "study").runs
    assert runs["failed"].tolist() == [False, False, False, True, False, False]
    assert runs["error"][3] == "day 89: ZeroDivisionError: nobody there"
    assert runs.loc[3, [one.name for one in OUTCOMES]].isna().all()
    points = load(elsewhere / "study").points
    assert points["n"].tolist() == [3, 2]
    assert points["failed"].tolist() == [0, 1]
    manifest = json.loads((elsewhere / "study" / "manifest.json").read_text())
    assert (manifest["status"], manifest["failed"]) == ("finished", 1)


def test_a_run_that_fails_can_be_run_alone(capsys, plain, monkeypatch, elsewhere):
    failing(monkeypatch, lambda replicate, size: replicate == 3 and size == 100)
    said = call(capsys, *SMALL, "engine=mesa", "replicates=5", "seed=9", "out=study")
    [row] = pd.read_csv(elsewhere / "study" / "failed.csv").to_dict("records")
    assert row["error"] == "day 89: ZeroDivisionError: nobody there"
    assert (row["point"], row["replicate"]) == (1, 3)
    assert row["command"] in said.out
    words = shlex.split(row["command"])[3:]
    assert words == [SMALL[0], "engine=mesa", "seed=9", "size=100", "replicate=3"]
    assert main([*words, "out=alone"]) == 1
    assert load(elsewhere / "alone").runs["error"].tolist() == [row["error"]]


def test_one_replicate_is_the_same_run_alone(plain, elsewhere):
    assert main([*SMALL, "engine=mesa", "replicates=5", "out=study"]) == 0
    assert main([*SMALL, "engine=mesa", "replicate=3", "out=alone"]) == 0
    assert not (elsewhere / "alone" / "failed.csv").exists()
    for table in ("runs", "events", "paths"):
        whole, alone = (getattr(load(elsewhere / name), table) for name in ("study", "alone"))
        of_three = whole[whole["replicate"] == 3].reset_index(drop=True)
        pd.testing.assert_frame_equal(alone, of_three, check_exact=True)
    assert set(load(elsewhere / "alone").bands["n"]) == {1}
    assert main(["resume", "alone"]) == 0
    assert main([*SMALL, "replicate=3", "replicates=5"]) == 2


def test_when_every_run_fails(capsys, monkeypatch, elsewhere):
    failing(monkeypatch, lambda replicate, size: True)
    said = call(capsys, *SMALL, "engine=mesa", "replicates=2", "out=study")
    assert said.status == 1
    assert "Traceback" not in said.err
    assert load(elsewhere / "study").runs["failed"].all()


def test_a_full_disk_is_one_message(capsys, monkeypatch):
    from sim.study import files

    def full(path, content):
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(files, "write_bytes", full)
    said = call(capsys, *SMALL, "engine=mesa", "replicates=2", "out=study")
    assert said.status == 1
    assert said.err.startswith("error: ")
    assert said.err.endswith("No space left on device\n")


def test_as_a_process_of_its_own(elsewhere):
    said = run(*SMALL, "engine=mesa", "replicates=2", "out=study", cwd=elsewhere)
    assert said.status == 0
    assert "Traceback" not in said.err
    assert "\x1b" not in said.out
    assert "100 %  4/4 runs" in said.out
    assert {path.name for path in elsewhere.iterdir()} == {"study"}
