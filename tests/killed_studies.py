"""Start small studies and kill them at random instants: `killed_studies.py FOLDER COUNT`.

A process of its own that has read and compiled everything starts each study as a copy of itself,
so that a kill falls into the study and not into the start of Python.
"""

from __future__ import annotations

import functools
import multiprocessing
import random
import sys
import time
from pathlib import Path

from program import FINE

from sim import job, recipe
from sim.blueprint import draft
from sim.cli import main
from sim.report import figures
from sim.scenario.load import load_scenario

WORDS = (f"scenario={FINE}", "size=100", "replicates=210", "workers=2")
RUNS_IN_A_PART = 4


def small(patch=setattr):
    """Studies in small parts and without figures."""
    patch(job, "Plan", functools.partial(job.Plan, runs_in_a_part=RUNS_IN_A_PART))
    patch(figures, "draw_all", lambda study, context: [])


def study(folder):
    main([*WORDS, f"out={folder}"])


def started(folder):
    process = multiprocessing.get_context("fork").Process(target=study, args=(folder,))
    process.start()
    return process


def kill_many(folder, count):
    small()
    blueprint = draft(load_scenario(str(FINE)))
    recipe.engine("compiled")(blueprint, [{"size": 100}], range(1), 1)
    began = time.monotonic()
    started(folder / "whole").join()
    needed = time.monotonic() - began
    luck = random.Random(20)
    for number in range(count):
        process = started(folder / str(number))
        time.sleep(luck.uniform(0.02, 1.0) * needed)
        process.kill()
        process.join()


if __name__ == "__main__":
    kill_many(Path(sys.argv[1]), int(sys.argv[2]))
