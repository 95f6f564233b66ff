"""Does a study of any design run, share its luck, draw, and go on with the very same points?"""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
import yaml
from program import FINE, call
from study_fakes import LEVERS, identity, plan, simulate
from test_figures import context_of

from sim.blueprint import draft
from sim.designed import points_of, variable
from sim.records import arrays
from sim.report import findings
from sim.report.effects import write_effects
from sim.report.figures import draw_all
from sim.report.summary import write_summary
from sim.scenario.load import load_scenario
from sim.study import store
from sim.study.designs import draw, frozen
from sim.study.designs.asked import Asked, Interval, Wanted
from sim.study.run import run_study

SPACE = {
    "deployment.size": Interval(0, 20_000),
    "escalation.intensity": Interval(0.0, 2.0),
    "honour.mode": ["never", "always"],
}
KINDS = ("latin_hypercube", "sobol", "morris", "saltelli")
UNCERTAIN = {"deployment.size": Interval(0, 20_000), "transit": Interval(10, 35)}


def study_of(folder, kind, size, replicates=4):
    drawn = draw(Asked(LEVERS, list(LEVERS), SPACE, Wanted(kind, size), 7))
    whole = replace(plan({}, replicates), points=drawn.points)
    about = replace(identity(), config=yaml.safe_dump({"design": {"kind": kind}}))
    store.create(whole, about, out=folder)
    frozen.write_sample(folder, drawn)
    return run_study(whole, about, folder, simulate, None)


@pytest.mark.parametrize(("kind", "size"), [*zip(KINDS, (64, 64, 6, 8), strict=True)])
def test_points_that_are_no_grid_are_told_and_drawn(tmp_path, kind, size):
    study = study_of(tmp_path, kind, size)
    context = context_of(study)
    effects = write_effects(study, context)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        names = {path.stem for path in draw_all(study, context)}
        _, text = write_summary(study, context)
    sensitivity = kind in ("morris", "saltelli")
    assert {f"scatter_{name}" for name in context.headlines()} <= names
    assert ("effects" in names) == sensitivity == (effects is not None)
    assert not any(name.startswith(("heat", "fan", "ecdf")) for name in names)
    assert f"12 of {len(study.points)} points, by deployment size" in text.read_text()
    sentences = findings.ten(study, context, None)
    assert "goes, in runs of 100, from" in sentences[1] and "nan" not in " ".join(sentences)


def test_the_axis_that_moves_the_outcome_has_the_largest_effect(tmp_path):
    study = study_of(tmp_path, "morris", 8, replicates=40)
    write_effects(study, context_of(study))
    found = pd.read_csv(tmp_path / "effects.csv").set_index(["outcome", "lever"])["mu_star"]
    assert found["sender_casualties"].idxmax() == "deployment.size"
    assert found["nuclear_signalling"].drop("escalation.intensity").max() == 0


@pytest.mark.parametrize("kind", ["grid", "list", *KINDS])
def test_the_same_replicate_has_the_same_uncertain_numbers_at_every_point(kind):
    blueprint = draft(load_scenario("dprk_russia_2024"))
    paired = {"deployment.size": [0, 12_000], "transit": [10, 30]}
    values = paired if kind in ("grid", "list") else UNCERTAIN
    points = points_of(blueprint, values, Wanted(kind, 4), 1).points
    world = arrays(blueprint, points, [3, 4], 1)
    names = [name for name in blueprint.scenario.uncertainties if name != "transit"]
    for name in names:
        numbers = _numbers(world, blueprint, name, len(points))
        assert (numbers == numbers[:, :1]).all(), name
    drawn = [_numbers(world, blueprint, name, len(points))[:, 0] for name in names]
    assert all(len(set(one)) == 2 for one in drawn)
    transit = _numbers(world, blueprint, "transit", len(points))
    assert transit.tolist() == 2 * [[point["transit"] for point in points]]


def _numbers(world, blueprint, name, points):
    """The uncertain number by replicate and point."""
    address = blueprint.prior_addresses[name][0]
    column = world[address.entity][address.field]
    column = column[:, address.place] if address.place >= 0 else column
    column = column[:, address.slot] if address.slot >= 0 else column
    return np.reshape(column, (2, points))


def test_uncertainties_are_levers_within_what_their_number_can_be():
    scenario = load_scenario("dprk_russia_2024")
    found = variable(draft(scenario))
    assert list(found)[: len(scenario.levers)] == list(scenario.levers)
    assert set(found) == {*scenario.levers, *scenario.uncertainties}
    assert found["transit"].integer and not found["attrition"].integer
    assert found["quality"].default == pytest.approx(1.1 - (0.5 * 0.7 * 0.4) ** 0.5)


@pytest.fixture
def at_work(tmp_path, monkeypatch):
    """A folder to work in, and no time for figures."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sim.report.figures.draw_all", lambda *_: [])
    return tmp_path


WORDS = (f"scenario={FINE}", "engine=mesa", "workers=1", "replicates=2", "size=interval(0,100)")


def test_a_study_goes_on_with_its_points_and_refuses_others(at_work, capsys):
    words = [*WORDS, "design=latin_hypercube", "points=3", "out=A"]
    assert call(capsys, *words)[0] == 0
    before = (at_work / "A/design.csv").read_text()
    assert len(before.splitlines()) == 4
    status, out, _ = call(capsys, "resume", "A")
    assert status == 0 and "going on: 6 of 6 runs" in out
    status, _, err = call(capsys, *words[:-2], "points=4", "out=A")
    assert status == 2 and "design.size is 3 there and 4 here" in err
    (at_work / "A/design.csv").write_text(before.replace("\n2,", "\n2,1"))
    status, _, err = call(capsys, "resume", "A")
    assert status == 2 and "design.csv" in err


def test_a_table_is_frozen_and_its_file_may_change(at_work, capsys):
    (at_work / "p.csv").write_text("size\n0\n100\n")
    words = [f"scenario={FINE}", "engine=mesa", "replicates=2", "design=p.csv", "out=A"]
    assert call(capsys, *words)[0] == 0
    (at_work / "p.csv").write_text("size\n0\n90\n")
    assert call(capsys, "resume", "A")[0] == 0
    status, _, err = call(capsys, *words)
    assert status == 2 and "already holds another study" in err


def test_what_is_ignored_is_said(at_work, capsys):
    status, out, _ = call(
        capsys, f"scenario={FINE}", "engine=mesa", "replicates=1", "points=3", "out=A"
    )
    assert status == 0 and "note: points= is ignored by design=grid" in out
