"""Do figures come out for every shape of study, honest and the same each time?"""

from __future__ import annotations

import json
import re
import warnings
from datetime import date
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from PIL import Image
from study_fakes import LEVERS, OUTCOMES, SERIES, identity, plan, simulate

from sim.report.context import Context
from sim.report.figures import (
    BESIDE,
    draw_all,
    ecdf,
    endings,
    heatmap,
    incidence,
    ladder,
    sequences,
)
from sim.report.figures.arms import Arm, arms, merged
from sim.report.figures.dots import dots_of, sorted_out
from sim.report.figures.ecdf import _apart
from sim.report.figures.record import record_points
from sim.report.figures.style import steps
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


def with_outcome(name, value, runs=slice(None)):
    """The engine with one outcome given in some runs of each batch."""

    def engine(blueprint, points, replicates, seed):
        chunk = simulate(blueprint, points, replicates, seed)
        chunk.outcomes[name][runs] = value
        return chunk

    return engine


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
        failed=study.manifest["failed"],
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
        "differences",
        "sequences",
    }
    assert names == {f"{stem}.{kind}" for stem in stems for kind in ("png", "svg")}
    for name in names:
        if name.endswith("svg"):
            text = re.sub(r"\s+", " ", (tmp_path / "figures" / name).read_text())
            assert "not a forecast" in text, name
            assert "Data cut-off 2025-01-31" in text, name
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
    drawn = [text for text in chart.axes[0].texts if text.get_text() != "?"]
    texts = {text.get_position(): text.get_text() for text in drawn[::2]}
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


def test_no_casualties_stand_beside_the_scale_but_no_day_does():
    dots = np.array([0.0, 0.0, 5.0, np.nan])
    amount, time = sorted_out(dots, timed=False), sorted_out(dots, timed=True)
    assert (amount.none, amount.known.tolist(), amount.never) == (2, [5.0], 1)
    assert (time.none, time.never) == (0, 1)


def test_only_rungs_that_occur_are_named(tmp_path):
    study = study_of(tmp_path, {}, 40)
    shares = study.shares.copy()
    gone = (shares["series"] == "watcher_rung") & (shares["rung"] == 2)
    shares.loc[gone, "share"] = 0.0
    told = SimpleNamespace(points=study.points, shares=shares)
    panel = ladder.ladder(told, context_of(study), ["watcher_rung"]).axes[0]
    names = [text.get_text() for text in panel.get_legend().get_texts()]
    assert names == ["lethal aid", "defensive aid", "words", "none"]
    colours = [tuple(layer.get_facecolor()[0][:3]) for layer in panel.collections]
    assert [to_hex(colour) for colour in colours] == steps(4, 1.0)


def curves(*rows):
    return [Arm(value, np.array(values, dtype=float), f"{value:,}") for value, *values in rows]


def test_curves_that_coincide_are_drawn_once():
    near = np.arange(1_000.0)
    found = curves((0, *near), (1_500, *near + 2), (3_000, *near), (6_000, *near + 400))
    together, apart = merged(found, 3_000)
    assert (together.value, together.label) == (3_000, "0 to 3,000")
    assert together.gap == pytest.approx(0.2)
    assert (apart.label, apart.gap) == ("6,000", None)


def test_words_that_coincide_are_all_named():
    lots = np.arange(500.0)
    rows = [Arm(name, lots + step, name) for name, step in (("a", 0), ("b", 300), ("c", 0))]
    assert [arm.label for arm in merged(rows, "c")] == ["a and c", "b"]
    assert [arm.label for arm in merged([rows[0], rows[2], rows[0]], "a")] == ["all 3 values"]


def test_a_failed_arm_coincides_with_nothing():
    assert len(merged(curves((0,), (1,), (2, 1.0)), 0)) == 3


def test_the_subtitle_says_what_is_drawn_once_and_what_has_no_spread(tmp_path):
    study = study_of(tmp_path, {"deployment.size": [0, 12_000]}, 40)
    found = arms(study, context_of(study), "sender_casualties", 4, 0.1)
    assert found.notes() == "; at deployment size 0 it is 0 in every run"
    study = study_of(
        tmp_path / "b", {"deployment.size": [0, 12_000]}, 40, with_outcome("days_to_restore", 400.0)
    )
    found = arms(study, context_of(study), "days_to_restore", 4)
    assert [arm.label for arm in found.arms] == ["0 and 12,000"]
    assert "0 and 12,000 are drawn once: their curves differ by at most 0.0" in found.notes()


def test_one_wild_run_does_not_set_the_axis(tmp_path):
    wild = with_outcome("sender_casualties", 1e6, slice(7, 8))
    study = study_of(tmp_path, {"deployment.size": [12_000]}, 200, wild)
    chart = ecdf.ecdf(study, context_of(study), "sender_casualties")
    assert chart.axes[0].get_xlim()[1] < 5e4
    assert any("the largest at 1,000,000" in text.get_text().replace("\n", " ")
               for text in chart.texts)  # fmt: skip


def test_labels_stand_apart():
    placed = _apart(np.array([50.0, 50.0, 99.0, 100.0, 0.0]))
    assert (np.diff(np.sort(placed)) >= 6.4).all()
    assert placed.max() <= 100


def test_how_the_fighting_ended_counts_each_run_once():
    runs = pd.DataFrame(
        {
            "days_to_restore": [100.0, np.nan, np.nan, np.nan, 300.0],
            "days_to_peace": [200.0, 250.0, 150.0, np.nan, 200.0],
            "ended_by_settlement": [1.0, 1.0, 0.0, 0.0, 1.0],
            "ended_by_collapse": [0.0, 0.0, 1.0, 0.0, 0.0],
        }
    )
    shares, days = endings.modes(runs)
    assert shares.tolist() == [0.2, 0.4, 0.2, 0.2]
    assert days[:3] == [100.0, 225.0, 150.0]
    assert np.isnan(days[3])


def test_a_cell_is_in_doubt_when_its_interval_holds_a_drawn_level():
    share = np.array([[0.05, 0.2, 0.6]])
    doubt = heatmap.doubtful(share, share - 0.08, share + 0.08)
    assert doubt.tolist() == [[True, True, False]]
    assert not heatmap.doubtful(share, share - 0.01, share + 0.01).any()


def test_competing_ends_reach_the_shares_of_the_endings():
    runs = pd.DataFrame(
        {
            "days_to_restore": [100.0, np.nan, np.nan, np.nan, 300.0],
            "days_to_peace": [200.0, 250.0, 150.0, np.nan, 200.0],
            "ended_by_settlement": [1.0, 1.0, 0.0, 0.0, 1.0],
            "ended_by_collapse": [0.0, 0.0, 1.0, 0.0, 0.0],
        }
    )
    by_day = incidence.ended_by(runs, np.array([0.0, 150.0, 400.0]))
    assert by_day.tolist() == [[0, 0.2, 0.2], [0, 0, 0.4], [0, 0.2, 0.2]]
    assert by_day[:, -1].tolist() == endings.modes(runs)[0][:-1].tolist()


def test_single_runs_stand_sorted_and_whole(tmp_path):
    study = study_of(tmp_path, {}, 12)
    rungs = sequences.rungs_of(sequences.kept(study, context_of(study)), "watcher_rung")
    assert rungs.shape == (12, study.paths["date"].nunique())
    assert (np.diff(rungs[:, -1]) <= 0).all()
    paths = study.paths.pivot(index="replicate", columns="date", values="watcher_rung")
    assert sorted(map(tuple, rungs)) == sorted(map(tuple, paths.to_numpy().astype(int)))


def test_every_figure_has_words_and_numbers_beside_it(tmp_path):
    study = study_of(tmp_path, GRID)
    names = {name.rsplit(".", 1)[0] for name in drawn(study)}
    beside = json.loads((tmp_path / "figures" / BESIDE).read_text())
    assert set(beside) == names
    for name, told in beside.items():
        assert len(told["alt"]) > 40, name
        table = told["table"]
        assert table["rows"] and all(len(row) == len(table["header"]) for row in table["rows"])
    share = study.points.loc[study.points["nuclear_signalling"].idxmax(), "nuclear_signalling"]
    assert f"to {100 * share:.0f} at" in beside["heat_nuclear_signalling"]["alt"]
