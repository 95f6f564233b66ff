"""Processes of this machine: for the Mesa engine, and where a run may crash its process."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection
from multiprocessing.connection import wait as ready
from typing import Any


class Processes:
    """A pool of processes that is opened anew when one of them dies.

    Every worker waits for the end of a pipe whose other end only this process holds: when it is
    closed, or this process ends in whatever way, they end at once.
    """

    deaths: tuple[type[BaseException], ...] = (BrokenProcessPool,)

    def __init__(self, workers: int) -> None:
        self.width = workers
        self._open()

    def _open(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._end, self._held = context.Pipe(duplex=False)
        self._pool = ProcessPoolExecutor(self.width, context, end_with, (self._end,))

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:
        """As in `concurrent.futures`, also after a death."""
        try:
            return self._pool.submit(function, *args)
        except (BrokenProcessPool, OSError):
            self.shutdown(wait=False)
            self._open()
            return self._pool.submit(function, *args)

    def check(self) -> None:
        """End all when one has died: a broken pool is opened anew with the next task.

        The pool itself would wait for ever for the rest of a result that is half written.
        """
        processes = list((self._pool._processes or {}).values())
        if ready([process.sentinel for process in processes], timeout=0):
            self._end_all()

    def _end_all(self) -> None:
        """End all processes in the midst of their work, and the pipe of results with them.

        It ends when nobody is left who could write to it, this process included.
        """
        self._held.close()
        results: Any = self._pool._result_queue
        if results is not None:
            results._writer.close()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End all processes; without ``wait``, in the midst of their work."""
        if not wait:
            self._end_all()
        self._pool.shutdown(wait=True, cancel_futures=cancel_futures)
        self._held.close()
        self._end.close()


def end_with(end: Connection) -> None:
    """Make this worker deaf to Ctrl-C, and end it when the pipe's other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_wait_for, args=(end,), daemon=True).start()


def _wait_for(end: Connection) -> None:
    try:
        end.recv()
    except (EOFError, OSError):
        os._exit(1)
