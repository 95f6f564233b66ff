"""Why something happened: in one run as a chain of causes, in many as shares of the paths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sim.errors import nearest, usage_error
from sim.outcomes import OUTCOMES
from sim.question.history import history
from sim.question.opened import Opened, Run
from sim.question.paths import ancestry, chain, realising, worst
from sim.question.story import Line, amount_words, article_words, lines
from sim.realised import REALISED, Realised
from sim.scenario.spec import Scenario
from sim.study.estimate import wilson


@dataclass(frozen=True)
class Chain:
    """The worst that happened in a run, and the events that led to it, the root first."""

    run: Run
    what: str
    steps: list[Line]


def why_run(opened: Opened, number: int) -> Chain:
    """The chain of causes of the worst event of a run, by the order declared in `sim.realised`."""
    scenario, found = opened.blueprint.scenario, history(opened, number)
    gravest = worst(scenario, found.events)
    if gravest is None:
        return Chain(found.run, "nothing of what is called worst", [])
    what, event = gravest
    return Chain(found.run, what.words, chain(lines(scenario, found.events), event))


@dataclass(frozen=True)
class Paths:
    """What lay on the paths to an outcome.

    table: one row an item (sort, item) with its share of the runs with the outcome in which it
    lay ``on_path``, in which it ``happened``, and of the runs ``without`` in which it happened,
    each with a 95 % Wilson interval (_low, _high). unseen: runs with it but no line of it.
    """

    outcome: str
    what: Realised
    runs: int
    kept: int
    having: int
    unseen: int
    table: pd.DataFrame


def why_outcome(opened: Opened, outcome: str) -> Paths:
    """In what share of the runs with an outcome each article, rule and event lay on the path.

    Rests on the runs whose ledger the study kept. Raises UsageError for an outcome of no lines.
    """
    what, scenario = declared(outcome), opened.blueprint.scenario
    events, having = _numbered(opened, what, outcome)
    run = events["run"].to_numpy()
    first = realising(what, scenario, events) & having[run]
    path = ancestry(run, events["cause"].to_numpy(np.int64), first)
    totals = int(having.sum()), int((~having).sum())
    parts = [
        _shares(sort, items, run, path, having, totals) for sort, items in _items(scenario, events)
    ]
    about = opened.study.manifest
    unseen = totals[0] - len(np.unique(run[first]))
    return Paths(
        outcome, what, about["runs"], len(having), totals[0], unseen,
        pd.concat(parts, ignore_index=True),
    )  # fmt: skip


def declared(outcome: str) -> Realised:
    """The lines that realise an outcome. Raises UsageError where none are declared."""
    if outcome in REALISED:
        return REALISED[outcome]
    names = [one.name for one in OUTCOMES]
    if outcome in names:
        fault = f"no single event makes '{outcome}' happen"
        raise usage_error(fault, path="outcome", hint=f"known: {', '.join(REALISED)}")
    near = nearest(outcome, names)
    hint = f"did you mean '{near}'?" if near else f"known: {', '.join(REALISED)}"
    raise usage_error(f"there is no outcome '{outcome}'", path="outcome", hint=hint)


def _numbered(
    opened: Opened, what: Realised, outcome: str
) -> tuple[pd.DataFrame, np.ndarray[tuple[int], np.dtype[np.bool_]]]:
    """The kept ledgers with a number for each run, and which of the runs have the outcome."""
    runs = opened.study.runs
    kept = opened.study.manifest["replicates_in_events"]
    runs = runs[(runs["replicate"] - opened.first < kept) & ~runs["failed"]].reset_index(drop=True)
    values = runs[outcome].to_numpy(float)
    kind = next(one.kind for one in OUTCOMES if one.name == outcome)
    having = ~np.isnan(values) if kind == "time" else values >= what.value
    keys = runs[["point", "replicate"]].assign(run=np.arange(len(runs)))
    events = opened.study.events.merge(keys, on=["point", "replicate"])
    return events.sort_values(["run", "event"], ignore_index=True), np.asarray(having)


def _items(scenario: Scenario, events: pd.DataFrame) -> Iterator[tuple[str, pd.Series]]:
    """The names of each row as article, as rule and as event; empty where it has none."""
    article = events["article"].astype(object).fillna("")
    words = {name: article_words(scenario, name) if name else "" for name in set(article)}
    yield "article", article.map(words)
    yield "rule", events["kind"].astype(object)
    actor, target = (events[name].astype(object).fillna("") for name in ("actor", "target"))
    told = events["kind"].isin(("step up", "step down", "treaty signed", "treaty in force"))
    amount = events["amount"].where(told, -1.0)
    keys = pd.MultiIndex.from_arrays([events["kind"].astype(object), actor, target, amount])
    codes, unique = pd.factorize(keys)
    names = np.asarray([_event_words(scenario, *key) for key in unique], dtype=object)
    yield "event", pd.Series(names[codes], index=events.index)


def _event_words(scenario: Scenario, kind: str, actor: str, target: str, amount: float) -> str:
    words = f" ({amount_words(scenario, kind, amount)})" if amount >= 0 else ""
    sides = " to ".join(filter(None, (actor, target)))
    return f"{kind}{words}: {sides}" if sides else f"{kind}{words}"


def _shares(
    sort: str,
    items: pd.Series,
    run: np.ndarray[tuple[int], np.dtype[np.int64]],
    path: np.ndarray[tuple[int], np.dtype[np.bool_]],
    having: np.ndarray[tuple[int], np.dtype[np.bool_]],
    totals: tuple[int, int],
) -> pd.DataFrame:
    """Each item's shares of runs with Wilson intervals, the commonest on the path first."""
    rows = pd.DataFrame({"item": items, "run": run, "path": path, "having": having[run]})
    rows = rows[rows["item"] != ""]
    counts = {
        "on_path": (_runs(rows[rows["path"]]), totals[0]),
        "happened": (_runs(rows[rows["having"]]), totals[0]),
        "without": (_runs(rows[~rows["having"]]), totals[1]),
    }
    table = pd.DataFrame({name: count for name, (count, _) in counts.items()}).fillna(0)
    for name, (_, total) in counts.items():
        low, high = wilson(table[name], total)
        table[f"{name}_low"], table[f"{name}_high"] = low, high
        table[name] = table[name] / total if total else np.nan
    table = table[table["on_path"] > 0].rename_axis("item").reset_index()
    table.insert(0, "sort", sort)
    return table.sort_values(["on_path", "item"], ascending=[False, True])


def _runs(rows: pd.DataFrame) -> pd.Series:
    """In how many runs each item is found."""
    return rows.drop_duplicates(["item", "run"])["item"].value_counts()
