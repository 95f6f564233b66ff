"""A chunk that workers died of, run by run in a process of its own, to find the guilty run."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing.connection import Connection

from sim.study.chunk import Chunk, joined
from sim.study.recipe import Recipe, prepared, run_by
from sim.study.work import Task

HEARD = 0.5
"""Seconds after which Ctrl-C is heard, also where waiting cannot be interrupted."""


def alone(recipe: Recipe, task: Task) -> Chunk:
    """The task's runs; each that kills its process is a failed run that says how.

    Raises ChildProcessError when a process cannot even begin.
    """
    runs = list(task.singly())
    done: list[Chunk] = []
    while len(done) < len(runs):
        found, end = _through(recipe, runs[len(done) :])
        done += found
        if len(done) < len(runs):
            done.append(runs[len(done)].failed(f"the worker died: {end}"))
    return joined(done)


def _through(recipe: Recipe, runs: Sequence[Task]) -> tuple[list[Chunk], str]:
    """The runs that one process finishes, and how it ended."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, recipe, runs), daemon=True)
    process.start()
    theirs.close()
    try:
        found = _received(ours, 1 + len(runs))
        process.join()
    finally:
        process.kill()
        process.join()
        ours.close()
    end = _words(process.exitcode or 0)
    if not found:
        raise ChildProcessError(0, f"a process for single runs did not begin: {end}", "workers")
    return found[1:], end


def _received(connection: Connection, count: int) -> list[Chunk]:
    found: list[Chunk] = []
    with suppress(EOFError, OSError):
        while len(found) < count:
            while not connection.poll(HEARD):
                pass
            found.append(connection.recv())
    return found


def _serve(connection: Connection, recipe: Recipe, runs: Sequence[Task]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    prepared(recipe)
    connection.send(None)
    for run in runs:
        connection.send(run_by(recipe, run))


def _words(status: int) -> str:
    """How a process ended.

    >>> _words(3), _words(-11)
    ('exit status 3', 'signal SIGSEGV')
    """
    if status >= 0:
        return f"exit status {status}"
    with suppress(ValueError):
        return f"signal {signal.Signals(-status).name}"
    return f"signal {-status}"
