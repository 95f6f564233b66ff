"""Dask: the workers of a scheduler at an address, or a cluster of processes started here."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from concurrent.futures import Future
from importlib.util import find_spec
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from sim.errors import usage_error

PATIENCE = 30
"""Seconds to wait for a scheduler and for its first worker."""

TALKATIVE = ("distributed", "distributed.client", "tornado.application", "asyncio")
"""Loggers that tell at length what one message of ours tells."""


def check(scheduler: str) -> None:
    """Raise UsageError when dask.distributed is missing or nobody listens at the address."""
    if find_spec("distributed") is None:
        hint = "python -m pip install 'casus[dask]'"
        raise usage_error("dask needs the package distributed", path="executor", hint=hint)
    if not scheduler:
        return
    try:
        place = urlsplit(scheduler)
        socket.create_connection((place.hostname or "", place.port or 0), timeout=10).close()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        hint = "start one with `dask scheduler`, and workers with `dask worker tcp://HOST:PORT`"
        fault = f"no Dask scheduler answers at '{scheduler}': {reason}"
        raise usage_error(fault, path="scheduler", hint=hint) from None


class Dask:
    """A client of Dask. Its own retries come first: a task ends here after several deaths."""

    def __init__(self, workers: int, scheduler: str) -> None:
        from distributed import Client, LocalCluster
        from distributed.scheduler import KilledWorker

        self.deaths: tuple[type[BaseException], ...] = (KilledWorker,)
        for logger in TALKATIVE:
            logging.getLogger(logger).setLevel(logging.CRITICAL)
        self._files = TemporaryDirectory(prefix="casus-dask-", ignore_cleanup_errors=True)
        self._cluster = None if scheduler else LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, dashboard_address=None,
            local_directory=self._files.name, silence_logs=logging.CRITICAL,
        )  # fmt: skip
        self._client = Client(scheduler or self._cluster, timeout=PATIENCE, set_as_default=False)
        self._line = self._client.scheduler_comm
        self._executor = self._client.get_executor(pure=False)
        try:
            self._await_workers(scheduler)
        except BaseException:
            self.shutdown(wait=False)
            raise

    @property
    def width(self) -> int:
        """Threads of all workers that are there now."""
        self.check()
        try:
            return max(1, int(sum(self._client.nthreads().values())))
        except (OSError, TimeoutError):
            raise self._lost() from None

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:
        """As in `concurrent.futures`."""
        future: Future[Any] = self._executor.submit(function, *args)
        return future

    def check(self) -> None:
        """Raise ConnectionError when the scheduler is gone, or came back without our tasks."""
        if self._client.status != "running" or self._client.scheduler_comm is not self._line:
            raise self._lost()

    def _lost(self) -> ConnectionError:
        return ConnectionError(0, "the Dask scheduler is gone, and the work under way", "scheduler")

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the scheduler, or end the cluster that was started here."""
        self._executor.shutdown(wait=wait)
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()
        self._files.cleanup()

    def _await_workers(self, scheduler: str) -> None:
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError:
            hint = f"dask worker {scheduler}"
            fault = f"the scheduler at '{scheduler}' has had no worker for {PATIENCE} seconds"
            raise usage_error(fault, path="scheduler", hint=hint) from None
        ours = __name__.partition(".")[0]
        without = [at for at, spec in self._client.run(find_spec, ours).items() if spec is None]
        if without:
            fault = f"the worker at {without[0]} cannot import casus"
            raise usage_error(fault, path="scheduler", hint="install it there, the same version")
