"""Compare two sides, point by point and replicate by replicate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from sim.comparison.contrast import PROBABILITY, TIME, Contrast, contrast
from sim.comparison.luck import Luck, differing, luck_of
from sim.comparison.sides import Matched, Side, matched
from sim.errors import nearest, usage_error
from sim.study.declared import Value
from sim.study.store import Study

ALL = "all"


@dataclass(frozen=True)
class Pair:
    """A point of A and the one of B that belongs to it, at these values of the levers matched."""

    at: dict[str, Value]
    contrasts: dict[str, Contrast]


@dataclass(frozen=True)
class Comparison:
    """What was compared, with which luck, and what came out. Differences are B - A.

    kinds: the outcomes compared, each with its kind. unused: replicates that only one side has.
    failed: runs left out because they, or their fellow, failed.
    """

    a: Side
    b: Side
    matched: Matched
    luck: Luck
    differing: list[str]
    kinds: dict[str, str]
    pairs: list[Pair]
    unused: int
    failed: int


def compare(a: Side, b: Side, outcomes: Sequence[str]) -> Comparison:
    """Compare these outcomes at every point that both sides have.

    Paired by replicate where the luck is shared, over the replicates that both sides have. Raises
    UsageError for studies of different scenarios, or an outcome that one of them does not measure.
    """
    names = [side.study.config["scenario"]["name"] for side in (a, b)]
    if names[0] != names[1]:
        fault = f"A is of the scenario {names[0]}, B of {names[1]}"
        raise usage_error(fault, hint="compare two studies of one scenario")
    kinds = chosen(a.study, b.study, outcomes)
    found, luck = matched(a, b), luck_of(a.study, b.study)
    runs = [_runs(side, [*kinds]) for side in (a, b)]
    common = set(runs[0]["replicate"]) & set(runs[1]["replicate"])
    unused = len(set(runs[0]["replicate"]) ^ set(runs[1]["replicate"])) if luck.shared else 0
    if luck.shared and not common:
        luck, unused = Luck(False, "they have no replicate in common"), 0
    if luck.shared:
        runs = [side[side["replicate"].isin(common)] for side in runs]
    points = [dict(iter(side.groupby("point"))) for side in runs]
    pairs, failed = [], 0
    for row in found.table.to_dict("records"):
        left, right = points[0][row["a"]], points[1][row["b"]]
        ours, theirs = _whole(left, right, luck.shared)
        failed += len(left) + len(right) - len(ours) - len(theirs)
        at = {name: row[name] for name in found.over}
        pairs.append(Pair(at, _contrasts(ours, theirs, kinds, luck.shared)))
    apart = differing(a.study, b.study)
    return Comparison(a, b, found, luck, apart, kinds, pairs, unused, failed)


def chosen(a: Study, b: Study, outcomes: Sequence[str]) -> dict[str, str]:
    """The outcomes asked for, all of them for the word `all`, each with its kind."""
    known = kinds_of(a)
    measured = [name for name in known if name in kinds_of(b)]
    for name in outcomes:
        if name != ALL and name not in measured:
            near = nearest(name, measured)
            hint = f"did you mean '{near}'?" if near else "python -m sim list shows the outcomes"
            raise usage_error(f"'{name}' is not an outcome of both", path="outcome", hint=hint)
    return {name: known[name] for name in (measured if ALL in outcomes else outcomes)}


def kinds_of(study: Study) -> dict[str, str]:
    """Each outcome of a study with its kind, as the columns of its points tell."""
    points, runs = (study.manifest["columns"][table] for table in ("points", "runs"))
    found = {}
    for name in (name for name in runs if f"{name}_low" in points):
        timed, spread = f"{name}_never" in points, f"{name}_p50" in points
        found[name] = TIME if timed else "amount" if spread else PROBABILITY
    return found


def _runs(side: Side, outcomes: list[str]) -> pd.DataFrame:
    runs = side.study.runs[["point", "replicate", "failed", *outcomes]]
    return runs[runs["point"].isin(side.points["point"])]


def _whole(a: pd.DataFrame, b: pd.DataFrame, paired: bool) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The runs that did not fail, by replicate; when paired those whose fellow did not either."""
    ours, theirs = (
        side[~side["failed"].astype(bool)].set_index("replicate").sort_index() for side in (a, b)
    )
    if not paired:
        return ours, theirs
    both = ours.index.intersection(theirs.index)
    return ours.loc[both], theirs.loc[both]


def _contrasts(
    a: pd.DataFrame, b: pd.DataFrame, kinds: dict[str, str], paired: bool
) -> dict[str, Contrast]:
    return {
        name: contrast(a[name].to_numpy(float), b[name].to_numpy(float), kind, paired)
        for name, kind in kinds.items()
    }
