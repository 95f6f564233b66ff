"""Does each design give the points that it promises, the same ones again, and refuse the rest?"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from study_fakes import LEVERS

from sim.errors import UsageError
from sim.study.designs import DESIGNS, draw, frozen, wanted
from sim.study.designs.asked import Asked, Interval, Wanted
from sim.study.designs.axes import axes_of, varied

SIZE, HEAT, MODE = "deployment.size", "escalation.intensity", "honour.mode"
SPACE = {SIZE: Interval(0, 20_000), HEAT: Interval(0.0, 2.0), MODE: ["never", "always"]}
FILLING = ("latin_hypercube", "sobol", "morris", "saltelli")


def asked(kind, values, size=16, seed=7, file=""):
    return Asked(LEVERS, list(LEVERS), values, Wanted(kind, size, file), seed)


def said(kind, values, size=16, file=""):
    with pytest.raises(UsageError) as refusal:
        draw(asked(kind, values, size, file=file))
    return str(refusal.value)


def column(drawn, name):
    return [point[name] for point in drawn.points]


@pytest.mark.parametrize("kind", FILLING)
def test_points_are_distinct_typed_in_range_and_the_same_again(kind):
    drawn = draw(asked(kind, SPACE))
    assert len({tuple(point.values()) for point in drawn.points}) == len(drawn.points)
    assert all(list(point) == list(LEVERS) for point in drawn.points)
    assert all(type(size) is int and 0 <= size <= 20_000 for size in column(drawn, SIZE))
    assert all(type(heat) is float and 0 <= heat <= 2 for heat in column(drawn, HEAT))
    assert set(column(drawn, MODE)) == {"never", "always"}
    assert draw(asked(kind, SPACE)).points == drawn.points
    assert draw(asked(kind, SPACE, seed=8)).points != drawn.points


def test_a_latin_hypercube_has_one_point_in_each_slice_of_each_axis():
    drawn = draw(asked("latin_hypercube", SPACE, 50))
    assert sorted(int(size // 400) for size in column(drawn, SIZE)) == list(range(50))
    assert sorted(int(heat / 0.04) for heat in column(drawn, HEAT)) == list(range(50))
    assert column(drawn, MODE).count("never") == 25


def test_sobol_is_balanced_in_every_half_of_every_pair_of_axes():
    drawn = draw(asked("sobol", SPACE, 64))
    corners = {
        (size >= 10_000, heat >= 1.0): 0
        for size, heat in zip(column(drawn, SIZE), column(drawn, HEAT), strict=True)
    }
    for point in drawn.points:
        corners[(point[SIZE] >= 10_000, point[HEAT] >= 1.0)] += 1
    assert set(corners.values()) == {16}
    assert "take points=32 or points=64" in said("sobol", SPACE, 48)
    assert "take samples=4 or samples=8" in said("saltelli", SPACE, 7)


def test_morris_moves_one_axis_at_a_time():
    drawn = draw(asked("morris", SPACE, 5))
    order = [drawn.points[place] for place in drawn.sample["point"]]
    assert len(order) == 5 * 4
    for start in range(0, 20, 4):
        path = order[start : start + 4]
        moved = [[name for name in LEVERS if a[name] != b[name]] for a, b in pairwise(path)]
        assert sorted(moved) == [[SIZE], [HEAT], [MODE]]


def test_a_list_pairs_values_and_keeps_single_ones():
    drawn = draw(asked("list", {SIZE: [0, 6_000, 0], HEAT: [0, 1, 0], MODE: ["never"]}))
    assert [tuple(point.values()) for point in drawn.points] == [
        (0, 0.0, "never"),
        (6_000, 1.0, "never"),
    ]
    assert drawn.notes == ("1 of 3 points are named twice and run once",)
    assert "deployment.size has 3, escalation.intensity has 2" in said(
        "list", {SIZE: [0, 1, 2], HEAT: [0, 1]}
    )


def test_equal_points_after_rounding_are_told():
    drawn = draw(asked("latin_hypercube", {SIZE: Interval(0, 3)}, 16))
    assert column(drawn, SIZE) and sorted(column(drawn, SIZE)) == [0, 1, 2, 3]
    assert drawn.notes == ("12 of 16 points equal others after rounding: 4 stay",)


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        ("grid", {SIZE: Interval(0, 1)}, "needs a design that fills it"),
        ("list", {SIZE: Interval(0, 1)}, "needs a design that fills it"),
        ("sobol", {}, "no lever varies"),
        ("latin_hypercube", {SIZE: [5]}, "no lever varies"),
        ("latin_hypercube", {"deploymnt.size": Interval(0, 1)}, "did you mean 'deployment.size'?"),
        ("latin_hypercube", {MODE: Interval(0, 1)}, "name some of them: historical,model"),
        ("latin_hypercube", {SIZE: Interval(5, 5)}, "must be below the second"),
        ("latin_hypercube", {SIZE: Interval(0, 90_000)}, "90000 is out of range"),
        ("latin_hypercube", {HEAT: Interval(0, float("nan"))}, "not a finite number"),
        ("latin_hypercube", {MODE: ["nevr", "always"]}, "did you mean 'never'?"),
        ("morris", {SIZE: Interval(0.6, 1.2)}, "too narrow: a move along it changes nothing"),
        ("morris", {HEAT: Interval(1, 1.0000001)}, "too narrow"),
    ],
)
def test_wrong_spaces_are_refused(kind, values, words):
    assert words in said(kind, values)


@pytest.mark.parametrize("kind", FILLING)
def test_a_design_too_large_for_a_study_is_refused_before_it_is_drawn(kind):
    assert "at most 100,000" in said(kind, SPACE, 2**30)


def written(tmp_path, text):
    file = tmp_path / "points.csv"
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return str(file)


def test_a_table_of_points(tmp_path):
    text = "# two of three\nhonour.mode, deployment.size\n\nnever,0\nalways,12000\nnever,0\n"
    drawn = draw(asked("table", {HEAT: [2]}, file=written(tmp_path, text)))
    assert [tuple(point.values()) for point in drawn.points] == [
        (0, 2.0, "never"),
        (12_000, 2.0, "always"),
    ]
    assert drawn.notes == ("lines that repeat an earlier point are run once: 6",)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "holds no points"),
        ("deployment.size\n", "holds no points"),
        ("deploymnt.size\n5\n", "line 1, column 1: 'deploymnt.size' is not a lever"),
        ("deploymnt.size\n5\n", "did you mean 'deployment.size'?"),
        ("deployment.size,deployment.size\n5,6\n", "column 2: 'deployment.size' has a column"),
        ("escalation.intensity\n1\n", "is set on the command line too"),
        ("deployment.size\n5\n6,7\n", "line 3: 2 cells, but 1 columns"),
        ("deployment.size\n5\n=1+1\n", "line 3, column deployment.size: '=1+1' is not a number"),
        ("deployment.size\n\n1.5\n", "line 3, column deployment.size: 1.5 is not a whole number"),
        ("deployment.size\nnan\n", "line 2, column deployment.size: nan is not a finite number"),
        ("deployment.size\n-1\n", "from 0 to 50000 soldiers"),
        ("deployment.size\n1_0\n", "'1_0' is not a number"),
        ("honour.mode\nnevr\n", "line 2, column honour.mode: 'nevr' is not one of its choices"),
        ("deployment.size\n" + "x\n" * 50, "and 30 problems more"),
        (b"\xff\xfe\x00", "is not UTF-8 text"),
    ],
)
def test_wrong_tables_name_file_line_and_column(tmp_path, text, words):
    file = written(tmp_path, text)
    message = said("table", {HEAT: [1]}, file=file)
    assert words in message and file in message


def test_a_table_takes_one_value_of_other_levers(tmp_path):
    file = written(tmp_path, "deployment.size\n5\n")
    assert "give one value here" in said("table", {HEAT: [1, 2]}, file=file)
    assert "is not an ordinary file" in said("table", {}, file=str(tmp_path))
    assert "No such file" in said("table", {}, file=str(tmp_path / "other.csv"))


@pytest.mark.parametrize("kind", FILLING)
def test_points_are_read_back_to_the_last_bit(tmp_path, kind):
    drawn = draw(asked(kind, SPACE))
    (tmp_path / frozen.DESIGN).write_text(frozen.design_text(drawn.points))
    frozen.write_sample(tmp_path, drawn)
    again = frozen.thawed(tmp_path, LEVERS)
    assert again.points == drawn.points
    assert frozen.described(again) == frozen.described(drawn)


def test_names_sizes_and_what_is_ignored():
    none = dict.fromkeys(("points", "trajectories", "samples"))
    assert wanted("grid", none) == (Wanted("grid"), ())
    assert wanted("a/Points.CSV", none)[0] == Wanted("table", None, "a/Points.CSV")
    assert wanted("morris", {**none, "points": 9}) == (
        Wanted("morris", 10),
        ("points= is ignored by design=morris",),
    )
    with pytest.raises(UsageError, match=r"did you mean 'sobol'\? known: grid, list, latin"):
        wanted("sobl", none)
    with pytest.raises(UsageError, match="no design 'table'"):
        wanted("table", none)


def test_elementary_effects_of_a_straight_line_are_its_slopes():
    request = asked("morris", SPACE)
    drawn = draw(request)
    names = varied(axes_of(request))
    units = drawn.sample[names].to_numpy()
    found = DESIGNS["morris"].analyse(names, units, units @ [3.0, -2.0, 0.0], 1)
    assert found["mu"].tolist() == pytest.approx([3, -2, 0])
    assert found["mu_star"].tolist() == pytest.approx([3, 2, 0])
    assert found["sigma"].tolist() == pytest.approx([0, 0, 0], abs=1e-12)


def test_sobol_indices_of_ishigamis_function():
    """Ishigami and Homma (1990): first-order 0.3139, 0.4424, 0; total 0.5576, 0.4424, 0.2437.

    Within their own bootstrap intervals, doubled: 95 % half-widths are two standard errors.
    """
    space = {name: Interval(0, 1) for name in ("a", "b", "c")}
    levers = dict.fromkeys(space, LEVERS[HEAT])
    request = Asked(levers, list(levers), space, Wanted("saltelli", 1024), 3)
    drawn = draw(request)
    units = drawn.sample[list(space)].to_numpy()
    a, b, c = (np.pi * (2 * units - 1)).T
    y = np.sin(a) + 7 * np.sin(b) ** 2 + 0.1 * c**4 * np.sin(a)
    found = DESIGNS["saltelli"].analyse(list(space), units, y, 1)
    for index, values in (("first", (0.3139, 0.4424, 0)), ("total", (0.5576, 0.4424, 0.2437))):
        half = (found[index] - found[f"{index}_low"]).to_numpy()
        assert (np.abs(found[index].to_numpy() - values) <= 2 * half + 1e-9).all()
    assert DESIGNS["saltelli"].analyse(list(space), units, 0 * y, 1).empty
