"""What a world's ledgers say of its disputes and wars: as a historian would count them (EV-3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.blueprint import draft
from sim.rules import ledger
from sim.rules.escalation import DISPLAY, THREAT, USE_OF_FORCE, WAR
from sim.sample import sample
from sim.study.chunk import Chunk
from sim.validation.synthetic_states import Setting, scenario

BATCH = 10
YEAR = 365.25
SETTLING_YEARS = 2
"""Years at the start left out of the count of onsets: all disputes start at the bottom."""
WATCHED_DAYS = 1826
"""Wars that began so long before the horizon count for joiners, who may come late."""

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Record:
    """Counts over all runs.

    disputes: begun after the settling years.
    left: by severity of a rung, disputes that left it, and those of them that went on up.
    days, ended: length of each war in days, to its end or to the horizon.
    settled: share of ended wars that ended by settlement.
    joiners: third parties that entered each watched war. lags: their days, one array a war.
    onsets: wars begun in each year of each run after the settling years.
    """

    disputes: int
    left: dict[int, tuple[int, int]]
    days: Vector
    ended: NDArray[np.bool_]
    settled: float
    joiners: Vector
    lags: list[Vector]
    onsets: Vector


def observe(setting: Setting, runs: int, seed: int) -> Record:
    """The record of seeded runs of a setting's world by the compiled engine."""
    blueprint = draft(scenario(setting))
    return count(sample(blueprint, runs, seed, batch=BATCH), blueprint.horizon)


def count(chunks: Sequence[Chunk], horizon: int) -> Record:
    """The record of all runs of all chunks."""
    tables = [_numbered(chunk, number) for number, chunk in enumerate(chunks)]
    events = pd.concat(tables, ignore_index=True)
    runs = sum(len(chunk.errors) for chunk in chunks)
    wars = _wars(events, horizon)
    joined = _joined(events, wars)
    watched = wars.index[wars["day"] < horizon - WATCHED_DAYS]
    lags = [joined["lag"][joined["war"] == war].to_numpy(float) for war in watched]
    ended = wars["end"].notna().to_numpy()
    return Record(
        disputes=int((_steps(events, THREAT)["day"] >= SETTLING_YEARS * YEAR).sum()),
        left={severity: _left(events, severity) for severity in (THREAT, DISPLAY, USE_OF_FORCE)},
        days=(wars["end"].fillna(horizon) - wars["day"]).to_numpy(float),
        ended=ended,
        settled=float((wars["mode"][ended] == ledger.SETTLED).mean()),
        joiners=np.array([float(len(lag)) for lag in lags]),
        lags=lags,
        onsets=_onsets(wars, runs, horizon),
    )


def _numbered(chunk: Chunk, number: int) -> pd.DataFrame:
    """Events of a chunk, each run with a number of its own."""
    events = pd.DataFrame(chunk.events)
    events["run"] += number * 1_000_000
    return events


def _steps(events: pd.DataFrame, severity: int) -> pd.DataFrame:
    """Steps up to a rung."""
    return events[(events["kind"] == ledger.STEP_UP) & (events["amount"] == severity)]


def _left(events: pd.DataFrame, severity: int) -> tuple[int, int]:
    """Disputes that left a rung, and how many of them by a step up."""
    steps = events[events["kind"].isin((ledger.STEP_UP, ledger.STEP_DOWN))]
    before = steps.groupby(["run", "actor", "target"])["amount"].shift()
    left = steps[before == severity]
    return len(left), int((left["kind"] == ledger.STEP_UP).sum())


def _wars(events: pd.DataFrame, horizon: int) -> pd.DataFrame:
    """Each war: run, sides, first day, last day (NaN when it goes on), how it ended."""
    begun = _steps(events, WAR)
    ends = events[events["kind"].isin((ledger.SETTLED, ledger.COLLAPSED))]
    wars = _by_pair(begun)[["run", "pair", "target", "day"]]
    ends = _by_pair(ends).rename(columns={"day": "end", "kind": "mode"})
    place = ["run", "pair", "number"]
    wars["number"] = wars.groupby(["run", "pair"]).cumcount()
    ends["number"] = ends.groupby(["run", "pair"]).cumcount()
    return wars.merge(ends[[*place, "end", "mode"]], on=place, how="left")


def _by_pair(events: pd.DataFrame) -> pd.DataFrame:
    """Events with a number of the two states, whichever of them acts."""
    low = events[["actor", "target"]].min(axis=1)
    high = events[["actor", "target"]].max(axis=1)
    return events.assign(pair=low * 1000 + high)


def _joined(events: pd.DataFrame, wars: pd.DataFrame) -> pd.DataFrame:
    """Third parties that entered a war by a promise: the war and the days since it began."""
    entered = events[(events["kind"] == ledger.ENTERED_WAR) & (events["cause"] >= 0)]
    decided = events[events["kind"].isin((ledger.CASUS, ledger.DECIDED))]
    called = decided[["run", "event", "target"]].rename(columns={"event": "cause"})
    entered = entered.drop(columns="target").merge(called, on=["run", "cause"])
    begun = wars[["run", "target", "day"]].assign(war=wars.index, began=wars["day"])
    found = pd.merge_asof(
        entered.sort_values("day"), begun.sort_values("day"), on="day", by=["run", "target"]
    )
    return found.assign(lag=found["day"] - found["began"])


def _onsets(wars: pd.DataFrame, runs: int, horizon: int) -> Vector:
    """Wars begun in each whole year of each run, without the settling years."""
    years = int(horizon / YEAR) - SETTLING_YEARS
    year = (wars["day"] / YEAR).astype(int) - SETTLING_YEARS
    inside = year[(year >= 0) & (year < years)]
    runs_with = wars["run"][inside.index]
    counts = pd.Series(1, index=pd.MultiIndex.from_arrays([runs_with, inside])).groupby(
        level=[0, 1]
    )
    found = counts.sum().to_numpy(float)
    return np.concatenate([found, np.zeros(runs * years - len(found))])
