"""Does a study that stopped go on where it was, and never with what is not its own?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from program import ROOT
from study_fakes import identity, plan, simulate
from test_study_run import bytes_of

from sim.errors import UsageError
from sim.study import lock, parts, store
from sim.study.run import run_study

LARGE = replace(plan({"deployment.size": [0, 12_000]}, replicates=240), runs_in_a_part=40)


def begun(folder, the_plan=LARGE, stop=None, engine=simulate, who=None):
    """Create the study, or go on with it; Ctrl-C after `stop` runs."""

    def watch(done, total, headline):
        if stop is not None and done >= stop:
            raise KeyboardInterrupt

    store.create(the_plan, who or identity(), out=folder)
    return run_study(the_plan, who or identity(), folder, engine, None, progress=watch)


class Counting:
    """The engine, and the first replicate of each batch that it ran."""

    def __init__(self):
        self.ran = []

    def __call__(self, blueprint, points, replicates, seed):
        self.ran.append(replicates.start)
        return simulate(blueprint, points, replicates, seed)


@pytest.fixture(scope="module", autouse=True)
def fewer_paths():
    """Bands that hold more replicates than paths do, as in the main job."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sim.study.plan.PATH_REPLICATES", 200)
        yield


@pytest.fixture(scope="module")
def whole(tmp_path_factory, fewer_paths):
    """The study, uninterrupted."""
    return begun(tmp_path_factory.mktemp("studies") / "whole")


def stopped(folder, after=240):
    with pytest.raises(KeyboardInterrupt):
        begun(folder, stop=after)
    return folder


def test_what_is_finished_is_not_run_again(whole, tmp_path):
    engine, told = Counting(), []
    stopped(tmp_path)
    store.create(LARGE, identity(), out=tmp_path)
    study = run_study(
        LARGE, identity(), tmp_path, engine, None, going_on=lambda *runs: told.append(runs)
    )
    assert sorted(engine.ran) == list(range(120, 240, 20))
    assert told == [(240, 480)]
    assert bytes_of(tmp_path) == bytes_of(whole.folder)
    assert (tmp_path / "parts.jsonl").read_bytes() == (whole.folder / "parts.jsonl").read_bytes()
    assert study.manifest["resumed"] >= study.manifest["started"]
    assert whole.manifest["resumed"] is None


@pytest.mark.parametrize("after", [40, 400, 440])
def test_bands_are_the_same_wherever_it_stopped(whole, tmp_path, after):
    begun(stopped(tmp_path, after))
    assert bytes_of(tmp_path) == bytes_of(whole.folder)


def test_the_headline_counts_all_runs(tmp_path):
    stopped(tmp_path)
    told = []
    study = run_study(
        LARGE, identity(), tmp_path, simulate, None,
        headline="nuclear_signalling", progress=lambda *state: told.append(state),
    )  # fmt: skip
    assert told[0][0] == 280
    assert told[-1][2].share == pytest.approx(study.runs["nuclear_signalling"].mean())


def test_a_finished_study_runs_nothing(whole, tmp_path):
    engine = Counting()
    begun(tmp_path)
    before = bytes_of(tmp_path)
    begun(tmp_path, engine=engine)
    assert (engine.ran, bytes_of(tmp_path)) == ([], before)


def test_failed_runs_stay_failed(tmp_path):
    def broken(blueprint, points, replicates, seed):
        if 25 in replicates or 230 in replicates:
            raise ZeroDivisionError("no line")
        return simulate(blueprint, points, replicates, seed)

    begun(tmp_path / "whole", engine=broken)
    with pytest.raises(KeyboardInterrupt):
        begun(tmp_path / "a", stop=200, engine=broken)
    study = begun(tmp_path / "a", engine=broken)
    assert study.manifest["failed"] == 4
    assert bytes_of(tmp_path / "a") == bytes_of(tmp_path / "whole")


def damage(path, how):
    content = path.read_bytes()
    if how == "gone":
        path.unlink()
    elif how == "cut":
        path.write_bytes(content[: len(content) // 2])
    else:
        middle = len(content) // 2
        path.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])


@pytest.mark.parametrize("how", ["gone", "cut", "changed"])
@pytest.mark.parametrize("table", ["runs", "events", "paths", "weekly"])
def test_a_damaged_part_is_named_and_made_anew(whole, tmp_path, table, how):
    begun(tmp_path)
    number = 10 if table == "weekly" else 3
    part = tmp_path / table / f"part-{number:06d}.parquet"
    damage(part, how)
    if table != "weekly":
        with pytest.raises(UsageError) as refusal:
            getattr(store.load(tmp_path), table)
        assert str(part) in str(refusal.value)
        assert f"python -m sim resume {tmp_path}" in str(refusal.value)
    engine = Counting()
    begun(tmp_path, engine=engine)
    assert set(engine.ran) == {20 * number}
    assert bytes_of(tmp_path) == bytes_of(whole.folder)


@pytest.mark.parametrize("table", ["points", "bands", "shares"])
def test_a_damaged_table_is_named_and_made_anew(whole, tmp_path, table):
    begun(tmp_path)
    damage(tmp_path / f"{table}.parquet", "changed")
    with pytest.raises(UsageError, match=rf"{table}.parquet: .* checksum"):
        getattr(store.load(tmp_path), table)
    begun(tmp_path)
    assert bytes_of(tmp_path) == bytes_of(whole.folder)


def test_the_list_of_parts_is_checked(whole, tmp_path):
    begun(tmp_path)
    file = tmp_path / "parts.jsonl"
    lines = file.read_text().splitlines(keepends=True)
    odd = ("{}\n", "[]\n", lines[4].replace(": 40", ": -40"), lines[4].replace(": 40", ": null"))
    torn = [[*lines[:4], line, *lines[5:]] for line in odd]
    for left in (lines[:-1], lines[:4] + lines[5:], *torn, []):
        file.write_text("".join(left))
        with pytest.raises(UsageError, match=r"parts.jsonl: .*(40|480) runs"):
            _ = store.load(tmp_path).runs
    begun(tmp_path)
    assert file.read_text() == "".join(lines)
    assert bytes_of(tmp_path) == bytes_of(whole.folder)


def test_a_torn_last_line_is_a_batch_not_finished(tmp_path):
    stopped(tmp_path)
    file = tmp_path / "parts.jsonl"
    with file.open("a") as stream:
        stream.write('{"part": 6, "made')
    assert len(store.load(tmp_path).runs) == 240
    begun(tmp_path)
    assert parts.noted(tmp_path)[1] == 0


def test_parts_of_another_study_are_not_taken(tmp_path):
    stopped(tmp_path / "a")
    other = replace(LARGE, seed=8)
    with pytest.raises(KeyboardInterrupt):
        begun(tmp_path / "b", other, stop=240, who=replace(identity(), config="seed: 8\n"))
    for name in bytes_of(tmp_path / "b"):
        (tmp_path / "a" / name).write_bytes((tmp_path / "b" / name).read_bytes())
    (tmp_path / "a" / "parts.jsonl").write_bytes((tmp_path / "b" / "parts.jsonl").read_bytes())
    assert parts.recover(tmp_path / "a", LARGE, identity()) == []
    assert set(begun(tmp_path / "a").runs["seed"]) == {7}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"config": "experiment: escalation\nseed: 8\n"}, "seed is 7 there and 8 here"),
        ({"rules": "rules-2"}, "rules is rules-1 there and rules-2 here"),
        ({"engine": "other"}, "engine is fake there and other here"),
    ],
)
def test_another_study_is_refused(tmp_path, change, said):
    stopped(tmp_path)
    before = bytes_of(tmp_path)
    with pytest.raises(UsageError, match="already holds another study") as refusal:
        begun(tmp_path, who=replace(identity(), **change))
    assert said in str(refusal.value)
    assert "force=true" in str(refusal.value)
    with pytest.raises(UsageError, match="already holds another study"):
        run_study(LARGE, replace(identity(), **change), tmp_path, simulate, None)
    assert bytes_of(tmp_path) == before


def rewritten(folder, **values):
    file = folder / "manifest.json"
    about = json.loads(file.read_text())
    for name, value in values.items():
        about[name] = {**about[name], **value} if isinstance(value, dict) else value
    file.write_text(json.dumps(about))


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"versions": {"numba": "0.1"}}, "numba is 0.1 there"),
        ({"versions": {"pyarrow": "1.0"}}, "pyarrow is 1.0 there"),
        ({"platform": {"machine": "abacus"}}, "platform is"),
        ({"schema": 1}, "format of the study is 1 there"),
        ({"runs_in_a_part": 7}, "runs in a part is 7 there and 40 here"),
        ({"hash": "0" * 64}, "configuration is 00000000 there"),
    ],
)
def test_what_matters_must_be_the_same(tmp_path, values, said):
    stopped(tmp_path)
    rewritten(tmp_path, **values)
    with pytest.raises(UsageError, match=said):
        begun(tmp_path)
    rewritten(tmp_path, versions={"matplotlib": "0.1"})


def test_what_does_not_matter_may_differ(whole, tmp_path):
    stopped(tmp_path)
    rewritten(tmp_path, versions={"matplotlib": "0.1", "python": "3.99.0"})
    begun(tmp_path)
    assert bytes_of(tmp_path) == bytes_of(whole.folder)


def test_another_format_is_not_read(tmp_path):
    begun(tmp_path, plan())
    rewritten(tmp_path, schema=1)
    with pytest.raises(UsageError, match="format 1 of a study"):
        store.load(tmp_path)


def test_what_a_kill_leaves_is_cleared_away(tmp_path):
    (tmp_path / ".lock").write_text("process 1 since long")
    (tmp_path / ".manifest.json.12.tmp").write_text("{")
    stopped(tmp_path)
    (tmp_path / "config.yaml").unlink()
    (tmp_path / "runs" / ".part-000009.parquet.12.tmp").write_text("PAR")
    study = begun(tmp_path)
    assert not list(tmp_path.rglob(".*"))
    assert study.config == {"replicates": 240, "experiment": "escalation", "seed": 7}


def test_one_process_at_a_time(tmp_path):
    stopped(tmp_path)
    with lock.held(tmp_path):
        with pytest.raises(UsageError, match=f"in use by process {os.getpid()} since 2"):
            store.create(LARGE, identity(), out=tmp_path)
        with pytest.raises(UsageError, match="in use"):
            store.create(LARGE, identity(), out=tmp_path, force=True)
        with pytest.raises(UsageError, match="in use"):
            run_study(LARGE, identity(), tmp_path, simulate, None)
        assert len(store.load(tmp_path).runs) == 240
    begun(tmp_path)


HOLDER = "from pathlib import Path; from sim.study import lock; import sys, time\n"
HOLDER += "with lock.held(Path(sys.argv[1])): print('held', flush=True); time.sleep(60)"


def test_a_killed_holder_does_not_block(tmp_path):
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(UsageError, match=f"in use by process {holder.pid} since"):
            begun(tmp_path, plan())
        holder.kill()
    assert (tmp_path / ".lock").exists()
    begun(tmp_path, plan())
    assert not (tmp_path / ".lock").exists()


def test_a_file_system_without_locks_keeps_nobody_out(tmp_path, monkeypatch):
    def none(stream):
        raise OSError(lock.NO_LOCKS[0], "No locks available")

    monkeypatch.setattr(lock, "_lock", none)
    begun(tmp_path, plan())


@pytest.mark.parametrize("room", [0, 1, 7, 20, 33])
def test_a_full_disk_loses_nothing(whole, tmp_path, monkeypatch, room):
    store.create(LARGE, identity(), out=tmp_path)
    real, left = os.write, [room]

    def write(descriptor, content):
        left[0] -= 1
        if left[0] < 0:
            real(descriptor, bytes(content)[:100])
            raise OSError(28, "No space left on device")
        return real(descriptor, content)

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", write)
        with pytest.raises(OSError, match="No space left on device") as error:
            run_study(LARGE, identity(), tmp_path, simulate, None)
    assert str(tmp_path) in str(error.value.filename)
    known = len(parts.noted(tmp_path)[0])
    if known:
        assert len(store.load(tmp_path).runs) == 40 * known
    begun(tmp_path)
    assert bytes_of(tmp_path) == bytes_of(whole.folder)
