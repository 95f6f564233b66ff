"""Does a study that was killed end in the same bytes as one that was not?"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import killed_studies
import pytest
from program import ROOT, contents

from sim.cli import main
from sim.study.parts import noted

KILLS = 20
PARTS = 42
TIMED = ("manifest.json", "log.jsonl")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(os.name != "posix", reason="copies of a process, as on POSIX"),
]


@pytest.fixture(scope="module")
def studies(tmp_path_factory):
    """Studies killed with SIGKILL, beside one that was not."""
    folder = tmp_path_factory.mktemp("killed")
    tests = Path(killed_studies.__file__)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(tests.parent)])}
    command = [sys.executable, str(tests), str(folder), str(KILLS)]
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=300)
    return folder


def tables(folder):
    """Everything of a study that does not tell the time."""
    found = {name: text for name, text in contents(folder).items() if name not in TIMED}
    del found["overrides.yaml"], found["report.html"]
    return found


def test_most_kills_fall_into_the_runs(studies):
    finished = [len(noted(studies / str(number))[0]) for number in range(KILLS)]
    assert len(noted(studies / "whole")[0]) == PARTS
    assert sum(0 < parts < PARTS for parts in finished) > KILLS // 4
    assert len(set(finished)) > KILLS // 5


@pytest.mark.parametrize("number", range(KILLS))
def test_a_killed_study_ends_in_the_same_bytes(studies, number, monkeypatch):
    killed_studies.small(monkeypatch.setattr)
    folder = studies / str(number)
    assert main([*killed_studies.WORDS, f"out={folder}"]) == 0
    assert tables(folder) == tables(studies / "whole")
