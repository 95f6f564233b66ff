"""What a study's folder promises: columns with unit and meaning, and numbers that fit together."""

from __future__ import annotations

import csv
import json
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
import yaml
from program import FINE

from sim.cli import main
from sim.outcomes import OUTCOMES, SERIES
from sim.report import figures
from sim.rules.ledger import KINDS
from sim.scenario.load import load_scenario
from sim.scenario.spec import Scenario
from sim.study.store import load

TYPED = [f"scenario={FINE}", "size=0,100", "replicates=12", "seed=3", "engine=mesa"]
LEVERS = ["size"]
NAMES = [one.name for one in OUTCOMES]
ENDS = ("_low", "_high", "_p10", "_p50", "_p90", "_never")


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A small study without figures."""
    folder = tmp_path_factory.mktemp("studies") / "study"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "draw_all", lambda study, context: [])
        assert main([*TYPED, f"out={folder}"]) == 0
    return load(folder)


TABLES = ("runs", "points", "bands", "shares", "events", "paths")


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_a_unit_and_a_meaning(study, table):
    declared = study.manifest["columns"][table]
    assert set(getattr(study, table).columns) == set(declared)
    for name, column in declared.items():
        assert column["unit"].strip(), name
        assert column["meaning"].strip(), name


def test_the_runs(study):
    runs = study.runs
    assert list(runs.columns) == ["point", "replicate", "seed", *LEVERS, *NAMES, "failed", "error"]
    assert runs["replicate"].tolist() == [r for r in range(12) for _ in range(2)]
    assert runs["point"].tolist() == [0, 1] * 12
    assert runs["size"].tolist() == [0, 100] * 12
    assert set(runs["seed"]) == {3}
    assert not runs["failed"].any()
    assert set(runs["error"]) == {""}
    for one in OUTCOMES:
        values = runs[one.name].dropna()
        assert runs[one.name].dtype == np.float64
        if one.kind == "probability":
            assert values.isin([0, 1]).all()


def test_the_points(study):
    points = study.points
    kept = {name for one in NAMES for name in (one, *(one + end for end in ENDS))}
    assert set(points.columns) <= {"point", *LEVERS, "n", "failed", *kept}
    assert points["n"].tolist() == [12, 12]
    for one in OUTCOMES:
        mean = study.runs.groupby("point")[one.name].mean()
        np.testing.assert_allclose(points[one.name], mean, rtol=1e-12)
        low, high = points[f"{one.name}_low"], points[f"{one.name}_high"]
        known = points[one.name].notna()
        assert (low <= points[one.name] + 1e-12)[known].all()
        assert (points[one.name] <= high + 1e-12)[known].all()
        assert (f"{one.name}_p50" in points) == (one.kind != "probability")
        assert (f"{one.name}_never" in points) == (one.kind == "time")


def test_the_weekly_tables(study):
    start = date(2024, 1, 1)
    bands, shares = study.bands, study.shares
    assert set(bands["series"]) == {one.name for one in SERIES if not one.labels}
    assert set(shares["series"]) == {one.name for one in SERIES if one.labels}
    for table in (bands, shares):
        assert sorted(set(table["day"])) == list(range(0, 90, 7))
        days = [start + timedelta(days=int(day)) for day in table["day"]]
        assert list(pd.to_datetime(table["date"]).dt.date) == days
        assert set(table["n"]) == {12}
    steps = bands[["q05", "q25", "q50", "q75", "q95"]].to_numpy()
    assert (np.diff(steps, axis=1) >= 0).all()
    whole = shares.groupby(["point", "day", "series"])["share"].sum()
    np.testing.assert_allclose(whole, 1)


def test_the_ledger(study):
    events = study.events
    named = pd.concat([events["actor"], events["target"]]).dropna()
    assert set(events["kind"]) <= set(KINDS)
    assert set(named) <= {"A", "B", "C"}
    assert events["replicate"].between(0, 11).all()
    for _, run in events.groupby(["point", "replicate"]):
        assert run["event"].tolist() == list(range(len(run)))
        assert (run["cause"] < run["event"]).all()
        assert (run["cause"] >= -1).all()
        assert run["day"].is_monotonic_increasing


def test_what_it_was_made_of(study):
    assert yaml.safe_load((study.folder / "overrides.yaml").read_text()) == [
        *TYPED,
        f"out={study.folder}",
    ]
    config = study.config
    assert (config["seed"], config["replicates"]) == (3, 12)
    assert config["levers"] == {"size": [0, 100]}
    scenario = Scenario.model_validate(config["scenario"])
    assert scenario == load_scenario(str(FINE)).model_copy(update={"file": ""})


def test_the_manifest(study):
    manifest = study.manifest
    assert manifest["status"] == "finished"
    assert (manifest["points"], manifest["replicates"], manifest["planned"]) == (2, 12, 24)
    assert len(manifest["hash"]) == 64
    assert {"python", "numpy", "mesa"} <= set(manifest["versions"])
    assert json.loads((study.folder / "manifest.json").read_text(encoding="utf-8")) == manifest
    for one in SERIES:
        assert manifest["columns"]["series"][one.name]["unit"]


def test_summary_csv_is_the_points_rounded(study):
    with (study.folder / "summary.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == list(study.points.columns)
    for row, (_, point) in zip(rows, study.points.iterrows(), strict=True):
        for name, text in row.items():
            expected = np.nan if text == "" else float(text)
            assert np.isclose(expected, float(point[name]), rtol=1e-4, equal_nan=True), name


def test_parts_are_plain_parquet_without_leftovers(study):
    files = [path for path in study.folder.rglob("*") if path.is_file()]
    assert not [path for path in files if path.name.startswith(".") or path.suffix == ".tmp"]
    for path in study.folder.rglob("*.parquet"):
        assert pq.read_table(path).num_rows > 0


def test_the_readme_names_every_file(study):
    text = (study.folder / "README.txt").read_text(encoding="utf-8")
    for path in study.folder.iterdir():
        if path.name not in ("README.txt", "README.md"):
            assert path.name in text, path.name
    assert "not a forecast" in text
