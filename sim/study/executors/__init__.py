"""Where the work of a study is done: one interface, that of `concurrent.futures`, a file each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sim.study.executors import dask, slurm
from sim.study.executors.pool import Pool
from sim.study.executors.processes import Processes
from sim.study.executors.threads import Threads
from sim.study.plan import CHUNK_RUNS, GROWTH

Option = str | int | float | None


@dataclass(frozen=True)
class Where:
    """Where work is done: a kind of executor and its settings, none of which a result shows.

    chunk: runs that a worker does at a time; None for the executor's own number.
    scheduler: address of a running Dask scheduler; without, one is started here.
    options: of SLURM: cluster, partition, minutes and so on.
    """

    kind: str = "threads"
    chunk: int | None = None
    scheduler: str = ""
    options: Mapping[str, Option] = field(default_factory=dict)

    @property
    def chunk_runs(self) -> int:
        """Runs in a chunk: about 200; a whole part where starting a job takes seconds."""
        return self.chunk or (CHUNK_RUNS * GROWTH if self.kind == "slurm" else CHUNK_RUNS)


KINDS: Mapping[str, Callable[[Where, int, Path], Pool]] = {
    "threads": lambda where, workers, folder: Threads(workers),
    "processes": lambda where, workers, folder: Processes(workers),
    "dask": lambda where, workers, folder: dask.Dask(workers, where.scheduler),
    "slurm": lambda where, workers, folder: slurm.Slurm(workers, where.options, folder),
}
"""Each takes where, the number of workers, and the folder of the study."""


def check(where: Where) -> None:
    """Raise UsageError when a package is missing, or no scheduler answers at the address."""
    if where.kind == "dask":
        dask.check(where.scheduler)
    if where.kind == "slurm":
        slurm.check()
