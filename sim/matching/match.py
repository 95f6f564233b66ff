"""Implausibility of each vector: how far the record lies from what the vector's runs say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.errors import usage_error
from sim.matching.candidates import ensemble, spread
from sim.matching.implausibility import of_vectors
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
    """Match the wide prior of a scenario to the rows of a record up to `until`.

    UsageError when there are none that it could be matched to.
    """
    mapped = {*mapping.levels, *mapping.events}
    known = [row for row in rows if scenario.start <= row.date <= until]
    if not any(row.series in mapped for row in known):
        raise usage_error(f"no row of the record to match up to {until}", path="until")
    vectors = spread(scenario, settings.candidates, seed)
    members = ensemble(scenario, vectors, settings.lucks, seed)
    targets = [one for one in sort_rows(members, mapping, known).predictions if not one.given]
    if not targets:
        raise usage_error(f"all rows of the record up to {until} were given", path="until")
    found = [of_vectors(one, settings, len(vectors)) for one in targets]
    return Match(vectors, targets, np.column_stack(found), settings.limit)
