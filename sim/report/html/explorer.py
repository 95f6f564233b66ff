"""The data of the explorer: everything its script draws from, as plain lists."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from sim.report.context import Context
from sim.report.html.axes import Grid, grid_of
from sim.report.html.estimates import estimates, pairs
from sim.report.html.weeks import weeks
from sim.report.wording import sentence_case, unit_words
from sim.study.store import Study

MOST_CELLS = 15_000
"""Points times outcomes that fit a page of 3 MB."""
AT_A_TIME = 4 * 1024**2
"""Numbers that are held at once: 32 MiB."""


def explorer(study: Study, context: Context) -> dict[str, Any] | None:
    """Sliders, outcomes and estimates; None where nothing varies, or too much to hold."""
    points = study.points
    cells = len(points) * len(context.outcomes)
    if len(points) < 2 or cells > MOST_CELLS or not points["n"].any():
        return None
    grid: Grid = grid_of(points, context)
    return {
        **asdict(grid),
        "n": points["n"].tolist(),
        "outcomes": [_told(one.name, one.kind, one.unit, context) for one in _ordered(context)],
        "estimates": dict(_estimates(study, context)),
        "pairs": pairs(points, study.runs_at({}, [])),
        "weeks": weeks(study.bands, context),
    }


def _estimates(study: Study, context: Context) -> Iterator[tuple[str, dict[str, Any]]]:
    """The estimates of each outcome; a few are read at a time, so that memory stays bounded."""
    few = max(1, AT_A_TIME // max(int(study.points["n"].sum()), 1))
    for first in range(0, len(context.outcomes), few):
        some = context.outcomes[first : first + few]
        runs = study.runs_at({}, [one.name for one in some])
        yield from estimates(study.points, runs, some).items()


def _ordered(context: Context) -> list[Any]:
    """The headline probabilities first, then the outcomes as they are declared."""
    first = context.headlines()
    return sorted(context.outcomes, key=lambda one: one.name not in first)


def _told(name: str, kind: str, unit: str, context: Context) -> dict[str, str]:
    words = sentence_case(context.words(name))
    return {"name": name, "words": words, "kind": kind, "unit": unit_words(unit)}
