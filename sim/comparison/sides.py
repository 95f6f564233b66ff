"""What is compared: two sides, and which point of one belongs to which of the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from sim.errors import nearest, usage_error
from sim.study.declared import Value
from sim.study.store import Study

MOST_TOLD = 8


@dataclass(frozen=True)
class Side:
    """A study, or the points of it at which some levers have these values."""

    study: Study
    at: Mapping[str, Value] = field(default_factory=dict)

    @property
    def points(self) -> pd.DataFrame:
        """Its points."""
        points = self.study.points
        for name, value in self.at.items():
            points = points[points[name] == value]
        return points


@dataclass(frozen=True)
class Matched:
    """Points of A and B with the same values of the levers `over`.

    compared: levers with one value in A and another in B. table: columns a, b (points) and `over`.
    alone: points of either side that have no fellow.
    """

    compared: dict[str, tuple[Value, Value]]
    over: list[str]
    table: pd.DataFrame
    alone: int


def levers_of(study: Study) -> list[str]:
    """The columns that say where a point stands."""
    columns = study.manifest["columns"]["points"]
    known = {"point", "n", "failed"}
    return [
        name
        for name in study.points.columns
        if name not in known and name in columns and name in study.manifest["columns"]["runs"]
        and f"{name}_low" not in columns
    ]  # fmt: skip


def matched(a: Side, b: Side) -> Matched:
    """Match the points over the levers that both have. Raises UsageError when none fit."""
    ours, theirs = a.points, b.points
    levers = [name for name in levers_of(a.study) if name in levers_of(b.study)]
    compared = {
        name: (_plain(ours[name].iloc[0]), _plain(theirs[name].iloc[0]))
        for name in levers
        if ours[name].nunique() == theirs[name].nunique() == 1
        and ours[name].iloc[0] != theirs[name].iloc[0]
    }
    over = [name for name in levers if name not in compared]
    left = ours[["point", *over]].rename(columns={"point": "a"})
    right = theirs[["point", *over]].rename(columns={"point": "b"})
    table = left.merge(right, on=over) if over else left.merge(right, how="cross")
    if table.empty:
        raise _nothing_matches(ours, theirs, over)
    varied = [name for name in over if table[name].nunique() > 1]
    alone = len(ours) + len(theirs) - 2 * len(table)
    return Matched(compared, varied, table[["a", "b", *varied]], alone)


def _nothing_matches(a: pd.DataFrame, b: pd.DataFrame, levers: Sequence[str]) -> Exception:
    apart = [name for name in levers if not set(a[name]) & set(b[name])]
    told = "; ".join(f"{name} is {_told(a[name])} in A and {_told(b[name])} in B" for name in apart)
    return usage_error(
        f"no point of A has the lever values of one of B{': ' if told else ''}{told}",
        hint="give both one value of a lever to compare these, or the same values to match them",
    )


def value_in(study: Study, lever: str, text: str) -> Value:
    """A lever's value as it was run. Raises UsageError for a lever or value that was not."""
    levers = levers_of(study)
    if lever not in levers:
        near = nearest(lever, levers)
        hint = f"did you mean '{near}'?" if near else f"levers: {', '.join(levers)}"
        raise usage_error(f"'{lever}' is not a lever of this study", path=lever, hint=hint)
    for value in study.points[lever].unique().tolist():
        if _same(value, text):
            return _plain(value)
    fault = f"{text} was not run"
    raise usage_error(fault, path=lever, hint=f"run were: {_told(study.points[lever])}")


def _same(value: object, text: str) -> bool:
    if isinstance(value, str):
        return value == text
    try:
        return float(text) == value
    except ValueError:
        return False


def _told(values: pd.Series) -> str:
    found = [str(value) for value in values.unique().tolist()]
    more = f" and {len(found) - MOST_TOLD} more" if len(found) > MOST_TOLD else ""
    return ", ".join(found[:MOST_TOLD]) + more


def _plain(value: object) -> Value:
    found: Value = value.item() if hasattr(value, "item") else value  # type: ignore[assignment]
    return found
