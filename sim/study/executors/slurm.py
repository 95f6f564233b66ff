"""SLURM, through submitit: a job for each chunk of work; or its stand-in on this machine."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor, Future
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from sim.errors import usage_error

JOBS = ".jobs"
"""Folder of the jobs' files in that of the study, which every node must see."""
EVERY = 0.5
"""Seconds between two looks at the jobs."""
PARAMETERS = {
    "partition": "slurm_partition",
    "account": "slurm_account",
    "qos": "slurm_qos",
    "minutes": "timeout_min",
    "cpus": "cpus_per_task",
    "memory_gb": "mem_gb",
}
"""Names of settings, and of submitit's."""


def check() -> None:
    """Raise UsageError when submitit is missing."""
    if find_spec("submitit") is None:
        hint = "python -m pip install 'casus[slurm]'"
        raise usage_error("slurm needs the package submitit", path="executor", hint=hint)


class JobDied(BrokenExecutor):
    """A job ended without a result: killed, out of time or memory, or its node was lost."""


class Slurm:
    """Jobs, each looked after until it has a result."""

    deaths: tuple[type[BaseException], ...] = (JobDied,)

    def __init__(self, workers: int, options: Mapping[str, Any], folder: Path) -> None:
        import submitit

        self.width = workers
        self._folder = folder / JOBS
        cluster = str(options.get("cluster") or "slurm")
        try:
            self._executor = submitit.AutoExecutor(self._folder, cluster=cluster)
        except RuntimeError as error:
            fault = f"there is no {cluster} here: {error}"
            raise usage_error(fault, path="executor", hint="executor=slurm_local") from None
        given = {theirs: options.get(ours) for ours, theirs in PARAMETERS.items()}
        given = {name: value for name, value in given.items() if value is not None}
        self._executor.update_parameters(name="casus", **given)
        self._jobs: dict[Any, Future[Any]] = {}
        self._ended = threading.Event()
        self._watch = threading.Thread(target=self._look, daemon=True)
        self._watch.start()

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:
        """As in `concurrent.futures`."""
        future: Future[Any] = Future()
        try:
            job = self._executor.submit(answer, function, *args)
        except RuntimeError as error:
            said = " ".join(str(error).split())
            raise ConnectionError(0, f"SLURM did not take the job: {said}", "executor") from None
        self._jobs[job] = future
        return future

    def check(self) -> None:
        """Jobs wait for a SLURM that does not answer."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Wait for the jobs or cancel them, and take their files away."""
        while wait and self._jobs:
            self._ended.wait(EVERY)
        self._ended.set()
        self._watch.join()
        for job in self._jobs:
            job.cancel()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _look(self) -> None:
        while not self._ended.wait(EVERY):
            for job in [job for job in list(self._jobs) if job.done()]:
                _tell(job, self._jobs.pop(job))


def answer(function: Callable[..., Any], *args: Any) -> Any:
    """What the job leaves: the result, or the error as it was raised."""
    try:
        return function(*args)
    except Exception as error:
        return error


def _tell(job: Any, future: Future[Any]) -> None:
    try:
        result = job.result()
    except Exception as error:
        result = JobDied(f"job {job.job_id}: {error}")
    if isinstance(result, BaseException):
        future.set_exception(result)
    else:
        future.set_result(result)
