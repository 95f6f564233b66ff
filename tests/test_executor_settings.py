"""Are executor=, scheduler= and chunk= read with care, and is a recipe all that a worker needs?"""

from __future__ import annotations

import pickle
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import pytest
from program import BUILT_IN, FINE, call
from test_study_run import bytes_of

from sim.blueprint import draft
from sim.cli.executors import taken, where_of
from sim.recipe import build, recipe_of
from sim.scenario.load import load_scenario
from sim.scenario.places import known
from sim.study.executors import KINDS, Where

WORDS = (f"scenario={FINE}", "size=0,100", "replicates=2", "out=a")


@pytest.fixture(autouse=True)
def at_home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", known("executor"))
def test_every_executor_of_the_program_can_be_chosen(name):
    assert where_of(name, None, None).kind in KINDS
    assert name.startswith(where_of(name, None, None).kind)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("executor=thread",), "there is no executor 'thread'"),
        (("executor=thread",), "did you mean 'threads'?"),
        (("executor=../executor/dask",), "there is no such file"),
        (("executor=null",), "there is no executor 'None'"),
        (("executor=[dask]",), "there is no executor '['dask']'"),
        (("executor=gone.yaml",), "gone.yaml: there is no such file"),
        (("scheduler=tcp://127.0.0.1:8786",), "scheduler: a scheduler goes with Dask only"),
        (("executor=dask", "scheduler=127.0.0.1"), "scheduler: not an address: '127.0.0.1'"),
        (("executor=dask", "scheduler=5"), "scheduler: not an address: 5"),
        (("chunk=0",), "chunk: a whole number from 1 to 4,000 is needed, not 0"),
        (("chunk=4001",), "not 4001"),
        (("chunk=all",), "not 'all'"),
        (("executor=threads,processes",), "executor: one value is needed"),
    ],
)
def test_wrong_settings_are_named_and_nothing_is_begun(capsys, words, said):
    found = call(capsys, *WORDS, *words)
    assert found.status == 2
    assert said in found.err
    assert not Path("a").exists()


@pytest.mark.skipif(find_spec("distributed") is None, reason="needs distributed")
@pytest.mark.parametrize(
    ("address", "reason"), [("tcp://127.0.0.1:9", "refused"), ("tcp://no.such.invalid:9", "")]
)
def test_a_scheduler_that_does_not_answer_is_named(capsys, address, reason):
    found = call(capsys, *WORDS, "executor=dask", f"scheduler={address}")
    assert found.status == 2
    assert f"no Dask scheduler answers at '{address}'" in found.err
    assert reason in found.err
    assert not Path("a").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("type: slurm\npartitoin: x\n", "mine.yaml: partitoin: is no option of slurm"),
        ("type: slurm\npartitoin: x\n", "did you mean 'partition'?"),
        ('type: slurm\npartition: "x\\n#SBATCH --wrap=id"\n', "partition: a name is needed"),
        ("type: slurm\npartition: x y\n", "partition: a name is needed"),
        ("type: slurm\nminutes: 0\n", "minutes: a whole number from 1 to 100,000 is needed"),
        ("type: slurm\nminutes: long\ncpus: 1.5\n", "cpus: a whole number"),
        ("type: slurm\ncluster: moon\n", "cluster: one of slurm, local is needed, not 'moon'"),
        ("type: slurm\nsetup: rm -rf\n", "setup: is no option of slurm"),
        ("type: dask\nminutes: 5\n", "minutes: is no option of dask"),
        ("minutes: 5\n", "type: None is not one of threads, processes, dask, slurm"),
        ("type: [1]\n", "type: [1] is not one of"),
        ("", "mine.yaml: is empty"),
        ("type: !!python/name:os.system slurm\n", "tag"),
    ],
)
def test_wrong_files_are_named_and_nothing_is_begun(capsys, text, said):
    Path("mine.yaml").write_text(text)
    found = call(capsys, *WORDS, "executor=mine.yaml")
    assert found.status == 2
    assert said in found.err
    assert not Path("a").exists()


@pytest.mark.parametrize("engine", ["mesa", "compiled"])
def test_where_is_no_part_of_what_a_study_is(capsys, engine):
    words = (*WORDS, f"engine={engine}")
    assert call(capsys, *words, "chunk=1").status == 0
    elsewhere = (*words[:-2], words[-1], "out=b", "executor=processes", "workers=1")
    assert call(capsys, *elsewhere).status == 0
    assert bytes_of(Path("a")) == bytes_of(Path("b"))
    assert Path("a/README.txt").read_bytes() == Path("b/README.txt").read_bytes()
    assert Path("a/config.yaml").read_bytes() == Path("b/config.yaml").read_bytes()


def test_a_study_goes_on_elsewhere():
    where, rest = taken(["a", "executor=processes", "workers=2", "chunk=7"])
    assert (where, rest) == (Where("processes", 7), ["a", "workers=2"])
    assert taken(["a"]) == (Where(), ["a"])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("executor=x",), "there is no executor 'x'"),
        (("chunk=x",), "chunk: a whole number"),
        (("chunk=1", "chunk=2"), "a setting is given twice"),
    ],
)
def test_wrong_settings_of_a_study_that_goes_on(capsys, words, said):
    for verb in ("resume", "topup"):
        found = call(capsys, verb, "a", *words)
        assert found.status == 2
        assert said in found.err


@pytest.mark.parametrize("name", known("scenario"))
def test_a_recipe_is_all_that_a_worker_needs(name, monkeypatch):
    blueprint = draft(load_scenario(name))
    recipe = pickle.loads(pickle.dumps(recipe_of("mesa", blueprint)))
    assert len(recipe.content) < 200_000
    _, made = build(recipe.content)
    assert (made.one, made.many, made.names) == (blueprint.one, blueprint.many, blueprint.names)
    assert made.luck(1, 5) == blueprint.luck(1, 5)
    assert made.setting({}) == blueprint.setting({})


def test_a_recipe_carries_the_vectors_of_the_prior():
    blueprint = draft(load_scenario(BUILT_IN, {"prior": "matched"}))
    assert blueprint.vectors
    _, made = build(recipe_of("mesa", blueprint).content)
    assert list(made.vectors) == list(blueprint.vectors)
    assert replace(made, scenario=blueprint.scenario).luck(1, 7) == blueprint.luck(1, 7)
