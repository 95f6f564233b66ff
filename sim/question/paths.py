"""Paths through ledgers: from the line that realised something, by its causes, to the root."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from sim.question.story import Line
from sim.realised import WORST, Realised
from sim.scenario.spec import Scenario

Mask = NDArray[np.bool_]


def realising(wanted: Realised, scenario: Scenario, events: pd.DataFrame) -> Mask:
    """Which rows of ledgers (one or many runs) realise what is wanted."""
    actor, target = events["actor"].astype(object), events["target"].astype(object)
    found = events["kind"].isin(wanted.kinds)
    steps = events["kind"] == "step up"
    found &= ~steps | (events["amount"] >= wanted.least)
    if wanted.actor:
        found &= actor == _state(scenario, wanted.actor)
    if wanted.party:
        party = _state(scenario, wanted.party)
        found &= (actor == party) | (target == party)
    if wanted.relation:
        found &= _of_relation(wanted, scenario, actor, target)
    if wanted.between:
        one, other = (_state(scenario, role) for role in wanted.between)
        found &= ((actor == one) & (target == other)) | ((actor == other) & (target == one))
    if wanted.major:
        found &= _drawn_in(scenario, events)
    if wanted.in_focus:
        found &= _in_focus(scenario, events)
    return np.asarray(found, dtype=bool)


def _state(scenario: Scenario, role: str) -> str | None:
    """The name of the state in a role of the focus; None where the role is not taken."""
    name = getattr(scenario.focus, role)
    return None if name is None else scenario.states[name].name


def _of_relation(
    wanted: Realised, scenario: Scenario, actor: pd.Series, target: pd.Series
) -> pd.Series:
    name = getattr(scenario.focus, wanted.relation)
    if name is None:
        return pd.Series(False, index=actor.index)
    relation = scenario.relations[name]
    names = scenario.states[relation.actor].name, scenario.states[relation.target].name
    return (actor == names[0]) & (target == names[1])


def _drawn_in(scenario: Scenario, events: pd.DataFrame) -> pd.Series:
    """Lines of major powers that were no party of the war from its start, nor of one given."""
    states = scenario.states.values()
    majors = [state.name for state in states if state.major and not state.at_war]
    run = [events[name] for name in ("point", "replicate") if name in events]
    own = pd.Series(False, index=events.index)
    for name in majors:
        sides = (events["actor"] == name) | (events["target"] == name)
        given = sides & (events["kind"] == "war broke out")
        ever = given.groupby(run).transform("any") if run else given.any()
        own |= (events["actor"] == name) & ever
    return events["actor"].isin(majors) & (events["day"] > 0) & ~own


def _in_focus(scenario: Scenario, events: pd.DataFrame) -> pd.Series:
    """Lines of the treaty in focus; of all treaties where none is."""
    if scenario.focus.treaty is None:
        return pd.Series(True, index=events.index)
    place = list(scenario.treaties).index(scenario.focus.treaty)
    article = events["article"].astype(object).fillna("").astype(str)
    named = article.str.startswith(f"{scenario.focus.treaty}.")
    whole = events["kind"].isin(("treaty signed", "treaty in force", "treaty ended"))
    return named | (whole & (events["amount"] == place))


def worst(scenario: Scenario, events: pd.DataFrame) -> tuple[Realised, int] | None:
    """The worst line of a run's ledger by the declared order; None when nothing happened."""
    for wanted in WORST:
        found = np.flatnonzero(realising(wanted, scenario, events))
        if len(found):
            return wanted, int(found[0])
    return None


def chain(lines: Sequence[Line], event: int) -> list[Line]:
    """The lines from the root to an event, each the cause of the next."""
    found = []
    while event >= 0:
        found.append(lines[event])
        event = lines[event].cause
    return found[::-1]


def ancestry(run: NDArray[np.int64], cause: NDArray[np.int64], first: Mask) -> Mask:
    """Which rows of many ledgers lie on the path to the first of the marked rows of each run.

    run: number of each row's run, ascending. cause: row within the run, -1 none.
    """
    starts = np.searchsorted(run, run)
    marked = np.flatnonzero(first)
    _, earliest = np.unique(run[marked], return_index=True)
    rows = marked[earliest]
    path = np.zeros(len(run), dtype=bool)
    while len(rows):
        path[rows] = True
        rows = rows[cause[rows] >= 0]
        rows = starts[rows] + cause[rows]
    return path
