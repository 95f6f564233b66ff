"""A scenario from a stranger: every fault in one clear message, and nothing is run or written."""

from __future__ import annotations

import re
from datetime import date

import pytest
from program import BUILT_IN, FINE, HOSTILE, call, changed, contents

FILES = sorted(file.name for file in HOSTILE.glob("*.yaml") if file != FINE)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """Work in an empty folder, and see that it stays empty."""
    place = tmp_path / "work"
    place.mkdir()
    monkeypatch.chdir(place)
    yield place
    assert not contents(place)


def refused(capsys, file, *words):
    """See that `check` refuses the file in these words."""
    said = call(capsys, "check", str(file))
    assert said.status == 2
    assert not said.out
    for word in words:
        assert word in said.err
    assert "Traceback" not in said.err
    assert "\x1b" not in said.err
    assert all(str(file) in line for line in said.err.splitlines() if not line.startswith(" "))


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file(capsys, name):
    file = HOSTILE / name
    expected = re.findall("^# expect: (.*)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    assert expected
    refused(capsys, file, *expected)
    again = call(capsys, f"scenario={file}", "engine=mesa", "replicates=1")
    assert (again.status, again.err) == (2, call(capsys, "check", str(file)).err)


def test_a_file_with_many_faults_tells_each_once(capsys):
    lines = call(capsys, "check", str(HOSTILE / "many.yaml")).err.splitlines()
    faults = [line for line in lines if not line.startswith("  ")]
    assert len(faults) == len(set(faults)) == 12


def test_the_fine_file_and_every_built_in_one_are_fine(capsys):
    said = call(capsys, "check", str(FINE), BUILT_IN)
    assert (said.status, said.err) == (0, "")
    assert said.out.count(": fine\n") == 2
    assert call(capsys, "check").status == 0


BYTES = {
    "binary": (bytes(range(256)), "is not UTF-8 text"),
    "latin-1": (b"title: caf\xe9\n", "line 1: is not UTF-8 text"),
    "huge": (b"title: " + b"x" * 2**20, "is larger than 1 MiB"),
    "nul": (b"title: a\0b\n", "U+0000"),
    "deep": (b"[" * 5000, "nested deeper than"),
    "wide": (b"a: " + b"9" * 5000 + b"\n", "has more than 20 digits"),
}


@pytest.mark.parametrize("content,words", BYTES.values(), ids=BYTES)
def test_a_file_that_is_not_text(capsys, tmp_path, content, words):
    file = tmp_path / "stranger.yaml"
    file.write_bytes(content)
    refused(capsys, file, words)


TYPE, BELOW, ABOVE = "is needed, not", "greater than or equal to", "less than or equal to"
VALUES = [
    # unknown keys, with the nearest right one
    ("titel", "x", "titel: unknown key 'titel'", "did you mean 'title'?"),
    ("name", "x", "unknown key 'name'", "named by its file"),
    ("file", "/etc/passwd", "unknown key 'file'", "named by its file"),
    ("states/aaa/capabilty", 1, "states.aaa.capabilty: unknown key", "'capability'?"),
    ("states/aaa/from", "archetype/autocrcy", "states.aaa.from", "'archetype/autocracy'?"),
    ("states/aaa/from", "../../etc/passwd", "states.aaa.from", "nothing called"),
    ("treaties/pact/from", "treaty/../scenario/x", "treaties.pact.from", "nothing called"),
    ("params/helmbld", 1, "params.helmbld: there is no parameter", "'helmbold'?"),
    ("sources/stats", "x", "sources.stats: nothing in the scenario", "'states'?"),
    ("record", "../../x", "record: there is no record '../../x'", BUILT_IN),
    ("treaties/pact/articles/art_1/typo", 1, "art_1.typo: unknown key", "'type'?"),
    ("treaties/pact/articles/art_1/type", "mutual_ade", "no type of article", "'mutual_aid'?"),
    ("treaties/pact/articles/art_1/terms/wiat", 1, "terms.wiat: unknown key", "'wait'?"),
    # wrong types, and units where a number belongs
    ("states/aaa/capability", "0.1", "states.aaa.capability: a number", TYPE),
    ("states/aaa/capability", True, "states.aaa.capability: a number", TYPE),
    ("states/aaa/capability", None, "states.aaa.capability: a number", "not null"),
    ("states/aaa/capability", [0.1], "states.aaa.capability: a number", "not a list"),
    ("states/aaa/pool", 10.5, "states.aaa.pool: a whole number", TYPE),
    ("states/aaa/pool", "60,000", "states.aaa.pool: a whole number", "the text '60,000'"),
    ("states/aaa/name", 5, "states.aaa.name: text", TYPE),
    ("states/aaa/major", "no", "states.aaa.major: true or false", TYPE),
    ("states/bbb", "B", "states.bbb: names with values", "not the text 'B'"),
    ("states", ["aaa"], "states: names with values", "not a list"),
    ("states", {}, "states: needs at least 1", "has 0"),
    ("fronts/border/area", "12 km", "fronts.border.area: a number", "the text '12 km'"),
    ("params/helmbold", "half", "params.helmbold: a number", TYPE),
    ("params/helmbold", True, "params.helmbold: a number", "not true"),
    ("params", None, "params: names with values", "not null"),
    ("sources", 5, "sources: names with values", "not 5"),
    ("sources/states", 5, "sources.states: text", TYPE),
    ("treaties/pact/articles/art_1/terms/wait", "7 days", "terms.wait: a whole number", TYPE),
    ("treaties/pact/articles/art_1/terms/wait", True, "terms.wait: a number", "not true"),
    ("uncertainties/lift/low", "50", "uncertainties.lift.low: a number", TYPE),
    ("levers/size/low", "0", "levers.size.low: a number", TYPE),
    # numbers below zero or absurd
    ("states/aaa/pool", -1, "states.aaa.pool: should be", BELOW),
    ("states/aaa/pool", 10**12, "states.aaa.pool: should be", ABOVE),
    ("forces/aaa_1/strength", -1000, "forces.aaa_1.strength: should be", BELOW),
    ("states/aaa/capability", 7, "states.aaa.capability: should be", ABOVE),
    ("params/helmbold", 7, "params.helmbold: 7 is outside 0 to 1"),
    ("levers/size/low", -5, "levers.size.low: -5 is more or less than"),
    ("levers/size/high", 1e12, "levers.size.high: 1e+12 is more or less than"),
    ("levers/size/default", 5000, "levers.size.default: 5000 is outside 0 to 1000"),
    ("levers/size/low", ..., "levers.size: ", "needs low and high"),
    ("levers/size/default", "many", "levers.size.default: a number is needed, not 'many'"),
    ("levers/size/path", "states.ccc.expedition_sise", "levers.size.path", "'expedition_size'?"),
    ("levers/size/path", "forces.ddd_*.strength", "levers.size.path", "not among the forces"),
    ("uncertainties/lift/low", -50, "uncertainties.lift.low: -50 is more or less than"),
    ("uncertainties/lift/low", 500, "uncertainties.lift: low, mode and high must not decrease"),
    ("uncertainties/lift/type", "unifrm", "uncertainties.lift.type", "'uniform'?"),
    # dates
    ("start", "the first of May", "start: a date such as 2024-06-19", TYPE),
    ("start", 20240101, "start: a date such as 2024-06-19", TYPE),
    ("end", date(2023, 1, 1), "end: 2023-01-01 is not after the start"),
    ("end", date(2024, 1, 1), "end: 2024-01-01 is not after the start"),
    ("end", date(9999, 12, 31), "end: more than 3653 days after the start"),
    ("calendar/attack/date", date(2025, 1, 1), "calendar.attack.date: 2025-01-01 is not between"),
    ("treaties/pact/in_force_since", date(2023, 1, 1), "in force before it was signed"),
    # names of what is not there
    ("fronts/border/holder", "aab", "fronts.border.holder: there is no state", "'aaa'?"),
    ("fronts/border/holder", "bbb", "fronts.border: 'bbb' cannot be on both sides"),
    ("forces/aaa_1/owner", "aab", "forces.aaa_1.owner: there is no state", "'aaa'?"),
    ("forces/aaa_1/front", "bordr", "forces.aaa_1.front: there is no front", "'border'?"),
    ("forces/aaa_1/side", "holdr", "forces.aaa_1.side: should be", "'holder'?"),
    ("forces/ccc_1/place", 3, "forces: places of the contingents of 'ccc'"),
    ("relations/aaa_to_bbb/target", "aaa", "a state has no relation to itself"),
    ("relations/aaa_to_bbb/rung", "clam", "relations.aaa_to_bbb.rung", "'calm'?"),
    ("relations/aaa_to_bbb/ladder", "step", "relations.aaa_to_bbb.ladder", "'steps'?"),
    ("reports/aaa_troops/observer", "d", "reports.aaa_troops.observer: there is no state 'd'"),
    ("flows/oil/recipient", "ccc", "flows.oil: a state cannot send to itself"),
    ("flows/oil/gate", "aaa_to_bbb", "flows.oil: gate and gate_rung belong together"),
    ("focus/sender", "cc", "focus.sender: there is no state 'cc'", "'ccc'?"),
    ("focus/treaty", "pac", "focus.treaty: there is no treaty 'pac'", "'pact'?"),
    ("states/ccc/policy", "steadfst", "states.ccc.policy", "'steadfast'?"),
    ("states/Ccc", {"name": "C", "capability": 0.1}, "states.Ccc: 'Ccc' is not a name"),
    # treaties
    ("treaties/pact/parties", ..., "treaties.pact.parties: is missing"),
    ("treaties/pact/parties", [], "treaties.pact.parties: needs at least 2, has 0"),
    ("treaties/pact/parties", ["aaa"], "treaties.pact.parties: needs at least 2, has 1"),
    ("treaties/pact/parties", "aaa", "treaties.pact.parties: a list", TYPE),
    ("treaties/pact/parties", ["aaa", "ccc", "dd"], "there is no state 'dd'"),
    ("treaties/pact/parties", ["aaa", "ccc", "aaa"], "a party is named twice"),
    ("treaties/pact/ratification/ccc_vote/after", "ccc_vote", "the steps go in a circle"),
    ("treaties/pact/ratification/ccc_vote/after", "vote", "there is no step 'vote'"),
    ("treaties/pact/ratification/ccc_vote/party", "bbb", "there is no party 'bbb'"),
    ("treaties/pact/articles/art_1/obligors", ["bbb"], "there is no party 'bbb'"),
    ("treaties/pact/signed", ..., "treaties.pact.signed: is missing"),
    # sources
    ("sources/states", ..., "states.aaa.capability: a number without a source"),
    ("sources/states", " ", "states.aaa.capability: a number without a source"),
]


@pytest.mark.parametrize(
    "path,value,words",
    [(path, value, words) for path, value, *words in VALUES],
    ids=[f"{path}={str(value)[:20]}" for path, value, *_ in VALUES],
)
def test_one_wrong_value(capsys, tmp_path, path, value, words):
    refused(capsys, changed(tmp_path, path, value), *words)


def test_a_fault_does_not_hide_another_behind_it(capsys, tmp_path):
    """The state is cut away to look further; what it owns is not blamed for that."""
    file = changed(tmp_path, "states/aaa", {"name": "A", "fronts": 1})
    said = call(capsys, "check", str(file)).err
    assert "states.aaa.capability: is missing" in said
    assert "there is no state" not in said


@pytest.mark.parametrize("name", ["nosuch.yaml", "folder/nosuch.yaml", "../nosuch.yaml"])
def test_no_such_file(capsys, name):
    said = call(capsys, "check", name)
    assert said.status == 2
    assert f"error: {name}: there is no such file" in said.err


def test_the_nearest_file_is_named(capsys, tmp_path):
    changed(tmp_path, "title", "x")
    said = call(capsys, "check", str(tmp_path / "chaged.yaml"))
    assert said.status == 2
    assert "changed.yaml" in said.err
