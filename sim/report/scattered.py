"""What is told of a design whose points are no grid: nothing can be held, so points are shown."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from sim.report import rare
from sim.report.context import Context
from sim.report.slices import main_lever, spread, swept
from sim.report.telling import Telling
from sim.report.wording import lever_words, listed, number, value_label, whole

MOST_ROWS = 12
MOST_LEVERS = 2
SPREADS = ("sender_casualties", "belligerents")
NOT = (
    "The intervals are sampling error only, differences between points mix all levers that "
    "vary, and neither says how wrong the model may be."
)


def shown(points: pd.DataFrame, context: Context) -> pd.DataFrame:
    """At most twelve of the points, evenly along the main lever."""
    ordered = points.sort_values(main_lever(points, context), kind="stable")
    places = spread(list(range(len(ordered))), MOST_ROWS)
    return ordered.iloc[[int(place) for place in places]]


def others(points: pd.DataFrame, context: Context) -> list[str]:
    """The further levers that a table of points has room for."""
    return swept(points, context)[1:MOST_LEVERS]


def sentences(told: Telling) -> Iterator[str]:
    """What was run, how far each headline reaches over the points, and what that is not."""
    points, context = told.points, told.context
    failed = int(points["failed"].sum())
    yield (
        f"{context.runs:,} runs at {len(points)} points that fill the space of "
        f"{listed([lever_words(name) for name in told.varied])} were made and {failed or 'none'} "
        "failed; brackets after runs in 100 give the 95 % sampling interval."
    )
    for name in context.headlines():
        yield _reach(told, name)
    for name in [name for name in SPREADS if context.has(name)][:1]:
        middle = points[f"{name}_p50"]
        ends = f"{whole(middle.min())} to {whole(middle.max())}"
        yield f"Over the points the median of {context.words(name)} goes from {ends}."
    yield NOT


def _reach(told: Telling, name: str) -> str:
    """Where a probability is least and where it is largest, and along which lever it moves."""
    known = told.points[told.points[name].notna()]
    if known.empty:
        return f"P({told.context.words(name)}) is unknown: the runs failed."
    least, most = (known.loc[known[name].idxmin()], known.loc[known[name].idxmax()])
    text = f"P({told.context.words(name)}) goes, in runs of 100, from {_share(least, name)} to "
    text += f"{_share(most, name)}"
    numbers = [lever for lever in told.varied if told.ordered(lever)]
    numbers = numbers if known[name].nunique() > 1 else []
    moves = known[numbers].corrwith(known[name], method="spearman").dropna()
    if moves.empty:
        return f"{text} over the points."
    lever = str(moves.abs().idxmax())
    rank = f"rank correlation {number(round(moves[lever], 2))}"
    return f"{text} over the points; most closely it goes with {lever_words(lever)} ({rank})."


def _share(row: pd.Series, name: str) -> str:
    return rare.words(row[name], row[f"{name}_low"], row[f"{name}_high"], row["n"])


def cells(row: dict[str, object], names: list[str]) -> list[str]:
    """The values of further levers at a point."""
    return [value_label(row[name]) for name in names]  # type: ignore[arg-type]
