"""Implausibility: how far a row of the record lies from what is said, in standard deviations."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from sim.matching.settings import Settings
from sim.scoring.predict import Prediction

Floats = NDArray[np.float64]


def of_vectors(target: Prediction, settings: Settings, vectors: int) -> Floats:
    """I = |z − f(x)| / √(V_obs + V_disc + V_luck) of each vector x for one row z.

    f(x) and V_luck: mean and variance over the vector's replicates; the record is one more
    replicate, hence V_luck (1 + 1/n). Source: Vernon et al. 2010.
    """
    said = target.model.reshape(-1, vectors)
    luck = said.var(axis=0, ddof=1) * (1.0 + 1.0 / len(said))
    return _apart(target, settings, said.mean(axis=0), luck)


def of_runs(target: Prediction, settings: Settings) -> Floats:
    """I = |z − f| / √(V_obs + V_disc) of each run for one row z; a run's luck is its own."""
    return _apart(target, settings, target.model, np.zeros_like(target.model))


def _apart(target: Prediction, settings: Settings, said: Floats, luck: Floats) -> Floats:
    level = settings.discrepancy.level * abs(target.observed)
    off = settings.discrepancy.event_days if target.kind == "event" else level
    total = target.error_sd**2 + off**2 + luck
    distance = np.abs(target.observed - said)
    return np.asarray(np.where(total > 0.0, distance / np.sqrt(np.maximum(total, 1e-12)), 0.0))
