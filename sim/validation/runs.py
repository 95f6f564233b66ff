"""Twenty thousand seeded runs of a stripped-down scenario by the compiled engine."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.blueprint import draft
from sim.scenario.load import load_scenario
from sim.study.chunk import Chunk
from sim.validation.made import SEED

FOLDER = Path(__file__).parent / "scenarios"
START = date(2000, 1, 1)
REPLICATES = 20_000
BATCH = 500
WORKERS = 2


def run(name: str, days: int, changes: Mapping[str, object] | None = None) -> list[Chunk]:
    """All replicates of a scenario of this folder over a number of days, in batches."""
    from sim.records import simulate

    end = START + timedelta(days=days)
    scenario = load_scenario(str(FOLDER / f"{name}.yaml"), {"end": end, **(changes or {})})
    blueprint = draft(scenario)
    batches = [range(first, first + BATCH) for first in range(0, REPLICATES, BATCH)]
    with ThreadPoolExecutor(WORKERS) as executor:
        chunks = list(executor.map(lambda batch: simulate(blueprint, [{}], batch, SEED), batches))
    errors = [error for chunk in chunks for error in chunk.errors if error]
    if errors:
        raise RuntimeError(f"{len(errors)} runs of {name} failed: {errors[0]}")
    return chunks


def outcome(chunks: list[Chunk], name: str) -> NDArray[np.float64]:
    """An outcome of all replicates."""
    return np.concatenate([chunk.outcomes[name] for chunk in chunks])


def counted(chunks: list[Chunk], kind: int) -> NDArray[np.float64]:
    """Ledger lines of a kind in each replicate."""
    lines = [chunk.events["run"][chunk.events["kind"] == kind] for chunk in chunks]
    return np.concatenate([np.bincount(runs, minlength=BATCH) for runs in lines]).astype(float)
