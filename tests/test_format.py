"""Is a study what docs/reference/format.md says, and does its SQL and Python read one?"""

from __future__ import annotations

import re

import duckdb
import pytest
from program import FINE, ROOT

from sim.cli import main
from sim.report import figures
from sim.study import manifest, place
from sim.study.store import load

TEXT = (ROOT / "docs" / "reference" / "format.md").read_text(encoding="utf-8")


def blocks(language):
    return re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("studies") / "study"
    words = (f"scenario={FINE}", "size=0,100", "replicates=110", "engine=mesa", "workers=1")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "draw_all", lambda study, context: [])
        assert main([*words, f"out={folder}"]) == 0
    return load(folder)


@pytest.fixture(autouse=True)
def inside(study, monkeypatch):
    monkeypatch.chdir(study.folder)


def test_duckdb_reads_it_by_the_lines_printed(study):
    shares, change, ledger, last = (duckdb.sql(block).df() for block in blocks("sql"))
    runs, events = study.runs, study.events
    assert shares["share"].tolist() == runs.groupby("point")["new_major_party"].mean().tolist()
    assert shares["runs"].tolist() == [110, 110]
    index = runs.pivot(index="replicate", columns="point", values="escalation_index")
    assert change["change"][0] == pytest.approx((index[1] - index[0]).mean())
    assert change["pairs"][0] == 110
    first = events[(events["point"] == 0) & (events["replicate"] == 0)]
    assert len(first) > 3
    assert ledger["kind"].tolist() == first["kind"].tolist()
    caused = first["cause"].to_numpy() >= 0
    assert ledger["because"].notna().tolist() == caused.tolist()
    assert last["fastest"][0] > 0


def test_duckdb_reads_the_list_of_parts(study):
    [query] = re.findall(r"SELECT part, runs, .*?;", TEXT)
    found = duckdb.sql(query).df()
    assert found["runs"].sum() == 220
    assert found["made_by"].str.len().tolist() == [16] * len(found)


@pytest.mark.parametrize("block", blocks("python"))
def test_python_reads_it_by_the_lines_printed(study, block):
    names = {}
    exec(block, names)
    assert len(names["runs"]) == 220
    assert names["points"].equals(study.points)
    assert len(names.get("some", names["runs"])) == 220


def test_the_format_is_the_one_described(study):
    assert f"Format {manifest.SCHEMA}." in TEXT
    assert f"| {manifest.SCHEMA - 1} |" in TEXT


@pytest.mark.parametrize("name", [*place.CONTENTS, place.MANIFEST, ".lock"])
def test_every_file_is_described(name):
    assert f"`{name}" in TEXT


def test_every_key_and_column_is_described(study):
    named = set(re.findall(r"`([a-z0-9_]+)`", TEXT))
    about = study.manifest
    assert about.keys() | about["card"].keys() <= named
    declared = about["columns"]
    for table in ("bands", "shares", "events"):
        assert declared[table].keys() <= named
    for keys in (manifest.RUN_KEYS, manifest.RUN_ENDS, manifest.POINT_KEYS):
        assert keys.keys() <= named
