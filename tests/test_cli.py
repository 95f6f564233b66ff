"""The command line: what is typed wrongly is refused in one message, what is right works."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import cache

import pytest
from program import BUILT_IN, FINE, ROOT, Said, call, contents, run
from wrong_words import SEVERAL, SIZE, WRONG

from sim import job
from sim.cli import HELP, requests
from sim.cli.words import fitted, printable
from sim.scenario.load import load_scenario
from sim.scenario.places import CONFIGS

unchanged = cache(load_scenario)


def quickly(name, changes):
    return load_scenario(name, changes) if changes or name != BUILT_IN else unchanged(name)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch):
    """An empty folder to work in; a scenario that nobody changes is read once."""
    place = tmp_path / "work"
    place.mkdir()
    monkeypatch.chdir(place)
    monkeypatch.setattr(requests, "load_scenario", quickly)
    return place


@pytest.fixture
def asked(monkeypatch):
    """Requests that came as far as being run; none is."""
    found: list[job.Request] = []
    monkeypatch.setattr(job, "run_job", lambda request: found.append(request) or 0)
    return found


def refused(said: Said, *words: str) -> None:
    assert said.status == 2
    assert not said.out
    assert said.err.startswith("error: ")
    assert "Traceback" not in said.err
    assert all(character.isprintable() or character == "\n" for character in said.err)
    for word in words:
        assert word in said.err


@pytest.mark.parametrize("typed,words", [(one, words) for one, *words in WRONG])
def test_what_is_typed_wrongly(capsys, elsewhere, typed, words):
    refused(call(capsys, typed), *words)
    assert not contents(elsewhere)


@pytest.mark.parametrize("typed,words", SEVERAL)
def test_several_words_typed_wrongly(capsys, elsewhere, typed, words):
    refused(call(capsys, *typed), words)
    assert not contents(elsewhere)


def places(folder):
    """Where no study can go, by what is wrong there."""
    (folder / "file").write_text("mine")
    (folder / "full").mkdir()
    (folder / "full" / "mine.txt").write_text("mine")
    (folder / "app" / "runs").mkdir(parents=True)
    (folder / "app" / "runs" / "mine.txt").write_text("mine")
    (folder / "app" / "manifest.json").write_text('{"name": "another program"}')
    return {
        "file": "it is a file",
        "file/x": "Not a directory",
        "full": "is not empty and holds no study",
        "app": "is not empty and holds no study",
        "x" * 300: "too long",
        "/proc/x": "cannot be used",
    }


@pytest.mark.skipif(os.name != "posix", reason="paths of POSIX")
@pytest.mark.parametrize("force", ["false", "true"])
def test_places_where_no_study_can_go(capsys, elsewhere, force):
    wrong = places(elsewhere)
    before = contents(elsewhere)
    for out, words in wrong.items():
        words_typed = (f"scenario={FINE}", "replicates=1", "engine=mesa", f"force={force}")
        said = call(capsys, f"out={out}", *words_typed)
        refused(said, "out: ", words)
    assert contents(elsewhere) == before


RIGHT = {
    "nothing": ((), [{}]),
    "-m": (("-m", f"{SIZE}0,12000"), [{"deployment.size": [0, 12000]}]),
    "list": ((f"{SIZE}[0,12000]",), [{"deployment.size": [0, 12000]}]),
    "choice": ((f"{SIZE}choice(0,5)",), [{"deployment.size": [0, 5]}]),
    "range": ((f"{SIZE}range(0,20001,10000)",), [{"deployment.size": [0, 10000, 20000]}]),
    "plus": ((f"++{SIZE}7",), [{"deployment.size": [7]}]),
    "quotes": (('honour.mode="always"',), [{"honour.mode": ["always"]}]),
    "two experiments": (("+experiment=honour,escalation", f"{SIZE}5"), [{}, {}]),
    "no plus": (("experiment=escalation",), [{}]),
    "verb": (("run", "escalation.intensity=0.5,1"), [{"escalation.intensity": [0.5, 1]}]),
}


@pytest.mark.parametrize("typed,values", RIGHT.values(), ids=RIGHT)
def test_what_is_typed_right(capsys, asked, typed, values):
    said = call(capsys, *typed)
    assert (said.status, said.err) == (0, "")
    assert len(asked) == len(values)
    for request, expected in zip(asked, values, strict=True):
        assert expected.items() <= dict(request.values).items()
    titles = [request.title for request in asked]
    assert len(set(titles)) == len(titles)


def test_changes_of_the_scenario(capsys, asked):
    typed = {
        "scenario.end": "2024-12-31",
        "scenario.params.helmbold": "0.75",
        "scenario.levers.deployment.size.high": "60000",
        "scenario.treaties.csp_2024.parties": "[rus,prk,chn]",
        "scenario.treaties.usa_kor_1953.in_force_since": "1954-11-18",
        "scenario.title": '"quoted, with a comma"',
    }
    words = [f"{path}={value}" for path, value in typed.items()]
    assert call(capsys, *words, "deployment.size=55000").err == ""
    scenario = asked[0].scenario
    assert scenario.end.isoformat() == "2024-12-31"
    assert scenario.params["helmbold"] == 0.75
    assert scenario.levers["deployment.size"].high == 60000
    assert scenario.treaties["csp_2024"].parties == ("rus", "prk", "chn")
    assert scenario.treaties["usa_kor_1953"].in_force_since.day == 18
    assert scenario.title == "quoted, with a comma"
    assert scenario.sources["params.helmbold"] == "assumption: set on the command line"


def test_a_copy_of_a_scenario_elsewhere_finds_its_parts(capsys, elsewhere, asked):
    text = (CONFIGS / "scenario" / f"{BUILT_IN}.yaml").read_text(encoding="utf-8")
    (elsewhere / "my copy.yaml").write_text(text, encoding="utf-8")
    assert call(capsys, "check", "my copy.yaml") == (0, "my copy.yaml: fine\n", "")
    assert call(capsys, "scenario='my copy.yaml'", "+experiment=honour").status == 0
    assert asked[0].scenario.states["prk"].democracy == 0.1


def test_an_experiment_for_another_scenario_is_refused(capsys, asked):
    refused(call(capsys, f"scenario={FINE}", "+experiment=escalation"), "is not a lever")
    assert not asked


def test_list_explain_phases(capsys):
    shown = call(capsys, "list").out
    for name in (BUILT_IN, "escalation", "honour", "deployment.size", "sender_casualties"):
        assert name in shown
    shown = call(capsys, "explain", "deployment.size", "helmbold", "mutual_aid", "restrained").out
    for words in ("soldiers", "0 to 50000", "NIS", "(uncertainty", "without_delay", "(policy)"):
        assert words in shown
    assert "size" in call(capsys, "list", f"scenario={FINE}").out
    assert call(capsys, "phases").out.splitlines()[0].split()[:2] == ["1", "calendar"]


@pytest.mark.parametrize("typed", [["--help"], ["-h"], ["help"], ["check", "--help"]])
def test_help(capsys, typed):
    assert call(capsys, *typed) == (0, HELP + "\n", "")
    assert max(map(len, HELP.splitlines())) <= 80


def test_version(capsys):
    said = call(capsys, "--version")
    assert said.status == 0
    assert said.out.startswith("casus ")


@pytest.mark.parametrize("verb", ["--help", "--version", "nosuchverb"])
def test_a_quick_answer_loads_nothing_heavy(elsewhere, verb):
    heavy = "numba", "matplotlib", "pandas", "mesa", "scipy", "pyarrow", "hydra", "numpy"
    code = f"import sys; from sim.cli import main; main([{verb!r}]); "
    code += f"sys.exit(' '.join(n for n in {heavy!r} if n in sys.modules) or 0)"
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert answer.returncode == 0, answer.stderr


def test_no_run_waits_for_what_only_its_report_needs():
    late = "scipy.stats", "matplotlib", "mesa", "jinja2"
    code = "import sys, sim.cli.requests, sim.job, sim.records; "
    code += f"sys.exit(' '.join(n for n in {late!r} if n in sys.modules) or 0)"
    answer = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert answer.stderr == ""


def test_as_a_process_of_its_own(elsewhere):
    refused(run("chek", cwd=elsewhere), "did you mean 'check'?")
    refused(run("deploymnt.size=5", cwd=elsewhere), "did you mean 'deployment.size'?")
    assert not contents(elsewhere)


@pytest.mark.skipif(os.name != "posix", reason="arguments as bytes")
def test_arguments_that_are_not_utf8(elsewhere):
    for typed in ([b"\xff"], [b"title=\xff"], [b"check", b"\xff.yaml"], [b"explain", b"\xff"]):
        refused(run(*typed, cwd=elsewhere), r"\udcff")
    copy = os.fsencode(elsewhere.parent) + b"/\xff.yaml"
    with open(copy, "wb") as stream:
        stream.write(FINE.read_bytes())
    said = run(b"check", copy, cwd=elsewhere)
    assert (said.status, said.err) == (0, "")


def test_an_output_that_knows_only_ascii(elsewhere):
    said = run("list", cwd=elsewhere, PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert (said.status, said.err) == (0, "")


def test_wrapping_keeps_columns():
    line = "  name   " + "word " * 20
    for shown in fitted(line, 40).splitlines():
        assert len(shown) <= 40
        assert shown.startswith(("  name   word", " " * 9 + "word"))
    assert fitted("a\n\nb", 10) == "a\n\nb"


def test_printable():
    assert printable("ü ² …") == "ü ² …"
    assert printable("\x1b\x9b\u202e\n\udcff") == r"\x1b\x9b\u202e\n\udcff"
