"""Do more replicates of a study leave what a study of so many leaves, and never another?"""

from __future__ import annotations

from dataclasses import replace

import pytest
import yaml
from program import FINE, call, contents
from study_fakes import identity, plan, simulate
from test_resume_verb import told
from test_study_resume import Counting
from test_study_run import bytes_of

from sim import again
from sim.cli import main
from sim.errors import UsageError
from sim.report import figures
from sim.study import store
from sim.study.run import run_study

WORDS = (f"scenario={FINE}", "size=0,100", "engine=mesa", "workers=1")


@pytest.fixture(autouse=True)
def small(tmp_path, monkeypatch):
    """Bands beyond paths, and no figures, in an empty folder."""
    monkeypatch.setattr("sim.study.plan.PATH_REPLICATES", 60)
    monkeypatch.setattr(figures, "draw_all", lambda study, context: [])
    monkeypatch.chdir(tmp_path)


def of(replicates):
    """Two points, twenty replicates a part."""
    design = plan({"deployment.size": [0, 12_000]}, replicates=replicates)
    return replace(design, runs_in_a_part=40)


def at(folder, replicates, engine=simulate, stop=None, **options):
    def watch(done, total, headline):
        if stop is not None and done >= stop:
            raise KeyboardInterrupt

    typed = f"replicates={replicates}"
    asked = replace(identity(), overrides=[typed], command=f"python -m sim {typed}")
    store.create(of(replicates), asked, out=folder, **options)
    return run_study(
        of(replicates), asked, folder, engine, None, headline="lethal_aid", progress=watch
    )


def everything(folder):
    """All but manifest and log, which tell the time."""
    timeless = contents(folder).items()
    timed = ("manifest.json", "log.jsonl", "report.html")
    return {name: text for name, text in timeless if name not in timed}


@pytest.mark.parametrize(("before", "after"), [(40, 90), (50, 90), (5, 7), (50, 50), (7, 100)])
def test_topped_up_is_as_if_asked_for_at_once(tmp_path, before, after):
    engine = Counting()
    at(tmp_path / "a", before)
    study = at(tmp_path / "a", after, engine, more=True)
    whole = at(tmp_path / "b", after)
    assert everything(tmp_path / "a") == everything(tmp_path / "b")
    assert study.manifest["replicates"] == after
    assert study.manifest["hash"] == whole.manifest["hash"]
    assert study.manifest["checksums"] == whole.manifest["checksums"]
    kept = before // 20 * 20 if before < after else after
    assert engine.ran == list(range(kept, after, 20))


@pytest.mark.parametrize("stop", [120, 160])
def test_a_topup_that_stopped_goes_on(tmp_path, stop):
    at(tmp_path / "a", 50)
    with pytest.raises(KeyboardInterrupt):
        at(tmp_path / "a", 130, stop=stop, more=True)
    at(tmp_path / "a", 130)
    at(tmp_path / "b", 130)
    assert everything(tmp_path / "a") == everything(tmp_path / "b")


def test_stopped_before_its_first_part_it_still_holds_what_was_there(tmp_path):
    before = at(tmp_path, 50).points

    def never(*batch):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        at(tmp_path, 90, never, more=True)
    study = store.load(tmp_path)
    assert (study.manifest["status"], study.manifest["runs"]) == ("interrupted", 100)
    assert study.points.equals(before)


def test_the_headline_counts_each_run_once(tmp_path):
    at(tmp_path, 50)
    heard = []
    store.create(of(90), identity(), out=tmp_path, more=True)
    study = run_study(
        of(90), identity(), tmp_path, simulate, None, headline="lethal_aid",
        progress=lambda *state: heard.append(state), going_on=lambda *runs: heard.append(runs),
    )  # fmt: skip
    assert heard[0] == (100, 180)
    assert [done for done, *_ in heard[1:]] == [120, 160, 180]
    assert heard[-1][2].share == pytest.approx(study.runs["lethal_aid"].mean())


def otherwise(blueprint, points, replicates, seed):
    """The engine with one bit changed in replicate 45."""
    chunk = simulate(blueprint, points, replicates, seed)
    if 45 in replicates:
        chunk.series[2 * (45 - replicates[0]), 3, 1] += 1e-3
    return chunk


@pytest.mark.parametrize("before", [50, 47])
def test_old_rows_that_come_out_otherwise_are_never_replaced(tmp_path, before):
    at(tmp_path, before)
    held = everything(tmp_path)
    with pytest.raises(UsageError, match=r"part-000002\.parquet come out otherwise .*paths") as no:
        at(tmp_path, 90, otherwise, more=True)
    assert "nothing was replaced" in str(no.value)
    assert everything(tmp_path) == held
    study = store.load(tmp_path)
    assert (study.manifest["status"], study.manifest["replicates"]) == ("finished", before)
    assert len(study.runs) == 2 * before
    at(tmp_path, 90, more=True)


def test_a_damaged_short_part_is_made_anew(tmp_path):
    at(tmp_path / "a", 50)
    (tmp_path / "a" / "runs" / "part-000002.parquet").write_bytes(b"PAR1")
    at(tmp_path / "a", 90, more=True)
    at(tmp_path / "b", 90)
    assert bytes_of(tmp_path / "a") == bytes_of(tmp_path / "b")


def test_another_study_is_not_topped_up(tmp_path):
    at(tmp_path, 50)
    held = everything(tmp_path)
    for who in (replace(identity(), rules="rules-2"), replace(identity(), config="seed: 8\n")):
        with pytest.raises(UsageError, match="already holds another study"):
            store.create(of(90), who, out=tmp_path, more=True)
    with pytest.raises(UsageError, match="replicates is 50 there and 30 here"):
        store.create(of(30), identity(), out=tmp_path, more=True)
    assert everything(tmp_path) == held


def test_the_verb(capsys, tmp_path):
    assert main([*WORDS, "replicates=30", "out=a"]) == 0
    said = call(capsys, *WORDS, "replicates=130", "out=a")
    assert said.status == 2
    assert "python -m sim topup a replicates=130   adds replicates; or name a new" in said.err
    said = call(capsys, "topup", "a", "replicates=130", "workers=1")
    assert (said.status, said.err) == (0, "")
    assert "going on: 60 of 260 runs are there" in said.out
    assert main([*WORDS, "replicates=130", "out=b"]) == 0
    assert told(tmp_path / "a") == told(tmp_path / "b")
    typed = yaml.safe_load((tmp_path / "a" / "overrides.yaml").read_text())
    assert typed == [*WORDS, "replicates=130", "out=a"]


def test_killed_between_its_first_files_it_is_resumed(tmp_path):
    assert main([*WORDS, "replicates=30", "out=a"]) == 0
    config = tmp_path / "a" / "config.yaml"
    config.write_text(config.read_text().replace("replicates: 30", "replicates: 110"))
    assert main(["resume", "a"]) == 0
    assert main([*WORDS, "replicates=110", "out=b"]) == 0
    assert told(tmp_path / "a") == told(tmp_path / "b")


def test_as_a_function_as_often_as_one_likes(tmp_path):
    assert main([*WORDS, "replicates=10", "out=a"]) == 0
    before = (tmp_path / "a" / "summary.md").read_bytes()
    assert again.topup(store.load("a"), 20, report=False) == 0
    assert store.load("a").points["n"].tolist() == [20, 20]
    assert (tmp_path / "a" / "summary.md").read_bytes() == before
    assert again.topup(store.load("a"), 110) == 0
    assert main([*WORDS, "replicates=110", "out=b"]) == 0
    assert told(tmp_path / "a") == told(tmp_path / "b")
    with pytest.raises(UsageError, match="has 110 replicates: topup takes none away"):
        again.topup(store.load("a"), 109)


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ((), "topup needs one study, not 0"),
        (("a",), "topup needs to know how many"),
        (("a", "replicates=0"), "'0' is not a whole number from 1 to"),
        (("a", "replicates=2", "replicates=3"), "topup needs one study"),
        (("a", "replicates=2"), "has 3 replicates: topup takes none away"),
        (("one", "replicates=5"), "holds replicate 2 alone"),
        (("nowhere", "replicates=5"), "no study in 'nowhere'"),
    ],
)
def test_wrong_words_are_one_message(capsys, tmp_path, words, fault):
    assert main([*WORDS, "replicates=3", "out=a"]) == 0
    assert main([*WORDS, "replicate=2", "out=one"]) == 0
    before = contents(tmp_path)
    said = call(capsys, "topup", *words)
    assert said.status == 2
    assert fault in said.err
    assert contents(tmp_path) == before
