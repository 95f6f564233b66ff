"""Runs of one point in memory, for whatever needs no study on disk."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from sim.blueprint import Blueprint
from sim.study.chunk import Chunk

BATCH = 100
Point = Mapping[str, float | int | str]


def sample(
    blueprint: Blueprint,
    replicates: int,
    seed: int,
    point: Point | None = None,
    batch: int = BATCH,
) -> list[Chunk]:
    """All replicates of a point by the compiled engine, in batches, on as many threads as cores.

    The result does not depend on batches and threads. Raises RuntimeError when a run fails.
    """
    from sim.records import simulate

    batches = [range(low, min(low + batch, replicates)) for low in range(0, replicates, batch)]
    with ThreadPoolExecutor(os.cpu_count() or 1) as executor:
        work = executor.map(lambda runs: simulate(blueprint, [point or {}], runs, seed), batches)
        chunks = list(work)
    errors = [error for chunk in chunks for error in chunk.errors if error]
    if errors:
        name = blueprint.scenario.name
        raise RuntimeError(f"{len(errors)} of {replicates} runs of {name} failed: {errors[0]}")
    return chunks


def outcome(chunks: list[Chunk], name: str) -> NDArray[np.float64]:
    """An outcome of all replicates."""
    return np.concatenate([chunk.outcomes[name] for chunk in chunks])
