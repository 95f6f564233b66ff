"""Our own Mesa world under `mesa.batch_run`, with our outcomes collected."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import mesa

from benchmarks.case import PROCESSES, SEED, blueprint, points
from sim.agents import World
from sim.outcomes import OUTCOMES


class Watched(World):
    """The world as `mesa.batch_run` wants it: keyword arguments, a data collector, an end."""

    def __init__(self, place: int, replicate: int, rng: Any = None, seed: Any = None) -> None:
        super().__init__(blueprint(), points()[place], replicate, SEED)
        measures = {outcome.name: outcome.measure for outcome in OUTCOMES}
        self.datacollector = mesa.DataCollector(model_reporters=measures)

    def step(self) -> None:
        """One day; after the last one the outcomes are collected."""
        super().step()
        if self.clock.day == self.blueprint.horizon - 1:
            self.datacollector.collect(self)
            if not hasattr(self.datacollector, "_collection_steps"):
                for values in self.datacollector.model_vars.values():
                    values[:0] = [None] * (self.steps - 1)  # before 3.5, found by the step's number
            self.running = False


def batch_run(
    places: Sequence[int], replicates: Sequence[int], processes: int = PROCESSES
) -> list[dict[str, Any]]:
    """Every place of the design for every replicate: one row of outcomes a run."""
    found: list[dict[str, Any]] = mesa.batch_run(
        Watched,
        {"place": list(places), "replicate": list(replicates)},
        number_processes=processes,
        max_steps=blueprint().horizon,
        display_progress=False,
    )
    return found
