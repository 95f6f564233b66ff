"""A scenario file from a stranger is data, or one clear message."""

from __future__ import annotations

import contextlib
import datetime
import os
import pickle
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sim.errors import Problem, UsageError
from sim.scenario.safe_yaml import MAX_BYTES, read_yaml
from sim.scenario.yaml_dialect import MAX_DEPTH


@pytest.fixture
def stranger(tmp_path: Path):
    def write(content: str | bytes) -> Path:
        path = tmp_path / "stranger.yaml"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def problems_of(path: Path) -> list[Problem]:
    with pytest.raises(UsageError) as caught:
        read_yaml(path)
    problems = list(caught.value.problems)
    assert {problem.file for problem in problems} == {str(path)}
    return problems


VALUES = {
    "2024-06-19": datetime.date(2024, 6, 19),
    "2024-06-19 10:00:00": "2024-06-19 10:00:00",
    "'2024-06-19'": "2024-06-19",
    "1e-3": 0.001,
    "1E5": 100000.0,
    "-2.5e+3": -2500.0,
    ".5": 0.5,
    "1.": 1.0,
    "12_000": 12000,
    "1_000.5": 1000.5,
    "+7": 7,
    "-0": 0,
    "12:30:00": "12:30:00",
    "190:20:30.15": "190:20:30.15",
    "010": "010",
    "0x1F": "0x1F",
    "true": True,
    "False": False,
    "yes": "yes",
    "no": "no",
    "on": "on",
    "off": "off",
    "null": None,
    "~": None,
    "": None,
    "=": "=",
    "[1, two, 3.0]": [1, "two", 3.0],
    "{no: 1}": {"no": 1},
}


@pytest.mark.parametrize(("written", "value"), VALUES.items())
def test_what_a_value_means(stranger, written, value):
    read = read_yaml(stranger(f"key: {written}\n"))["key"]
    assert read == value
    assert type(read) is type(value)


def test_a_mark_for_the_byte_order_is_no_part_of_the_first_key(stranger):
    assert read_yaml(stranger(b"\xef\xbb\xbfname: x\n")) == {"name": "x"}


def test_no_merging_of_mappings(stranger):
    assert read_yaml(stranger("<<: {a: 1}\n")) == {"<<": {"a": 1}}


TAG = "a scenario is data: write the plain value; text that begins with ! needs quotes"
ANCHOR = "write the value in full; text that begins with & or * needs quotes"
CODE = "a scenario is data: it cannot name code to run"
MAPPING = "a scenario is a mapping, lines of the form 'name: value'"
INTERPOLATION = "'${' is refused: a scenario cannot refer to other settings"

# what is written, and the path, fault and hint of the only problem
FAULTS = {
    "tag": ("a: 1\nb: !x 1", "line 2", "the tag '!x' is refused", TAG),
    "python tag": (
        "a: !!python/object/apply:os.system [echo]",
        "line 1",
        "the tag 'tag:yaml.org,2002:python/object/apply:os.system' is refused",
        TAG,
    ),
    "standard tag": ("a: !!str 1", "line 1", "the tag 'tag:yaml.org,2002:str' is refused", TAG),
    "bare tag": ("a: ! 1", "line 1", "the tag '!' is refused", TAG),
    "tagged key": (
        "!!binary aGk=: 1",
        "line 1",
        "the tag 'tag:yaml.org,2002:binary' is refused",
        TAG,
    ),
    "tagged top": ("!x {a: 1}", "line 1", "the tag '!x' is refused", TAG),
    "anchor": ("a:\n  &x 1", "line 2", "the anchor '&x' is refused", ANCHOR),
    "alias": ("a: 1\nb: *x", "line 2", "the reference '*x' is refused", ANCHOR),
    "duplicate key": (
        "a:\n  b: 1\n  c: 2\n  b: 3",
        "line 4",
        "the key 'b' is given twice, first on line 2",
        "keep one of the two at 'a.b'",
    ),
    "two documents": ("a: 1\n---\nb: 2", "line 2", "holds more than one document ('---')", ""),
    "empty": ("", "", "is empty", MAPPING),
    "only a remark": ("# nothing\n", "", "is empty", MAPPING),
    "list on top": ("- a\n- b", "", "is not a mapping", MAPPING),
    "text on top": ("hello", "", "is not a mapping", MAPPING),
    "deep block": (
        "".join("  " * level + "a:\n" for level in range(MAX_DEPTH + 1)),
        f"line {MAX_DEPTH + 1}",
        "is nested deeper than 20 levels",
        "",
    ),
    "deep flow": ("a: " + "[" * 9999, "line 1", "is nested deeper than 20 levels", ""),
    "number as key": ("1: a", "line 1", "the key '1' is not text", "put it in quotes"),
    "date as key": (
        "2024-06-19: a",
        "line 1",
        "the key '2024-06-19' is not text",
        "put it in quotes",
    ),
    "truth as key": ("a: {true: 1}", "line 1", "the key 'true' is not text", "put it in quotes"),
    "nothing as key": ("a:\n  ~: 1", "line 2", "the key '~' is not text", "put it in quotes"),
    "list as key": ("? [a, b]\n: 1", "line 1", "a list or a mapping cannot be a key", ""),
    "target": (
        "states: {prk: {_target_: os.system}}",
        "states.prk._target_",
        "a key must not begin with an underscore",
        CODE,
    ),
    "target in a list": (
        "a:\n- x: 1\n- '_args_': 1",
        "a[1]._args_",
        "a key must not begin with an underscore",
        CODE,
    ),
    "interpolation": ("a: {b: '${oc.env:HOME}'}", "a.b", INTERPOLATION, "write the value itself"),
    "plain interpolation": ("a: x${b}", "a", INTERPOLATION, "write the value itself"),
    "interpolated key": ("'${a}': 1", "${a}", INTERPOLATION, "write the value itself"),
    "not a number": ("a: .nan", "a", ".nan is not a finite number", ""),
    "infinity": ("a: [1, -.inf]", "a[1]", "-.inf is not a finite number", ""),
    "overflow": ("a: 1e999", "a", "1e999 is not a finite number", ""),
    "endless number": ("a: " + "9" * 5000, "a", f"{'9' * 57}... has more than 20 digits", ""),
    "no such day": (
        "a: 2024-02-30",
        "a",
        "2024-02-30 is not a day of the calendar (year-month-day)",
        "",
    ),
    "zero byte": ("a: 1\nb: \0", "line 2", "holds the character U+0000, which is not text", ""),
    "escape byte": ("a: \x1b[2J", "line 1", "holds the character U+001B, which is not text", ""),
    "written escape": (r'a: "\e[2J"', "a", "holds the character U+001B, which is not text", ""),
    "written zero": (r'a: "\0"', "a", "holds the character U+0000, which is not text", ""),
    "half a character": (
        r'a: "\ud800"',
        "a",
        "holds the character U+D800, which is not text",
        "",
    ),
    "escape in a key": (
        r'"\e[2J": 1',
        r"\x1b[2J",
        "holds the character U+001B, which is not text",
        "",
    ),
    "not UTF-8": (
        b"a: 1\nb: \xff\xfe",
        "line 2",
        "is not UTF-8 text",
        "save the file with the encoding UTF-8",
    ),
    "no such character": (
        r'a: "\U99999999"',
        "",
        "is not valid YAML: a number in it is out of range",
        "",
    ),
    "unclosed": (
        "a: [1, 2",
        "line 1",
        "is not valid YAML: expected ',' or ']', but got '<stream end>'",
        "",
    ),
    "two colons": (
        "a: b: c",
        "line 1",
        "is not valid YAML: mapping values are not allowed here",
        "",
    ),
    "tab": (
        "a:\n\tb: 1",
        "line 2",
        r"is not valid YAML: found character '\t' that cannot start any token",
        "indent with spaces, not with tabs",
    ),
    "too large": (
        b"#" * (MAX_BYTES + 1),
        "",
        "is larger than 1 MiB, too large for a scenario",
        "",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_one_message_for_each_fault(stranger, name):
    content, *expected = FAULTS[name]
    [problem] = problems_of(stranger(content))
    assert [problem.path, problem.fault, problem.hint] == expected


def test_all_faults_of_the_content_are_told_together(stranger):
    path = stranger("a: {_target_: os.system, b: '${c}'}\nd: .inf\n1: x\nd: 2024-13-01\n")
    with pytest.raises(UsageError) as caught:
        read_yaml(path)
    assert str(caught.value).splitlines() == [
        f"{path}: a._target_: a key must not begin with an underscore",
        "  a scenario is data: it cannot name code to run",
        f"{path}: a.b: '${{' is refused: a scenario cannot refer to other settings",
        "  write the value itself",
        f"{path}: d: .inf is not a finite number",
        f"{path}: line 3: the key '1' is not text",
        "  put it in quotes",
        f"{path}: line 4: the key 'd' is given twice, first on line 2",
        "  keep one of the two at 'd'",
        f"{path}: d: 2024-13-01 is not a day of the calendar (year-month-day)",
    ]


def test_a_bomb_of_references_is_not_lit(stranger):
    lines = ["a0: &a0 [x]"] + [f"a{i}: &a{i} [{f'*a{i - 1},' * 9}]" for i in range(1, 30)]
    [problem] = problems_of(stranger("\n".join(lines)))
    assert problem.fault == "the anchor '&a0' is refused"


def test_no_tag_runs_anything(stranger, tmp_path):
    witness = tmp_path / "witness"
    problems_of(stranger(f"a: !!python/object/apply:pathlib.Path.touch ['{witness}']"))
    assert not witness.exists()


def test_a_missing_file_names_its_nearest_neighbour(stranger, tmp_path):
    written = stranger("a: 1")
    [problem] = problems_of(tmp_path / "strangr.yml")
    assert problem.fault == "there is no such file"
    assert problem.hint == f"did you mean {str(written)!r}?"


def test_a_missing_folder_is_named(tmp_path):
    [problem] = problems_of(tmp_path / "nowhere" / "x.yaml")
    assert problem.fault == "there is no such file"
    assert problem.hint == f"there is no folder {str(tmp_path / 'nowhere')!r} either"


def test_a_folder_is_not_a_scenario(tmp_path):
    [problem] = problems_of(tmp_path)
    assert problem.fault == "is a folder; expected a YAML file"


def test_a_file_is_not_a_folder(stranger):
    [problem] = problems_of(stranger("a: 1") / "x.yaml")
    assert problem.fault == "cannot be read: not a directory"


def test_a_forbidden_file(stranger, monkeypatch):
    path = stranger("a: 1")

    def forbid(*args: object, **named: object) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", forbid)
    [problem] = problems_of(path)
    assert problem.fault == "cannot be read: permission denied"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    [problem] = problems_of(tmp_path / "pipe.yaml")
    assert problem.fault == "is not an ordinary file"


def test_a_name_no_file_can_have():
    [problem] = problems_of(Path("a\0b"))
    assert problem.fault.startswith("cannot be read: ")


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["k{i}: v\n", "- [1]\n", "x", "'", "? ", "k{i}: {{a: 1}}\n", "[]"])
def test_the_largest_file_takes_seconds(stranger, unit):
    count = (MAX_BYTES - 100) // (len(unit) + 4)
    path = stranger("".join(unit.format(i=i) for i in range(count)))
    start = time.perf_counter()
    with contextlib.suppress(UsageError):
        read_yaml(path)
    assert time.perf_counter() - start < 60


YAMLISH = st.text(alphabet=":-?[]{},&*!|>'\"%@`#_ ab1.\n\t", max_size=60)


@given(st.one_of(st.binary(max_size=60), YAMLISH))
@example("%YAML 9.9\n---\na: 1")
@example("%TAG ! tag:x,2000:\n---\na: !y 1")
@example("a: |99\n  b")
@example("%YAML 1." + "9" * 5000 + "\n---\na: 1")
@example('a: "\\U99999999"')
def test_whatever_is_written_the_answer_is_data_or_a_message(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    try:
        assert isinstance(read_yaml(path), dict)
    except UsageError as error:
        assert str(error).startswith(str(path))


def test_a_usage_error_survives_the_way_between_processes():
    error = UsageError([Problem("a.yaml", "b.c", "is wrong", "do better")])
    assert pickle.loads(pickle.dumps(error)).problems == error.problems
