"""The compiled engine on a real Dask scheduler, under real kills, and through a made-up SLURM."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

import fake_slurm
import pytest
from program import FINE, ROOT, call
from test_study_run import bytes_of

from sim.study import log
from sim.study.parts import noted
from sim.study.store import load

WORDS = (f"scenario={FINE}", "size=0,100", "seed=3")
posix = pytest.mark.skipif(os.name != "posix", reason="signals as on POSIX")
dask = pytest.mark.skipif(find_spec("distributed") is None, reason="needs distributed")
slurm = pytest.mark.skipif(find_spec("submitit") is None, reason="needs submitit")
OTHER_RULES = """\
import sim.recipe
sim.recipe.rules_hash = lambda: "0123456789abcdef"
"""


@contextmanager
def process(*words, folder):
    """A process in a group of its own that is ended with its children, whatever happens."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "DASK_LOGGING__DISTRIBUTED": "critical"}
    started = subprocess.Popen(
        [sys.executable, *words], cwd=folder, env=env, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield started
    finally:
        end_group(started.pid)
        started.wait()


def end_group(group):
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def is_there(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def until(true, seconds=60):
    started = time.monotonic()
    while not true():
        assert time.monotonic() - started < seconds
        time.sleep(0.05)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


class Cluster:
    """A Dask scheduler on loopback, and workers as processes of their own."""

    def __init__(self, folder, stack):
        self.folder, self.stack = folder, stack
        self.address = f"tcp://127.0.0.1:{free_port()}"
        self._start("scheduler", "--no-dashboard", "--host", self.address)
        until(lambda: self.listens())

    def listens(self):
        host, port = self.address.removeprefix("tcp://").split(":")
        with socket.socket() as one:
            return one.connect_ex((host, int(port))) == 0

    def worker(self, *options):
        common = ("--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")
        return self._start("worker", self.address, *common, *options)

    def _start(self, kind, *words):
        module = f"distributed.cli.dask_{kind}"
        return self.stack.enter_context(process("-m", module, *words, folder=self.folder))


@pytest.fixture
def cluster(tmp_path):
    (tmp_path / "dask").mkdir()
    with ExitStack() as stack:
        yield Cluster(tmp_path / "dask", stack)


@pytest.fixture(autouse=True)
def at_home(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))


def tables(folder):
    return bytes_of(Path(folder))


@dask
@posix
@pytest.mark.slow
def test_a_killed_dask_worker_changes_no_byte(cluster, capsys):
    words = (*WORDS, "replicates=300")
    assert call(capsys, *words, "out=threads", "workers=2").status == 0
    first, second = cluster.worker("--no-nanny"), cluster.worker("--no-nanny")
    where = ("executor=dask", f"scheduler={cluster.address}", "chunk=10")
    with process("-m", "sim", *words, "out=dask_", *where, folder=".") as study:
        until(lambda: len(noted(Path("dask_"))[0]) >= 1)
        first.kill()
        assert study.poll() is None
        assert study.wait(timeout=120) == 0
    assert second.poll() is None
    assert tables("dask_") == tables("threads")


@dask
@posix
@pytest.mark.slow
def test_a_dask_worker_of_other_rules_is_refused(cluster, capsys, tmp_path):
    (tmp_path / "other.py").write_text(OTHER_RULES)
    cluster.worker("--no-nanny", "--preload", str(tmp_path / "other.py"))
    where = ("executor=dask", f"scheduler={cluster.address}")
    said = call(capsys, *WORDS, "replicates=2", "out=study", *where)
    assert said.status == 2
    assert "has other code: rules is" in said.err
    assert "0123456789abcdef there" in said.err
    assert "resume study" in said.err
    assert load("study").manifest["status"] == "interrupted"
    assert call(capsys, "resume", "study", "executor=processes", "workers=1").status == 0


@dask
@posix
@pytest.mark.slow
def test_a_lost_scheduler_keeps_what_is_finished(cluster, capsys):
    worker = cluster.worker("--no-nanny")
    where = ("executor=dask", f"scheduler={cluster.address}", "chunk=10")
    with process("-m", "sim", *WORDS, "replicates=4000", "out=a", *where, folder=".") as study:
        until(lambda: len(noted(Path("a"))[0]) >= 2)
        cluster.stack.close()
        assert study.wait(timeout=120) == 1
    assert worker.poll() is not None
    about = load("a").manifest
    assert about["status"] == "interrupted"
    assert 0 < about["runs"] < about["planned"]


@dask
@posix
def test_a_scheduler_without_workers_is_named(cluster, capsys, monkeypatch):
    monkeypatch.setattr("sim.study.executors.dask.PATIENCE", 2)
    where = ("executor=dask", f"scheduler={cluster.address}")
    said = call(capsys, *WORDS, "replicates=2", "out=a", *where)
    assert said.status == 2
    assert f"'{cluster.address}' has had no worker for 2 seconds" in said.err


@posix
@pytest.mark.slow
@pytest.mark.parametrize(
    "where",
    [
        "threads",
        "processes",
        pytest.param("dask", marks=dask),
        pytest.param("slurm_local", marks=slurm),
    ],
)
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_the_end_of_a_study_is_that_of_its_workers(where, how):
    words = (*WORDS, "replicates=9000", "out=a", f"executor={where}", "workers=2", "chunk=50")
    with process("-m", "sim", *words, folder=".") as study:
        until(lambda: len(noted(Path("a"))[0]) >= 2)
        if how == signal.SIGINT:
            os.killpg(study.pid, how)
        else:
            study.send_signal(how)
        status = study.wait(timeout=60)
        until(lambda: not is_there(study.pid), seconds=30)
    assert status == (130 if how == signal.SIGINT else -how)
    assert len(load("a").runs) > 0
    if how == signal.SIGINT:
        assert load("a").manifest["status"] == "interrupted"
        assert log.read(Path("a"))[-1]["event"] == "interrupted"
        assert not (Path("a") / ".jobs").exists()


@pytest.fixture
def nodes(tmp_path, monkeypatch):
    """A SLURM whose first job is lost with its node."""
    fake_slurm.install(tmp_path / "slurm")
    monkeypatch.setenv("PATH", str(tmp_path / "slurm"), prepend=os.pathsep)
    from submitit.slurm.slurm import SlurmJob

    monkeypatch.setattr(SlurmJob.watcher, "_delay_s", 1)
    return tmp_path / "slurm"


def own(file, **options):
    about = {"type": "slurm", "cluster": "slurm", **options}
    Path(file).write_text("".join(f"{name}: {value}\n" for name, value in about.items()))
    return f"executor={file}"


@slurm
@posix
@pytest.mark.slow
def test_slurm_gets_jobs_and_a_lost_one_is_given_again(nodes, capsys):
    options = {"partition": "long", "account": "lab", "minutes": 30, "cpus": 2, "memory_gb": 8}
    where = own("mine.yaml", **options)
    said = call(capsys, *WORDS, "replicates=3", "out=a", where, "workers=2")
    assert said.status == 0, said.err
    assert call(capsys, *WORDS, "replicates=3", "out=b").status == 0
    assert tables("a") == tables("b")
    assert [line["part"] for line in log.read(Path("a")) if line["event"] == "worker lost"] == [0]
    script = (nodes / "2.sh").read_text()
    wanted = ("partition=long", "account=lab", "time=30", "cpus-per-task=2", "mem=8GB")
    assert all(f"#SBATCH --{one}\n" in script for one in wanted)
    assert "#SBATCH --job-name=casus\n" in script
    assert not (Path("a") / ".jobs").exists()


@slurm
@posix
def test_what_slurm_refuses_is_told(nodes, capsys):
    where = own("mine.yaml", partition="bad_partition")
    said = call(capsys, *WORDS, "replicates=3", "out=a", where)
    assert said.status == 1
    assert "SLURM did not take the job" in said.err
    assert "invalid partition specified: bad_partition" in said.err
    assert "resume a" in said.out
    assert load("a").manifest["status"] == "interrupted"
