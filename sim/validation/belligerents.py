"""EV-8: who entered the wars of 1914 and 1950, and in which order, out of sample.

Each scenario gives the war's first day only. A run's belligerents are the states that its ledger
connects, war by war, with the two that began; other wars of the run do not count. Scores leave
those two out, unless the quantity says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.stats import kendalltau

from sim.blueprint import draft
from sim.blueprint.places import owed
from sim.rules.escalation import WAR
from sim.rules.ledger import ENTERED_WAR, FURTHER_WAR, STEP_UP, WAR_BROKE_OUT
from sim.sample import sample
from sim.scenario.load import load_scenario
from sim.scenario.spec import Scenario
from sim.study.chunk import Chunk
from sim.validation.data import read
from sim.validation.made import SEED
from sim.validation.row import Row, scored

REPLICATES = 400
BASE_RATES = {
    "july_1914": {"mutual_aid": 0.48, "alignment": 0.5},
    "korea_1950": {"mutual_aid": 0.125, "alignment": 0.5},
}
"""Share of duties honoured, by type (Berkemeier & Fuhrmann 2018); alignment: assumption."""
CASES = {
    "july_1914": ("July 1914", "belligerents_1914"),
    "korea_1950": ("Korea 1950", "belligerents_korea_1950"),
}
TARGET = "EV-8 belligerents"

Days = Mapping[str, float]
"""Day of entry by state."""


@dataclass(frozen=True)
class History:
    """The states of the record: those whose war is given, and the others with their days."""

    parties: frozenset[str]
    joined: Days


def rows() -> list[Row]:
    """Scores of both cases, each beside its baselines."""
    return [row for case in CASES for row in _case(case)]


def _case(case: str) -> list[Row]:
    title, table = CASES[case]
    scenario, history = load_scenario(case), recorded(table)
    chunks = sample(draft(scenario), REPLICATES, SEED)
    runs = [entries for chunk in chunks for entries in joined(chunk, scenario, history)]
    luck = np.random.default_rng(SEED)
    drawn = [_by_base_rate(scenario, history, BASE_RATES[case], luck) for _ in runs]
    return [
        *_sets(title, scenario, history, runs, drawn),
        _order(title, history, runs, drawn, luck),
    ]


def recorded(table: str) -> History:
    """The record of `configs/data` by the name of its table."""
    found = read(table)
    days = dict(zip(found["state"], found["entered"].map(_ordinal), strict=True))
    parties = frozenset(found.loc[found["role"] == "party", "state"])
    return History(parties, {state: day for state, day in days.items() if state not in parties})


def _ordinal(text: str) -> float:
    return float(np.datetime64(text).astype(np.int64))


def joined(chunk: Chunk, scenario: Scenario, history: History) -> list[dict[str, float]]:
    """For each run of a chunk the states drawn into the given war, and their days."""
    names, events = list(scenario.states), chunk.events
    war = np.isin(events["kind"], (ENTERED_WAR, FURTHER_WAR, WAR_BROKE_OUT))
    war |= (events["kind"] == STEP_UP) & (events["amount"] == WAR)
    lines = events[war & (events["target"] >= 0)]
    return [
        connected(list(lines[lines["run"] == run]), names, history.parties)
        for run in range(len(chunk.errors))
    ]


def connected(
    lines: Sequence[Any], names: Sequence[str], parties: frozenset[str]
) -> dict[str, float]:
    """The day on which each state became linked by wars to the parties, in the order of days.

    A state that fights another war enters when a line links that war to the given one.
    """
    entered = dict.fromkeys(parties, 0.0)
    links: list[tuple[str, str]] = []
    for line in lines:
        links.append((names[line["actor"]], names[line["target"]]))
        grown = True
        while grown:
            grown = False
            for one, other in links:
                if (one in entered) != (other in entered):
                    entered[one if other in entered else other] = float(line["day"])
                    grown = True
    return {state: day for state, day in entered.items() if state not in parties}


def jaccard(ours: set[str] | frozenset[str], theirs: set[str] | frozenset[str]) -> float:
    """States in both by states in either; 1 where both are empty.

    >>> jaccard({"a", "b"}, {"b", "c"})
    0.3333333333333333
    """
    either = ours | theirs
    return len(ours & theirs) / len(either) if either else 1.0


def tau(ours: Days, theirs: Days) -> float:
    """Kendall's tau-b of the days of states in both; NaN with fewer than two different days.

    >>> round(tau({"a": 1.0, "b": 2.0, "c": 9.0}, {"a": 5.0, "b": 7.0, "c": 6.0}), 3)
    0.333
    """
    both = sorted(ours.keys() & theirs.keys())
    if len(both) < 2:
        return float("nan")
    return float(kendalltau([ours[s] for s in both], [theirs[s] for s in both]).statistic)


def _by_base_rate(
    scenario: Scenario, history: History, rates: Mapping[str, float], luck: np.random.Generator
) -> dict[str, float]:
    """States that owe help join with the rate of their best promise, whatever happens, any day."""
    chances: dict[str, float] = {}
    for treaty, article, obligor, _ in owed(scenario):
        kind = scenario.treaties[treaty].articles[article].type
        chances[obligor] = max(chances.get(obligor, 0.0), rates.get(kind, 0.0))
    return {
        state: float(luck.random())
        for state, chance in chances.items()
        if state not in history.parties and luck.random() < chance
    }


def _sets(
    title: str,
    scenario: Scenario,
    history: History,
    runs: Sequence[Days],
    drawn: Sequence[Days],
) -> list[Row]:
    """Jaccard of the sets, without and with the two states that are given."""
    theirs = frozenset(history.joined)
    found = []
    for given, words in ((frozenset[str](), "joined"), (history.parties, "fought")):
        ours, base = (
            np.array([jaccard(given | run.keys(), given | theirs) for run in some])
            for some in (runs, drawn)
        )
        nobody = jaccard(given, given | theirs)
        found.append(
            scored(
                TARGET,
                f"{title}: Jaccard of the states that {words}",
                "1",
                spread(ours),
                f"nobody joins {nobody:.2f}; base rates {spread(base)}",
                _shares(title, scenario, history, runs) if words == "joined" else "",
            )
        )
    return found


def _order(
    title: str,
    history: History,
    runs: Sequence[Days],
    drawn: Sequence[Days],
    luck: np.random.Generator,
) -> Row:
    """Kendall's tau of the days of entry, over the runs in which two of the record's joined."""
    ours = np.array([tau(run, history.joined) for run in runs])
    random = np.array([tau({s: luck.random() for s in run}, history.joined) for run in runs])
    base = np.array([tau(run, history.joined) for run in drawn])
    known = int(np.sum(~np.isnan(ours)))
    return scored(
        TARGET,
        f"{title}: Kendall's tau of the order of joining",
        "1",
        spread(ours),
        f"random order {spread(random)}; base rates {spread(base)}",
        f"{title}: over the {known} of {len(runs)} runs with two or more of the record's",
    )


def spread(values: NDArray[np.float64]) -> str:
    """Mean and P10 to P90 of what is known.

    >>> spread(np.array([0.0, 0.5, 1.0, np.nan]))
    '0.50 (P10-P90 0.10 to 0.90)'
    """
    known = values[~np.isnan(values)]
    if not len(known):
        return "-"
    low, high = np.quantile(known, [0.1, 0.9])
    return f"{known.mean():.2f} (P10-P90 {low:.2f} to {high:.2f})"


def _shares(title: str, scenario: Scenario, history: History, runs: Sequence[Days]) -> str:
    """The share of runs in which each of the record's states joined, and how many others did."""
    shares = [f"{state} {np.mean([state in run for run in runs]):.2f}" for state in history.joined]
    outside = len(scenario.states) - len(history.joined) - len(history.parties)
    others = np.mean([len(run.keys() - history.joined.keys()) for run in runs])
    return (
        f"{title}, {len(runs)} runs: share in which each state of the record joined: "
        f"{', '.join(shares)}; and {others:.1f} of {outside} other states a run. Untuned: settings "
        "were written down before the first run. 'Base rates' lets each state that owes help join "
        "with the rate of its type of promise, whatever happens"
    )
