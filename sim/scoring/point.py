"""Which point of a study is scored."""

from __future__ import annotations

from typing import Any, NamedTuple

import pandas as pd

from sim.errors import usage_error
from sim.study.store import Study

MODE = "honour.mode"


def choose(study: Study, number: int | None = None) -> int:
    """The point asked for, else the one nearest to the levers' defaults, historical if any is.

    Distance: the sum over levers of |value - default| / (high - low), or 1 for another word.
    """
    points = study.points
    if number is not None:
        if number not in set(points["point"]):
            most = int(points["point"].max())
            raise usage_error(f"no point {number}; 0 to {most}", path="point")
        return number
    levers: dict[str, dict[str, Any]] = study.config["scenario"]["levers"]
    away = sum(_distance(points[name], lever) for name, lever in levers.items())
    if MODE in levers and "historical" in levers[MODE]["choices"]:
        away = away + 1000.0 * (points[MODE] != "historical")
    nearest = pd.Series(away, index=points.index).idxmin()
    return int(points.loc[nearest, "point"])


def _distance(values: pd.Series, lever: dict[str, Any]) -> pd.Series:
    if lever["choices"]:
        return (values != lever["default"]).astype(float)
    low, high = lever["low"], lever["high"]
    span = float(high - low) if low is not None and high is not None and high > low else 1.0
    return (values.astype(float) - float(lever["default"])).abs() / span


def settings(study: Study, point: int) -> dict[str, Any]:
    """The lever values of a point, and the uncertain numbers that it sets."""
    scenario = study.config["scenario"]
    set_here = [name for name in scenario.get("uncertainties", {}) if name in study.points]
    levers = [*scenario["levers"], *set_here]
    row = study.points[study.points["point"] == point].iloc[[0]][levers]
    return {name: row[name].tolist()[0] for name in levers}


def sibling(study: Study, point: int, mode: str) -> int | None:
    """The point that differs by the honour mode alone; None when the study has none."""
    wanted = {**settings(study, point), MODE: mode}
    rows = study.points
    for name, value in wanted.items():
        rows = rows[rows[name] == value]
    return None if rows.empty else int(rows["point"].iloc[0])


class Prior(NamedTuple):
    """A set of vectors as a study names it; all empty for the wide prior."""

    words: str = ""
    until: str = ""
    hash: str = ""


def prior_of(study: Study) -> Prior:
    """The prior that a study's uncertain numbers come from."""
    prior = study.config.get("prior")
    if not isinstance(prior, dict):
        return Prior()
    return Prior(*(str(prior.get(name, "")) for name in Prior._fields))
