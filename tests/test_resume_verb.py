"""Does `python -m sim resume STUDY`, or the same command again, go on with a study that stopped?"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys

import killed_studies
import pytest
import yaml
from program import BUILT_IN, FINE, call, contents, run, start

from sim import job
from sim.blueprint import draft
from sim.cli import main
from sim.cli.requests import read_requests
from sim.cli.resume import request_of
from sim.designed import points_of
from sim.report.terminal import Ticker
from sim.scenario.places import known
from sim.study import files, lock, place
from sim.study.manifest import SCHEMA
from sim.study.store import load

WORDS = (f"scenario={FINE}", "size=0,100", "replicates=30", "engine=mesa", "workers=1")


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    killed_studies.small(monkeypatch.setattr)
    return tmp_path


@pytest.fixture(scope="module")
def half(tmp_path_factory):
    """A study stopped by Ctrl-C after 28 of 60 runs."""
    folder = tmp_path_factory.mktemp("studies") / "half"
    with pytest.MonkeyPatch.context() as patch:
        killed_studies.small(patch.setattr)
        patch.setattr(Ticker, "__call__", _stop)
        assert main([*WORDS, f"out={folder}"]) == 130
    return folder


def _stop(self, done, total, headline):
    if done >= 28:
        raise KeyboardInterrupt


@pytest.fixture
def study(half, elsewhere):
    """A copy of it, in `study`."""
    return shutil.copytree(half, elsewhere / "study")


def told(folder):
    """Everything of a study that tells neither the time nor the folder that was typed."""
    timeless = contents(folder).items()
    return {
        name: text
        for name, text in timeless
        if name not in ("manifest.json", "log.jsonl", "overrides.yaml", "report.html")
    }


@pytest.mark.parametrize("again", [("resume", "study"), (*WORDS, "out=study")])
def test_it_goes_on_and_ends_in_the_same_bytes(capsys, study, elsewhere, again):
    said = call(capsys, *again)
    assert (said.status, said.err) == (0, "")
    assert "going on: 28 of 60 runs are there" in said.out
    assert "Done in" in said.out
    assert load("study").manifest["status"] == "finished"
    assert main([*WORDS, "out=whole"]) == 0
    assert told(elsewhere / "study") == told(elsewhere / "whole")


def test_a_finished_study_answers_from_disk(capsys, study, monkeypatch):
    assert main(["resume", "study"]) == 0
    before = told(study)
    monkeypatch.setattr(job, "engine", lambda name: None)
    said = call(capsys, "resume", "study", "workers=2")
    assert (said.status, said.err) == (0, "")
    assert "going on: 60 of 60 runs are there" in said.out
    assert told(study) == before


def test_latest_is_resumed(capsys, elsewhere, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(Ticker, "__call__", _stop)
        assert main(list(WORDS)) == 130
    assert main(["resume", "studies/latest"]) == 0
    assert len(load("studies/latest").runs) == 60


def test_rules_that_changed_are_refused(capsys, study, monkeypatch):
    monkeypatch.setattr(job, "rules_hash", lambda: "0123456789abcdef")
    before = contents(study)
    said = call(capsys, "resume", "study")
    assert said.status == 2
    assert "already holds another study: rules is" in said.err
    assert "name a new folder with out=, or add force=true" in said.err
    assert contents(study) == before


@pytest.mark.parametrize("change", ["seed", "scenario"])
def test_a_changed_configuration_is_refused(capsys, study, change):
    file = study / "config.yaml"
    config = yaml.safe_load(file.read_text())
    if change == "seed":
        config["seed"] = 2
    else:
        config["scenario"]["states"]["aaa"]["capability"] = 0.123
    file.write_text(yaml.safe_dump(config, sort_keys=False, allow_unicode=True))
    said = call(capsys, "resume", "study")
    assert said.status == 2
    assert "configuration is" in said.err


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ((), "resume needs one study, not 0"),
        (("study", "study"), "resume needs one study, not 2"),
        (("nowhere",), "no study in 'nowhere'"),
        (("study", "workers=0"), "workers: '0' is not a whole number from 1 to 256"),
        (("study", "workers=" + 5000 * "9"), "is not a whole number"),
    ],
)
def test_wrong_words_are_one_message(capsys, study, words, fault):
    said = call(capsys, "resume", *words)
    assert said.status == 2
    assert fault in said.err


@pytest.mark.parametrize("text", ["", "[]", "seed: 1", "{", "experiment: 1\nscenario: {}"])
def test_a_broken_configuration_is_one_message(capsys, study, text):
    (study / "config.yaml").write_text(text)
    said = call(capsys, "resume", "study")
    assert said.status == 2
    assert "config.yaml" in said.err


def test_two_processes_on_one_study(capsys, study):
    before = contents(study)
    with lock.held(study):
        said = call(capsys, "resume", "study")
        assert said.status == 2
        assert f"'study' is in use by process {os.getpid()}" in said.err
        assert call(capsys, *WORDS, "out=study", "force=true").status == 2
    assert contents(study) == before


def test_a_full_disk_says_how_to_go_on(capsys, study, monkeypatch):
    def full(path, line):
        raise OSError(28, "No space left on device", str(path))

    with monkeypatch.context() as patch:
        patch.setattr(files, "append_line", full)
        said = call(capsys, "resume", "study")
    assert said.status == 1
    assert said.err.endswith("parts.jsonl: No space left on device\n")
    assert "python -m sim resume study   goes on where it stopped" in said.out
    assert len(load("study").runs) == 28
    assert main(["resume", "study"]) == 0


def test_a_read_only_folder_is_one_message(capsys, study, monkeypatch):
    def refused(folder):
        raise OSError(30, "Read-only file system", str(folder))

    monkeypatch.setattr(place, "_prove_writable", refused)
    before = contents(study)
    said = call(capsys, "resume", "study")
    assert said.status == 2
    assert "out: 'study' cannot be used as a folder for a study: Read-only file system" in said.err
    assert contents(study) == before


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="mounts of Linux")
def test_a_disk_that_is_really_full(elsewhere):
    disk = elsewhere / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "none", str(disk)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("needs the right to mount a file system")
    words = (f"scenario={FINE}", "size=0", "replicates=5000", "engine=mesa", "out=disk/study")
    try:
        said = run(*words, cwd=elsewhere)
        assert said.status == 1
        assert "No space left on device" in said.err
        assert "Traceback" not in said.err
        assert "python -m sim resume disk/study" in said.out
        about = json.loads((disk / "study" / "manifest.json").read_text())
        assert about["status"] == "running"
        assert set(load(disk / "study").runs["failed"]) == {False}
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.slow
def test_a_second_process_is_told_of_the_first(elsewhere):
    words = ("engine=mesa", "workers=1", f"scenario={FINE}", "replicates=100000", "out=study")
    first = start(*words, cwd=elsewhere)
    try:
        while not list((elsewhere / "study" / "runs").glob("part-*")):
            assert first.poll() is None
        second = run(*words, cwd=elsewhere)
        assert second.status == 2
        assert f"in use by process {first.pid} since" in second.err
    finally:
        first.kill()
        first.communicate()
    assert load(elsewhere / "study").manifest["status"] == "running"


@pytest.mark.parametrize("name", [*known("experiment"), ""])
def test_every_experiment_is_read_back_from_its_frozen_configuration(name, elsewhere):
    [asked] = read_requests([f"+experiment={name}"] if name else [f"scenario={BUILT_IN}"])
    _same_when_read_back(asked, elsewhere)


@pytest.mark.parametrize("name", known("scenario"))
def test_every_scenario_is_read_back_from_its_frozen_configuration(name, elsewhere):
    [asked] = read_requests([f"scenario={name}", "seed=3", "title=A"])
    _same_when_read_back(asked, elsewhere)


def _same_when_read_back(asked, folder):
    identity = identity_of(asked)
    about = {"schema": SCHEMA, "engine": asked.engine, "replicates": asked.replicates}
    (folder / "manifest.json").write_text(json.dumps(about))
    (folder / "config.yaml").write_text(
        f"replicates: {asked.replicates}\n{identity.config}", encoding="utf-8"
    )
    (folder / "overrides.yaml").write_text(yaml.safe_dump(list(asked.typed)), encoding="utf-8")
    read = request_of([str(folder)])
    assert identity_of(read) == identity


def identity_of(asked):
    blueprint = draft(asked.scenario)
    drawn = points_of(blueprint, asked.values, asked.wanted, asked.seed, asked.folder)
    return job.identify(asked, blueprint, drawn)
