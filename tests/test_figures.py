"""Do figures come out for every shape of study, honest and the same each time?"""

from __future__ import annotations

import re
import warnings
from datetime import date

import numpy as np
import pandas as pd
import pytest
from PIL import Image
from study_fakes import LEVERS, OUTCOMES, SERIES, identity, plan, simulate

from sim.report.context import Context
from sim.report.figures import draw_all, heatmap
from sim.report.figures.dots import dots_of
from sim.report.figures.ecdf import _apart
from sim.report.figures.record import record_points
from sim.study import store
from sim.study.run import run_study

GRID = {"deployment.size": [0, 6_000, 12_000], "escalation.intensity": [0, 1, 2]}
RECORD = pd.DataFrame(
    [
        ("dprk_casualties_cum", "2025-01-13", 3000, 3000, 4000, "ROK NIS 300 killed"),
        ("dprk_casualties_cum", "2025-02-13", 3000, 3000, 4000, "ROK NIS later"),
        ("kursk_area_held.deepstate", "2024-11-22", 572, 687, 802, "DeepState polygons"),
        ("kursk_area_held.ukraine_claim", "2024-11-23", 800, 800, 800, "General Staff"),
        ("containers_cum", "2023-10-13", 1000, 1000, 1000, "White House"),
    ],
    columns=["series", "date", "low", "central", "high", "source"],
)


def study_of(folder, values, replicates=12, engine=simulate):
    the_plan = plan(values, replicates)
    store.create(the_plan, identity(), out=folder)
    return run_study(the_plan, identity(), folder, engine, None)


def context_of(study, record=RECORD):
    return Context(
        title="Escalation on two fronts",
        experiment="escalation",
        levers=LEVERS,
        outcomes=OUTCOMES,
        series=SERIES,
        cutoff=date(2025, 1, 31),
        seed=7,
        digest=study.manifest["hash"],
        runs=study.manifest["runs"],
        record=record,
    )


def drawn(study, **options):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return {path.name for path in draw_all(study, context_of(study, **options))}


def test_a_grid_gives_every_family_as_png_and_svg(tmp_path):
    study = study_of(tmp_path, GRID)
    names = drawn(study)
    stems = {name.rsplit(".", 1)[0] for name in names}
    assert stems == {
        "heat_new_major_party",
        "heat_lethal_aid",
        "heat_nuclear_signalling",
        "ecdf_sender_casualties",
        "ecdf_days_to_restore",
        "dots_sender_casualties",
        "dots_days_to_restore",
        "fan_sender_casualties",
        "fan_area_held",
        "ladder",
        "compliance",
    }
    assert names == {f"{stem}.{kind}" for stem in stems for kind in ("png", "svg")}
    for name in names:
        if name.endswith("svg"):
            text = re.sub(r"\s+", " ", (tmp_path / "figures" / name).read_text())
            assert "not a forecast" in text, name
            assert study.manifest["hash"][:8] in text, name


def test_a_worded_lever_gets_its_estimates_side_by_side(tmp_path):
    study = study_of(tmp_path, {"honour.mode": ["historical", "model", "always", "never"]})
    names = drawn(study)
    assert {"by_honour_mode.png", "compliance.png", "ecdf_sender_casualties.svg"} <= names
    assert not any(name.startswith("heat") for name in names)


def dead_at_12_000(blueprint, points, replicates, seed):
    if any(point["deployment.size"] == 12_000 for point in points):
        raise ValueError("no world")
    return simulate(blueprint, points, replicates, seed)


@pytest.mark.parametrize(
    ("values", "replicates", "engine"),
    [({}, 1, simulate), ({"deployment.size": [0, 12_000]}, 4, simulate), (GRID, 3, dead_at_12_000)],
)
def test_small_and_half_failed_studies_are_drawn(tmp_path, values, replicates, engine):
    study = study_of(tmp_path, values, replicates, engine)
    assert "ecdf_days_to_restore.png" in drawn(study, record=None)


def test_a_study_without_a_good_run_has_no_figures(tmp_path):
    study = study_of(tmp_path, {"deployment.size": [12_000]}, 3, dead_at_12_000)
    assert drawn(study) == set()


def test_same_study_same_bytes(tmp_path):
    study = study_of(tmp_path, GRID, 3)
    first = {p.name: p.read_bytes() for p in draw_all(study, context_of(study), tmp_path / "a")}
    again = {p.name: p.read_bytes() for p in draw_all(study, context_of(study), tmp_path / "b")}
    assert first == again


def test_no_text_is_clipped(tmp_path):
    study = study_of(tmp_path, GRID)
    drawn(study)
    for path in sorted((tmp_path / "figures").glob("*.png")):
        pixels = np.asarray(Image.open(path).convert("L"))
        edges = (pixels[:3], pixels[-3:], pixels[:, :3], pixels[:, -3:])
        assert all((edge > 250).all() for edge in edges), path.name


def test_cells_hold_the_estimate(tmp_path):
    study = study_of(tmp_path, GRID, 40)
    chart = heatmap.heat_map(
        study.points,
        context_of(study),
        "nuclear_signalling",
        "deployment.size",
        "escalation.intensity",
    )
    texts = {text.get_position(): text.get_text() for text in chart.axes[0].texts[::2]}
    shares = study.points.set_index(["deployment.size", "escalation.intensity"])
    found = {(column, round(row)): text for (column, row), text in texts.items()}
    assert found[2, 1] == f"{100 * shares.loc[(12_000, 1.0), 'nuclear_signalling']:.0f}"
    assert len(found) == 9
    assert chart.axes[0].images[0].get_clim()[0] == 0


def test_the_record_stops_at_the_cut_off_and_a_map_counts_what_is_held(tmp_path):
    study = study_of(tmp_path, {}, 1)
    casualties = record_points(context_of(study), "sender_casualties")
    assert casualties["reporter"].tolist() == ["South Korea"]
    area = record_points(context_of(study), "area_held")
    assert area["central"].tolist() == [572, 800]
    assert record_points(context_of(study), "shells_delivered").empty


def test_fifty_dots_stand_for_all_runs():
    dots = dots_of(np.array([*range(60), *[np.nan] * 40], dtype=float))
    assert len(dots) == 50
    assert np.isnan(dots).sum() == 20


def test_labels_stand_apart():
    placed = _apart(np.array([50.0, 50.0, 99.0, 100.0, 0.0]))
    assert (np.diff(np.sort(placed)) >= 6.4).all()
    assert placed.max() <= 100
