"""Twenty thousand seeded runs of a stripped-down scenario by the compiled engine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.blueprint import draft
from sim.sample import sample
from sim.scenario.load import load_scenario
from sim.study.chunk import Chunk
from sim.validation.made import SEED

FOLDER = Path(__file__).parent / "scenarios"
START = date(2000, 1, 1)
REPLICATES = 20_000
BATCH = 500


def run(name: str, days: int, changes: Mapping[str, object] | None = None) -> list[Chunk]:
    """All replicates of a scenario of this folder over a number of days, in batches."""
    end = START + timedelta(days=days)
    scenario = load_scenario(str(FOLDER / f"{name}.yaml"), {"end": end, **(changes or {})})
    return sample(draft(scenario), REPLICATES, SEED, batch=BATCH)


def counted(chunks: list[Chunk], kind: int) -> NDArray[np.float64]:
    """Ledger lines of a kind in each replicate."""
    lines = [chunk.events["run"][chunk.events["kind"] == kind] for chunk in chunks]
    return np.concatenate([np.bincount(runs, minlength=BATCH) for runs in lines]).astype(float)
