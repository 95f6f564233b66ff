"""Fit before, score after: what the record before a block says of runs and of sources.

Runs: the part of them that is nearest to the rows before the block that are mapped and not given
(rejection, as in approximate Bayesian computation: Beaumont, Zhang and Balding 2002). Distance of
a run: the mean over series of the mean over rows of min(I, limit)^2, I its implausibility
(`sim.matching.implausibility`). A series counts once, since the errors of its rows hang together;
what is ruled out is not ruled out more by being further off. Leaving out each run that any row
rules out would leave none: chance alone puts some dated event of each run a season off.
Sources: their errors of judgement, `learn`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from sim.errors import usage_error
from sim.matching.implausibility import of_runs
from sim.matching.settings import Settings, read_settings
from sim.scenario.spec import Scenario
from sim.scoring.ensemble import Ensemble, Floats
from sim.scoring.mapping import Mapping
from sim.scoring.predict import Judged, Prediction, error_of, log_sd_at, sort_rows
from sim.scoring.record import Row


@dataclass(frozen=True)
class Fit:
    """The rows before a block, and how they are used."""

    rows: Sequence[Row]
    mapping: Mapping
    settings: Settings

    def of(self, ensemble: Ensemble) -> Fitted:
        """The ensemble as the record before the block leaves it.

        Only runs whose ledger is kept are looked at: the others cannot be compared with events.
        """
        seen = ensemble.only(np.isin(ensemble.members, ensemble.witnesses))
        if len(seen.members) < 2:
            fault = f"{len(seen.members)} runs with a ledger; 2 are needed to fit"
            raise usage_error(fault, hint="run the study with more replicates")
        targets = fitted_rows(seen, self.mapping, self.rows)
        away = distance(targets, self.settings, len(seen.members))
        part = self.settings.nearest if targets else 1.0
        wanted = max(self.settings.fewest, round(part * len(away)))
        stay = np.zeros(len(away), dtype=bool)
        stay[np.argsort(away, kind="stable")[:wanted]] = True
        kept = seen.only(stay)
        targets = fitted_rows(kept, self.mapping, self.rows)
        judged = judgements(targets, self.mapping, self.settings)
        return Fitted(kept, judged, len(targets), len(away))


@dataclass(frozen=True)
class Fitted:
    """The runs that stay of those tried, and what is learned of each source from so many rows."""

    ensemble: Ensemble
    judged: dict[tuple[str, int], Judged]
    rows: int
    tried: int

    @property
    def words(self) -> str:
        """How much stays, in words."""
        stay = len(self.ensemble.members)
        return f"the {stay} of {self.tried} runs that are nearest to {self.rows} rows"


def fit_before(scenario: Scenario, mapping: Mapping, rows: Iterable[Row], first: date) -> Fit:
    """A fit to the rows before `first`. UsageError for a scenario without settings for it."""
    known = [row for row in rows if row.date < first]
    return Fit(known, mapping, read_settings(scenario.name))


def fitted_rows(ensemble: Ensemble, mapping: Mapping, rows: Sequence[Row]) -> list[Prediction]:
    """What the members say of the rows that were not given."""
    return [one for one in sort_rows(ensemble, mapping, rows).predictions if not one.given]


def distance(targets: Sequence[Prediction], settings: Settings, runs: int) -> Floats:
    """Distance of each run from the rows, 0 to limit^2; 0 without rows."""
    series: dict[str, list[Floats]] = {}
    for one in targets:
        apart = np.minimum(of_runs(one, settings), settings.limit)
        series.setdefault(one.row.series, []).append(apart**2)
    means = [np.mean(rows, axis=0) for rows in series.values()]
    return np.asarray(np.mean(means, axis=0)) if means else np.zeros(runs)


def judgements(
    targets: Sequence[Prediction], mapping: Mapping, settings: Settings
) -> dict[tuple[str, int], Judged]:
    """What the rows say of the error of each source: by series, and place among its errors.

    A row that is implausible for a run speaks of the run and not of the source: it teaches nothing.
    """
    errors: dict[tuple[str, int], list[Floats]] = {}
    for one in targets:
        level = mapping.levels.get(one.row.series)
        if level is None or one.observed <= 0.0:
            continue
        place, error = error_of(level, one.row)
        log_sd = log_sd_at(error, level.since, one.row.date)
        if log_sd > 0.0:
            with np.errstate(divide="ignore"):
                off = (np.log(one.observed) - np.log(np.maximum(one.model, 0.0))) / log_sd
            plausible = of_runs(one, settings) < settings.limit
            errors.setdefault((one.row.series, place), []).append(np.where(plausible, off, np.nan))
    return {source: learn(np.asarray(rows), settings.fresh) for source, rows in errors.items()}


def learn(off: Floats, fresh: float) -> Judged:
    """A source's lasting error, by member, from its past errors `off` (rows, members) in log-sds.

    off_i = s z + f e_i with z and e_i standard normal, f = `fresh`, s^2 = 1 - f^2; so z given n
    rows is normal with variance 1 / (1 + n s^2 / f^2) and mean that times sum(off_i) s / f^2. Where
    off is not a finite number the row is left out for that member.
    """
    lasting = np.sqrt(1.0 - fresh**2)
    usable = np.isfinite(off)
    known = 1.0 + usable.sum(axis=0) * (lasting / fresh) ** 2
    mean = np.where(usable, off, 0.0).sum(axis=0) * lasting / fresh**2 / known
    return Judged(mean, 1.0 / np.sqrt(known))
