"""`new` gives a scenario that is fine, and writes over nothing."""

from __future__ import annotations

import pytest
from program import call


def test_the_new_scenario_is_fine_and_runs(capsys, tmp_path):
    file = tmp_path / "mine.yaml"
    said = call(capsys, "new", str(file))
    assert (said.status, f"Wrote   {file}" in said.out) == (0, True)
    assert call(capsys, "check", str(file)).out == f"{file}: fine\n"
    words = (f"scenario={file}", "guarantor.size=0,3000", "replicates=2", "engine=mesa")
    assert call(capsys, *words, f"out={tmp_path / 'study'}").status == 0


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ((), "new needs one file, not 0"),
        (("a.yaml", "b.yaml"), "new needs one file, not 2"),
        (("mine.txt",), "'mine.txt' does not end in .yaml"),
        (("nowhere/mine.yaml",), "there is no folder 'nowhere'"),
        (("here.yaml",), "here.yaml: is there already, and was left as it is"),
    ],
)
def test_a_file_that_cannot_be_new_is_refused(capsys, tmp_path, monkeypatch, words, fault):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here.yaml").write_text("mine\n", encoding="utf-8")
    said = call(capsys, "new", *words)
    assert (said.status, fault in said.err) == (2, True)
    assert [file.read_text(encoding="utf-8") for file in tmp_path.iterdir()] == ["mine\n"]
