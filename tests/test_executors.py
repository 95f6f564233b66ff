"""Does a study come out the same to the byte wherever its work is done, whoever dies of it?"""

from __future__ import annotations

import multiprocessing
import os
import time
from dataclasses import replace
from importlib.util import find_spec

import executors_fakes
import pytest
from study_fakes import identity, plan, simulate
from test_study_run import bytes_of

from sim.errors import UsageError
from sim.study import log, store
from sim.study.executors import Where, check
from sim.study.run import run_study

PLAN = replace(plan({"deployment.size": [0, 12_000]}, replicates=30), runs_in_a_part=8)


def extra(package):
    return pytest.mark.skipif(find_spec(package) is None, reason=f"needs {package}")


ANYWHERE = [
    Where("processes"),
    pytest.param(Where("dask", chunk=3), marks=[extra("distributed"), pytest.mark.slow]),
    pytest.param(
        Where("slurm", options={"cluster": "local"}), marks=[extra("submitit"), pytest.mark.slow]
    ),
]
posix = pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX")


def kind(where):
    return f"{where.kind}-{where.chunk}"


@pytest.fixture(autouse=True)
def importable(monkeypatch):
    """Workers find the tests' modules."""
    folder = os.path.dirname(executors_fakes.__file__)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([folder, os.path.dirname(folder)]))


def made(folder, where, recipe, the_plan=PLAN, **options):
    store.create(the_plan, identity(), out=folder)
    return run_study(
        the_plan, identity(), folder, simulate, None,
        workers=2, where=where, recipe=recipe, **options,
    )  # fmt: skip


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """The tables of the study made in threads."""
    folder = tmp_path_factory.mktemp("here")
    made(folder, Where(), None)
    return bytes_of(folder)


def left_over(folder):
    return list(folder.rglob(".*"))


@pytest.mark.parametrize("where", ANYWHERE, ids=kind)
def test_the_same_bytes_anywhere(here, tmp_path, where):
    study = made(tmp_path, where, executors_fakes.recipe())
    assert bytes_of(tmp_path) == here
    assert study.manifest["status"] == "finished"
    assert not left_over(tmp_path)
    assert not multiprocessing.active_children()


@posix
@pytest.mark.parametrize("where", ANYWHERE, ids=kind)
def test_a_worker_that_dies_costs_nothing_but_time(here, tmp_path, where):
    once = str(tmp_path / "died")
    recipe = executors_fakes.recipe(replicate=9, how="kill", once=once)
    made(tmp_path / "study", where, recipe)
    assert os.path.exists(once)
    assert bytes_of(tmp_path / "study") == here
    lost = [line for line in log.read(tmp_path / "study") if line["event"] == "worker lost"]
    assert bool(lost) != (where.kind == "dask")


@posix
@pytest.mark.parametrize("where", ANYWHERE, ids=kind)
@pytest.mark.parametrize(("how", "said"), [("exit", "exit status 3"), ("kill", "signal SIGKILL")])
def test_a_run_that_kills_its_worker_is_a_failed_row(here, tmp_path, where, how, said):
    study = made(tmp_path, where, executors_fakes.recipe(replicate=9, how=how))
    (row,) = study.runs[study.runs["failed"]].to_dict("records")
    assert (row["point"], row["replicate"]) == (0, 9)
    assert row["error"] == f"the worker died: {said}"
    assert study.manifest["status"] == "finished"
    assert study.points["n"].tolist() == [29, 30]


@pytest.mark.parametrize("where", ANYWHERE, ids=kind)
def test_other_code_is_refused_and_nothing_lost(here, tmp_path, where):
    with pytest.raises(UsageError) as refusal:
        made(tmp_path, where, executors_fakes.recipe(executors_fakes.other_code))
    assert "rules is rules-2 there, rules-1 here" in str(refusal.value)
    assert f"resume {tmp_path}" in str(refusal.value)
    assert store.load(tmp_path).manifest["status"] == "interrupted"
    made(tmp_path, Where(), None)
    assert bytes_of(tmp_path) == here


@pytest.mark.parametrize("where", ANYWHERE, ids=kind)
def test_an_interrupted_study_leaves_no_process(here, tmp_path, where):
    def interrupt(done, total, headline):
        if done >= 16:
            raise KeyboardInterrupt

    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        made(tmp_path, where, executors_fakes.recipe(seconds=0.05), progress=interrupt)
    assert not multiprocessing.active_children()
    assert not left_over(tmp_path)
    assert time.monotonic() - started < 60
    study = store.load(tmp_path)
    assert (study.manifest["status"], len(study.runs)) == ("interrupted", 16)
    made(tmp_path, where, executors_fakes.recipe())
    assert bytes_of(tmp_path) == here


def test_processes_that_cannot_begin_are_no_fault_of_a_run(tmp_path):
    with pytest.raises(ChildProcessError, match="did not begin: exit status 7"):
        made(tmp_path, Where("processes"), executors_fakes.recipe(unable=True))
    assert store.load(tmp_path).manifest["status"] == "interrupted"
    assert not multiprocessing.active_children()


@pytest.mark.parametrize(("kind", "name"), [("dask", "distributed"), ("slurm", "submitit")])
def test_a_missing_package_is_named(monkeypatch, kind, name):
    monkeypatch.setattr(f"sim.study.executors.{kind}.find_spec", lambda module: None)
    with pytest.raises(UsageError) as refusal:
        check(Where(kind))
    assert name in str(refusal.value)
    assert f"python -m pip install 'casus[{kind}]'" in str(refusal.value)
