"""Recipes of the stand-in engine for workers elsewhere: sound, deadly, or of other code."""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
import time
from pathlib import Path

from study_fakes import simulate

from sim.study.recipe import Recipe

CODE = {"rules": "rules-1"}


def code():
    return CODE


def other_code():
    return {"rules": "rules-2"}


def recipe(code_here=code, **what):
    """What: a replicate that ends its worker, how, how often, and seconds that a chunk takes."""
    return Recipe(build, json.dumps(what).encode(), code_here, CODE)


def build(content):
    what = json.loads(content)
    if what.get("unable"):
        os._exit(7)

    def engine(blueprint, points, replicates, seed):
        time.sleep(what.get("seconds", 0))
        if what.get("replicate") in replicates and points[0]["deployment.size"] == 0:
            _end(what)
        return simulate(blueprint, points, replicates, seed)

    return engine, None


def _end(what):
    """End this process; only once where a file says so."""
    if "once" in what:
        try:
            Path(what["once"]).touch(exist_ok=False)
        except FileExistsError:
            return
    if what["how"] == "exit":
        os._exit(3)
    os.kill(os.getpid(), signal.SIGKILL)


def dies_while_writing():
    """A worker that is killed when it has written the beginning of its result."""
    frame = sys._getframe()
    while "result_queue" not in frame.f_locals:
        frame = frame.f_back
    results = frame.f_locals["result_queue"]._writer
    os.write(results.fileno(), struct.pack("!i", 10_000) + b"half")
    os.kill(os.getpid(), signal.SIGKILL)
