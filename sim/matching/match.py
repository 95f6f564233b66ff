"""Implausibility of each vector: how far the record lies from what the vector's runs say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.matching.candidates import ensemble, spread
from sim.matching.settings import Settings
from sim.scenario.spec import Scenario
from sim.scoring.mapping import Mapping
from sim.scoring.predict import Prediction, sort_rows
from sim.scoring.record import Row

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Match:
    """Vectors tried, the record's rows, and the implausibility of each, (vectors, rows)."""

    vectors: pd.DataFrame
    targets: list[Prediction]
    implausibility: Floats
    limit: float

    @property
    def kept(self) -> NDArray[np.bool_]:
        """Vectors that no row rules out."""
        return np.asarray(self.implausibility.max(axis=1) < self.limit)

    @property
    def remaining(self) -> pd.DataFrame:
        """The vectors that are not ruled out."""
        return self.vectors[self.kept].reset_index(drop=True)


def match(
    scenario: Scenario,
    settings: Settings,
    mapping: Mapping,
    rows: Sequence[Row],
    until: date,
    seed: int,
) -> Match:
    """Match the wide prior of a scenario to the rows of a record up to `until`."""
    vectors = spread(scenario, settings.candidates, seed)
    members = ensemble(scenario, vectors, settings.lucks, seed)
    known = [row for row in rows if row.date <= until]
    targets = [one for one in sort_rows(members, mapping, known).predictions if not one.given]
    found = [implausibility(one, settings, len(vectors)) for one in targets]
    return Match(vectors, targets, np.column_stack(found), settings.limit)


def implausibility(target: Prediction, settings: Settings, vectors: int) -> Floats:
    """I = |z − f(x)| / √(V_obs + V_disc + V_luck) of each vector x for one row z.

    f(x) and V_luck: mean and variance over the vector's replicates; the record is one more
    replicate, hence V_luck (1 + 1/n). Source: Vernon et al. 2010.
    """
    said = target.model.reshape(-1, vectors)
    lucks = len(said)
    luck = said.var(axis=0, ddof=1) * (1.0 + 1.0 / lucks)
    level = settings.discrepancy.level * abs(target.observed)
    off = settings.discrepancy.event_days if target.kind == "event" else level
    total = target.error_sd**2 + off**2 + luck
    distance = np.abs(target.observed - said.mean(axis=0))
    return np.asarray(np.where(total > 0.0, distance / np.sqrt(np.maximum(total, 1e-12)), 0.0))
