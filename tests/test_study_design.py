"""Is a wrong design refused before it costs a run, and a right one expanded in order?"""

from __future__ import annotations

import pytest
from study_fakes import LEVERS, FakeLever

from sim.errors import UsageError
from sim.study.designs.grid import expand
from sim.study.designs.values import check_runs
from sim.study.plan import Plan


def test_full_grid_last_lever_fastest_and_defaults_for_the_rest():
    points = expand(LEVERS, {"escalation.intensity": [0, 1], "deployment.size": [0, 12_000.0]})
    assert [tuple(point.values()) for point in points] == [
        (0, 0.0, "model"),
        (0, 1.0, "model"),
        (12_000, 0.0, "model"),
        (12_000, 1.0, "model"),
    ]
    assert type(points[2]["deployment.size"]) is int
    assert type(points[0]["escalation.intensity"]) is float


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"deploymnt.size": [50]}, "did you mean 'deployment.size'?"),
        ({"weather": [50]}, "levers: deployment.size"),
        ({"deployment.size": []}, "no values"),
        ({"deployment.size": [5, 5.0]}, "5.0 is given twice"),
        ({"escalation.intensity": [0.0, -0.0]}, "given twice"),
        ({"deployment.size": ["many"]}, "'many' is not a number"),
        ({"deployment.size": [True]}, "True is not a number"),
        ({"deployment.size": [None]}, "None is not a number"),
        ({"deployment.size": [[1]]}, "[1] is not a number"),
        ({"deployment.size": [1.5]}, "1.5 is not a whole number"),
        ({"deployment.size": [-1]}, "from 0 to 50000 soldiers"),
        ({"deployment.size": [10**400]}, "is not a finite number"),
        ({"escalation.intensity": [float("nan")]}, "nan is not a finite number"),
        ({"escalation.intensity": [float("inf")]}, "inf is not a finite number"),
        ({"honour.mode": ["allways"]}, "did you mean 'always'?"),
        ({"honour.mode": [3]}, "choices: historical, model, always, never"),
        ({"deployment.size": range(40_000), "escalation.intensity": [0, 1, 2]}, "120,000 points"),
    ],
)
def test_wrong_values_are_refused(values, said):
    with pytest.raises(UsageError) as refusal:
        expand(LEVERS, values)
    assert said in str(refusal.value)


def test_all_problems_at_once():
    with pytest.raises(UsageError) as refusal:
        expand(LEVERS, {"deployment.size": [-1, "x"], "honour.mode": ["no"]})
    assert len(refusal.value.problems) == 3


def test_a_lever_without_limits_takes_any_finite_number():
    assert expand({"x": FakeLever(0.0)}, {"x": [-1e9]}) == [{"x": -1e9}]


@pytest.mark.parametrize("replicates", [0, -1, 1.5, "10", None, True, 10**9])
def test_wrong_replicates_are_refused(replicates):
    with pytest.raises(UsageError):
        check_runs(40, replicates)
    assert check_runs(40, 250) == 250


@pytest.mark.parametrize(("points", "replicates"), [(40, 250), (1, 501), (450, 3), (200, 2)])
def test_batches_are_replicate_major_and_cover_every_run_once(points, replicates):
    design = [{"x": place} for place in range(points)]
    batches = list(Plan({}, design, replicates, 1, None, (), ()).batches())
    seen = [
        (replicate, batch.first + place)
        for batch in batches
        for replicate in batch.replicates
        for place in range(len(batch.points))
    ]
    assert seen == [(r, p) for r in range(replicates) for p in range(points)]
    assert batches[0].runs <= 200
    assert [batch.number for batch in batches] == list(range(len(batches)))
