"""Processes: a worker that dies while it writes its result holds nobody up."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures.process import BrokenProcessPool

from executors_fakes import dies_while_writing

from sim.study.executors.processes import Processes

PATIENCE = 60
"""Seconds after which something hangs."""


def test_a_half_written_result_breaks_the_pool_and_the_next_task_is_done():
    pool = Processes(2)
    lost, began = pool.submit(dies_while_writing), time.monotonic()
    while not lost.done() and time.monotonic() - began < PATIENCE:
        pool.check()
        time.sleep(0.05)
    assert lost.done() and isinstance(lost.exception(), BrokenProcessPool)
    assert pool.submit(os.getpid).result(PATIENCE) != os.getpid()
    pool.shutdown()


def test_a_half_written_result_does_not_hold_up_the_end():
    pool = Processes(1)
    pool.submit(dies_while_writing)
    time.sleep(2.0)
    end = threading.Thread(target=pool.shutdown, args=(False,), daemon=True)
    end.start()
    end.join(PATIENCE)
    assert not end.is_alive()
