"""The runs of one point as members of an ensemble: weekly paths, outcomes and ledgers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.errors import usage_error
from sim.rules.escalation import SEVERITIES
from sim.scoring.mapping import TIMES, Happening, Level
from sim.study.store import Study

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Ensemble:
    """Members: the replicates of one point whose paths are kept and that did not fail.

    paths by series, each (members, samples) at `days`; ledger: events of the members whose
    ledger is kept (`witnesses`, replicates).
    """

    start: date
    seed: int
    states: dict[str, str]
    members: NDArray[np.int64]
    days: NDArray[np.int64]
    paths: dict[str, Floats]
    outcomes: pd.DataFrame
    witnesses: NDArray[np.int64]
    ledger: pd.DataFrame

    @property
    def horizon(self) -> int:
        """Last day of which the paths speak."""
        return int(self.days[-1])

    def only(self, stay: NDArray[np.bool_]) -> Ensemble:
        """The members where `stay` is true."""
        members = self.members[stay]
        return replace(
            self,
            members=members,
            paths={name: path[stay] for name, path in self.paths.items()},
            outcomes=self.outcomes[stay],
            witnesses=self.witnesses[np.isin(self.witnesses, members)],
            ledger=self.ledger[self.ledger["replicate"].isin(members)],
        )

    def at(self, series: str, day: float) -> Floats:
        """Each member's value on a day, linear between samples; 0 before the start."""
        if series not in self.paths:
            fault = f"the study keeps no series '{series}'"
            raise usage_error(fault, hint="it was run by an older version: run it again")
        path = self.paths[series]
        if day < 0:
            return np.zeros(len(path))
        after = int(np.searchsorted(self.days, day))
        if self.days[after] == day:
            return path[:, after]
        before = after - 1
        share = (day - self.days[before]) / (self.days[after] - self.days[before])
        found: Floats = path[:, before] + share * (path[:, after] - path[:, before])
        return found

    def level(self, level: Level, day: date) -> Floats:
        """Each member's value of a mapped quantity for a report of that day."""
        if level.quantity in TIMES and level.quantity not in self.paths:
            values: Floats = self.outcomes[level.quantity].to_numpy(dtype=float)
            return np.where(np.isnan(values), self.horizon, values)
        now = self.at(level.quantity, self.day_of(day))
        if level.change is None:
            return now
        before = period_start(level.change, day)
        added = now - self.at(level.quantity, self.day_of(before))
        return added / (day - before).days if level.per_day else added

    def day_of(self, day: date) -> int:
        """Days from the start to a date."""
        return (day - self.start).days

    def first(self, event: Happening) -> Floats:
        """Day of each witness's first such event, the horizon when it never came."""
        lines = self.ledger[self.ledger["kind"] == event.kind]
        for column, state in (("actor", event.actor), ("target", event.target)):
            if state is not None:
                lines = lines[lines[column] == self.states[state]]
        if event.severity is not None:
            lines = lines[lines["amount"] == SEVERITIES.index(event.severity)]
        days = lines.groupby("replicate")["day"].min().reindex(self.witnesses)
        found: Floats = days.fillna(self.horizon).to_numpy(dtype=float)
        return np.minimum(found, self.horizon)


def period_start(change: str, day: date) -> date:
    """The day after which a week, month or year is counted that ends on `day`.

    >>> period_start("month", date(2024, 12, 31)), period_start("week", date(2024, 12, 27))
    (datetime.date(2024, 11, 30), datetime.date(2024, 12, 20))
    """
    if change == "week":
        return day - timedelta(days=7)
    first = day.replace(day=1) if change == "month" else day.replace(month=1, day=1)
    return first - timedelta(days=1)


def ensemble_of(study: Study, point: int) -> Ensemble:
    """The ensemble of a study's point. UsageError when it keeps no paths or too few."""
    if not (study.folder / "paths").is_dir():
        fault = "keeps no weekly series run by run"
        hint = "it was run by an older version, or has too many points: run it again"
        raise usage_error(fault, file=str(study.folder), hint=hint)
    paths = study.paths[study.paths["point"] == point]
    members = np.sort(paths["replicate"].unique())
    if len(members) < 2:
        fault = f"point {point} keeps the weekly series of {len(members)} runs; 2 are needed"
        raise usage_error(fault, file=str(study.folder), hint="run it with more replicates")
    days = np.sort(paths["day"].unique())
    paths = paths.sort_values(["replicate", "day"])
    shape = (len(members), len(days))
    keys = ("point", "replicate", "day", "date")
    series = {
        name: paths[name].to_numpy(dtype=float).reshape(shape)
        for name in paths.columns
        if name not in keys
    }
    runs = study.runs[study.runs["point"] == point].set_index("replicate").loc[members]
    events = study.events[study.events["point"] == point]
    kept = int(study.manifest["replicates_in_events"])
    scenario = study.config["scenario"]
    return Ensemble(
        start=date.fromisoformat(str(scenario["start"])),
        seed=int(study.manifest["seed"]),
        states={name: str(state["name"]) for name, state in scenario["states"].items()},
        members=members,
        days=days,
        paths=series,
        outcomes=runs,
        witnesses=members[members < kept],
        ledger=events,
    )
