"""Records and mappings from a stranger; and the shipped mapping against the shipped record."""

from __future__ import annotations

import re

import pytest
import yaml
from program import HOSTILE
from scoring_made import csv_file

from sim.errors import UsageError
from sim.scenario.load import load_scenario
from sim.scenario.places import CONFIGS
from sim.scoring.mapping import load_mapping, mapping_file
from sim.scoring.record import COLUMNS, read_record

CASE = "dprk_russia_2024"
RECORD = CONFIGS / "record" / CASE / "public_record.csv"
GOOD = "sent,2024-01-05,1,2,3,persons,Somebody,https://example.org,yes"


def test_a_good_line(tmp_path):
    [found] = read_record(csv_file(tmp_path, GOOD, ""))
    assert (found.line, found.series, found.date.isoformat()) == (2, "sent", "2024-01-05")
    assert (found.low, found.central, found.high, found.unit) == (1.0, 2.0, 3.0, "persons")


def test_what_is_forgiven(tmp_path):
    """A byte order mark, other columns in another order, empty ends, line ends inside a cell."""
    header = "verified,unit,high,central,low,date,series,source,note"
    file = csv_file(tmp_path, 'yes,km2,,5,,2024-01-05,area,"two\nlines",x', header=header)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    [found] = read_record(file)
    assert (found.low, found.central, found.high) == (5.0, 5.0, 5.0)


def test_a_header_alone_is_an_empty_record(tmp_path):
    assert read_record(csv_file(tmp_path)) == []


BAD = [
    ("sent,2024-01-05,1,2,3,persons,x,y", "8 cells, where the header has 9"),
    (GOOD + ",more", "10 cells"),
    (GOOD.replace("2024-01-05", "2024-02-30"), "date: '2024-02-30' is not a date"),
    (GOOD.replace("2024-01-05", "January"), "date: 'January' is not a date"),
    (GOOD.replace("2024-01-05", "20240105"), "date: '20240105' is not a date"),
    (GOOD.replace(",2,", ",,"), "central: '' is not a number"),
    (GOOD.replace(",2,", ",two,"), "central: 'two' is not a number"),
    (GOOD.replace(",2,", ",nan,"), "central: 'nan' is not a number"),
    (GOOD.replace(",3,", ",inf,"), "high: 'inf' is not a number"),
    (GOOD.replace(",3,", ",1e400,"), "high: '1e400' is not a number"),
    (GOOD.replace(",3,", ",1_000,"), "high: '1_000' is not a number"),
    (GOOD.replace(",1,", ",2.5,"), "low 2.5, central 2, high 3 are not in this order"),
    (GOOD.replace("sent", ""), "series and unit must be names"),
    (GOOD.replace("sent", "a\x1b[31m"), "series and unit must be names"),
]


@pytest.mark.parametrize(("line", "fault"), BAD)
def test_a_malformed_line_is_named(tmp_path, line, fault):
    file = csv_file(tmp_path, GOOD, line, GOOD)
    with pytest.raises(UsageError, match=re.escape(f"{file}: line 3: {fault}")):
        read_record(file)


def test_every_malformed_line_is_told_but_not_without_end(tmp_path):
    with pytest.raises(UsageError) as caught:
        read_record(csv_file(tmp_path, *["x"] * 1000))
    assert len(caught.value.problems) == 21
    assert "and 980 more" in str(caught.value)


CONTENT = {
    "empty": (b"", "is empty"),
    "no text": (b"series,date\n\xff\xfe", "line 2: is not UTF-8 text"),
    "open quote": (f"{','.join(COLUMNS)}\n{GOOD}\n".encode() + b'"sent,2024', "line 3: is not CSV"),
    "columns": (b"series,date,lo,central,high,unit,source\n", "line 1: no column 'low'"),
    "twice": (b"series,date,low,low,central,high,unit,source\n", "column 'low' stands twice"),
    "huge": (b"x" * (21 * 2**20), "is larger than 20 MiB"),
    "yaml": (b"title: x\nstart: 2024-01-01\n", "no column 'series'"),
}


@pytest.mark.parametrize(("content", "fault"), CONTENT.values(), ids=CONTENT)
def test_a_file_that_is_no_record(tmp_path, content, fault):
    file = tmp_path / "record.csv"
    file.write_bytes(content)
    with pytest.raises(UsageError, match=re.escape(fault)):
        read_record(file)


@pytest.mark.parametrize(("name", "fault"), [(".", "is a folder"), ("none", "cannot be read")])
def test_a_place_that_is_no_file(tmp_path, name, fault):
    with pytest.raises(UsageError, match=fault):
        read_record(tmp_path / name)


LEVEL = {"quantity": "area_held", "units": ["km2"], "errors": [{"log_sd": 0.1}], "source": "t"}
EVENT = {"kind": "step up", "actor": "prk", "severity": "sanctions", "source": "t"}
MAPS = [
    ({"levels": {"a": {**LEVEL, "quantity": "area_heldd"}}}, "did you mean 'area_held'?"),
    ({"levels": {"a": {**LEVEL, "quantity": "ally_rung"}}}, "no weekly series or outcome"),
    ({"levels": {"a": {**LEVEL, "errors": []}}}, "levels.a.errors: needs at least 1"),
    ({"levels": {"a": {**LEVEL, "errors": [{"log_sd": "x"}]}}}, "a number is needed"),
    ({"levels": {"a": {**LEVEL, "errors": [{"log_sd": 0.1, "bias": 0}]}}}, "greater than 0"),
    ({"levels": {"a": {**LEVEL, "errors": [{"said_by": ["B"], "log_sd": 0}]}}}, "the last speaks"),
    ({"levels": {"a": {**LEVEL, "per_day": True}}}, "needs change"),
    ({"levels": {"a": {**LEVEL, "quantity": "area_end", "change": "week"}}}, "no change over"),
    ({"levels": {"a": LEVEL}, "unmapped": {"a": "x"}}, "is mapped and not mapped"),
    ({"levels": {"a": {k: v for k, v in LEVEL.items() if k != "source"}}}, "source: is missing"),
    ({"level": {}}, "unknown key 'level'"),
    ({"events": {"e": {**EVENT, "actor": "prkk"}}}, "did you mean 'prk'?"),
    ({"events": {"e": {**EVENT, "kind": "step upp"}}}, "did you mean 'step up'?"),
    ({"events": {"e": {**EVENT, "kind": "treaty in force"}}}, "only a step has one"),
    ({"unmapped": {"a": ""}}, "unmapped.a"),
]


@pytest.mark.parametrize(("tree", "fault"), MAPS)
def test_a_faulty_mapping(tmp_path, tree, fault):
    file = tmp_path / "mapping.yaml"
    file.write_text(yaml.safe_dump(tree), encoding="utf-8")
    with pytest.raises(UsageError, match=re.escape(fault)):
        load_mapping(file, ["prk", "rus"])


def test_a_mapping_that_runs_code_is_refused():
    with pytest.raises(UsageError):
        load_mapping(HOSTILE / "tag.yaml")


SHIPPED = load_mapping(mapping_file(CASE), load_scenario(CASE).states)


def test_every_series_of_the_shipped_record_is_mapped_or_excused():
    names = {row.series for row in read_record(RECORD)}
    mapped = {*SHIPPED.levels, *SHIPPED.events}
    silent = {name for name in names - mapped if SHIPPED.reason(name) is None}
    assert not silent
    assert not {name for name in mapped if SHIPPED.reason(name) is not None}


def test_nothing_is_mapped_or_excused_that_the_record_does_not_have():
    names = {row.series for row in read_record(RECORD)}
    assert {*SHIPPED.levels, *SHIPPED.events} <= names
    idle = [
        pattern
        for pattern in SHIPPED.unmapped
        if not any(re.fullmatch(pattern.replace(".", r"\.").replace("*", ".*"), n) for n in names)
    ]
    assert not idle


def test_units_of_the_shipped_record_are_known():
    for row in read_record(RECORD):
        if row.series in SHIPPED.levels:
            assert row.unit in SHIPPED.levels[row.series].units


def test_errors_are_marked_as_what_they_are():
    for level in SHIPPED.levels.values():
        assert level.source.startswith(("assumption", "computed"))


def test_the_picture_and_the_scores_omit_the_same_rows():
    overlay = (CONFIGS / "record" / CASE / "overlay.yaml").read_text(encoding="utf-8")
    drawn = {(row["series"], row["date"]) for row in yaml.safe_load(overlay)["omit"]}
    assert drawn == {(row.series, row.date) for row in SHIPPED.omit}
