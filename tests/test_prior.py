"""The prior of a scenario: wide as before, or a set of vectors; a stranger's file is refused."""

from __future__ import annotations

import pandas as pd
import pytest
import yaml
from program import BUILT_IN, FINE, ROOT, call, contents
from worlds_compare import assert_equal_chunks

from sim import RULES_VERSION, agents, records
from sim.blueprint import draft
from sim.priors import draw
from sim.report import figures
from sim.scenario.load import load_scenario
from sim.scenario.places import CONFIGS
from sim.scenario.prior import digest_of, known_priors, prior_file, vectors_of

SETS = ("matched", "matched_2024_11_30")
SHORT = {"end": "2024-12-15"}


def case(prior=None, **changes):
    return load_scenario(BUILT_IN, changes if prior is None else {"prior": prior, **changes})


def drawn(scenario, seed, replicate):
    """The wide prior's values in the order of `Blueprint.luck`."""
    addresses = draft(scenario).prior_addresses
    return [
        (address, draw(name, prior, seed, replicate))
        for name, prior in scenario.uncertainties.items()
        for address in addresses[name]
    ]


def test_the_sets_that_are_shipped():
    assert known_priors(BUILT_IN) == ["wide", *SETS]


@pytest.mark.parametrize("name", SETS)
def test_a_set_names_the_scenario_s_uncertainties(name):
    table = pd.read_csv(prior_file(BUILT_IN, name), comment="#")
    assert list(table.columns) == list(case().uncertainties)
    assert len(vectors_of(case(name))) == len(table) >= 20


@pytest.mark.parametrize("name", SETS)
def test_a_set_says_how_it_was_made(name):
    lines = prior_file(BUILT_IN, name).read_text(encoding="utf-8").splitlines()
    until = "2025-01-31" if name == "matched" else "2024-11-30"
    about = [line for line in lines if line.startswith("#")]
    assert about[0] == f"# until: {until}"
    assert f"to {until}" in about[1]
    assert f"{len(lines) - len(about) - 1} of 1024 vectors" in about[2]
    assert f"rules {RULES_VERSION}." in about[2], (
        "made by older rules: run python -m sim match anew"
    )


def test_the_scores_in_the_documentation_are_of_these_rules():
    text = (ROOT / "docs" / "reference" / "score.md").read_text(encoding="utf-8")
    assert f"rules version {RULES_VERSION}," in text, "made by older rules: score anew"


@pytest.mark.parametrize("name", SETS)
def test_a_replicate_takes_its_vector(name):
    scenario = case(name)
    blueprint, vectors = draft(scenario), vectors_of(scenario)
    for replicate in (0, 1, len(vectors) - 1, len(vectors), 2 * len(vectors) + 3):
        vector = vectors[replicate % len(vectors)]
        wanted = [
            (address, vector[name])
            for name in scenario.uncertainties
            for address in blueprint.prior_addresses[name]
        ]
        assert blueprint.luck(7, replicate) == wanted


def test_engines_are_equal_under_a_set():
    blueprint = draft(case("matched", **SHORT))
    point = {"deployment.size": 12000, "escalation.intensity": 1.0}
    both = [engine.simulate(blueprint, [point], range(3), 5) for engine in (agents, records)]
    assert_equal_chunks(*both)


def test_the_wide_prior_draws_as_ever():
    for scenario in (case(), case("wide")):
        blueprint = draft(scenario)
        assert not blueprint.vectors
        for replicate in range(3):
            assert blueprint.luck(9, replicate) == drawn(scenario, 9, replicate)


def test_what_a_set_does_not_name_is_drawn_as_under_the_wide_prior(tmp_path):
    file = tmp_path / "one.csv"
    file.write_text("attrition\n0.5\n2.0\n", encoding="utf-8")
    scenario = case(str(file))
    places = set(draft(scenario).prior_addresses["attrition"])
    for replicate, attrition in enumerate((0.5, 2.0, 0.5)):
        found = draft(scenario).luck(3, replicate)
        assert [value for address, value in found if address in places] == [attrition]
        rest = [pair for pair in drawn(case(), 3, replicate) if pair[0] not in places]
        assert [pair for pair in found if pair[0] not in places] == rest


def test_a_number_set_by_hand_is_not_taken_from_the_set():
    scenario = case("matched", **{"params.helmbold": 0.75})
    assert scenario.by_hand == ("helmbold",)
    assert all("helmbold" not in vector for vector in vectors_of(scenario))
    assert draft(scenario).one["params"]["helmbold"] == 0.75


BAD = {
    "empty": (b"", "holds no vectors"),
    "only a header": (b"# until: 2024-11-30\nattrition,lift\n", "holds no vectors"),
    "a gap": (b"attrition,lift\n1,\n", "vector 1 has gaps"),
    "too few": (b"attrition,lift\n1,500\n1\n", "vector 2 has gaps, or not 2 numbers"),
    "too many": (b"attrition,lift\n1,500,3\n1,500,3\n", "vector 1 has gaps, or not 2 numbers"),
    "a word": (b"attrition,lift\n1,many\n", "lift: 'many' is not a number of the wide prior"),
    "nan": (b"attrition\nnan\n", "'nan' is not a number"),
    "infinite": (b"attrition\ninf\n", "'inf' is not a number"),
    "below": (b"attrition\n-1\n", "'-1' is not a number of the wide prior"),
    "beyond": (b"lift\n500\n5000\n", "vector 2: lift: '5000' is not a number of the wide prior"),
    "renamed": (b"atrition\n1\n", "'atrition' is no uncertainty", "did you mean 'attrition'?"),
    "unknown": (b"attrition,weather\n1,2\n", "'weather' is no uncertainty", "match anew"),
    "twice": (b"attrition,attrition\n1,2\n", "is no uncertainty"),
    "bytes": (bytes(range(128, 256)), "is not UTF-8 text"),
    "many": (b"attrition\n" + b"x\n" * 500, "and 480 more"),
}


@pytest.mark.parametrize(("content", "words"), [(one, rest) for one, *rest in BAD.values()])
def test_a_file_that_is_no_set(capsys, tmp_path, monkeypatch, content, words):
    place = tmp_path / "work"
    place.mkdir()
    monkeypatch.chdir(place)
    file = tmp_path / "prior.csv"
    file.write_bytes(content)
    said = call(capsys, f"prior={file}", "replicates=1", "engine=mesa")
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith(f"error: {file}: prior")
    assert "Traceback" not in said.err
    for word in words:
        assert word in said.err
    assert not contents(place)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("prior=mached",), ("there is no prior 'mached'", "did you mean 'matched'?")),
        (("prior=weather",), ("there is no prior 'weather'", "known: wide, matched")),
        (("prior=none.csv",), ("none.csv: prior: cannot be read", "No such file")),
        (("prior=../../etc/passwd",), ("there is no prior",)),
        (("prior=",), ("a name is needed",)),
        (("prior=folder.csv",), ("is not an ordinary file",)),
        (("prior=matched", f"scenario={FINE}"), ("there is no prior 'matched' of fine",)),
        (("prior=wide,matched",), ("prior",)),
        (("scenario.by_hand=x",), ("by_hand",)),
    ],
)
def test_a_prior_that_there_is_not(capsys, tmp_path, monkeypatch, typed, words):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.csv").mkdir()
    said = call(capsys, *typed, "replicates=1", "engine=mesa")
    assert (said.status, said.out) == (2, "")
    assert "Traceback" not in said.err
    for word in words:
        assert word in said.err
    assert contents(tmp_path) == {"folder.csv/": ""}


def test_a_scenario_file_does_not_say_what_was_set_by_hand(capsys, tmp_path):
    file = tmp_path / "own.yaml"
    text = FINE.read_text(encoding="utf-8")
    file.write_text(f"{text}\nby_hand: [x]\n", encoding="utf-8")
    said = call(capsys, "check", str(file))
    assert (said.status, "unknown key 'by_hand'" in said.err) == (2, True)


def test_a_study_says_which_prior_it_has(capsys, tmp_path, monkeypatch):
    monkeypatch.setattr(figures, "draw_all", lambda study, context: [])
    own = tmp_path / "own.csv"
    own.write_text("attrition\n1\n", encoding="utf-8")
    said = {
        "wide": "",
        "matched": "; prior matched to the record up to 2025-01-31. 1 runs",
        str(own): "; prior from own.csv. 1 runs",
    }
    for number, (prior, words) in enumerate(said.items()):
        folder = tmp_path / str(number)
        typed = (f"prior={prior}", "scenario.end=2023-09-01", "replicates=1", "engine=mesa")
        assert call(capsys, *typed, f"out={folder}").status == 0
        footer = (folder / "README.md").read_text(encoding="utf-8").strip().splitlines()[-1]
        assert words in footer
        assert ("prior" in footer) == bool(words)
        frozen = yaml.safe_load((folder / "config.yaml").read_text(encoding="utf-8"))["prior"]
        if prior == "wide":
            assert frozen == "wide"
        else:
            assert frozen["hash"] == digest_of(vectors_of(case(prior)))


def test_priors_are_kept_by_scenario():
    folders = {path.name for path in (CONFIGS / "prior").iterdir()}
    assert folders <= {path.stem for path in (CONFIGS / "scenario").glob("*.yaml")}
