"""Our own Mesa world under EMA Workbench's evaluator, with our outcomes collected."""

from __future__ import annotations

import io
import logging
from collections.abc import Mapping
from contextlib import redirect_stderr

from benchmarks.case import PROCESSES, SEED, blueprint, points
from sim.agents import World
from sim.outcomes import OUTCOMES

with redirect_stderr(io.StringIO()):  # it warns of an evaluator that is not asked for
    from ema_workbench import IntegerParameter, Model, MultiprocessingEvaluator, ScalarOutcome


def outcomes(place: int, replicate: int) -> Mapping[str, float]:
    """One run of the Mesa world, by numbers that may be numpy's."""
    world = World(blueprint(), points()[int(place)], int(replicate), SEED)
    for _ in range(blueprint().horizon):
        world.step()
    return {outcome.name: outcome.measure(world) for outcome in OUTCOMES}


def evaluate(runs: int) -> None:
    """As many runs, of places and replicates of EMA Workbench's choice, on two processes."""
    logging.getLogger("EMA").setLevel(logging.ERROR)
    model = Model("casus", function=outcomes)
    model.uncertainties = [
        IntegerParameter("place", 0, len(points()) - 1),
        IntegerParameter("replicate", 0, 1_000_000),
    ]
    model.outcomes = [ScalarOutcome(outcome.name) for outcome in OUTCOMES]
    with (
        redirect_stderr(io.StringIO()),  # its progress bar cannot be turned off
        MultiprocessingEvaluator(model, n_processes=PROCESSES) as evaluator,
    ):
        evaluator.perform_experiments(scenarios=runs)
