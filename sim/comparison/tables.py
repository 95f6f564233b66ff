"""A comparison as tables: for readers, and every number of it as a file."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan, nan

import pandas as pd

from sim.comparison.compare import Comparison
from sim.comparison.contrast import Contrast, Estimate
from sim.comparison.words import at_words, named, rows, told
from sim.report.context import Context
from sim.report.lines import Lines
from sim.report.wording import number, sentence_case

SHOWN = ("p10", "p50", "p90")


def lines(found: Comparison, context: Context) -> Iterator[Lines]:
    """A table of all outcomes at the only point, or one table of all points for each outcome."""
    if len(found.pairs) == 1:
        contrasts = found.pairs[0].contrasts
        yield Lines("What changes from A to B", ["", "", *HEADER], [
            [row.words, row.unit, number(row.a), number(row.b), told(row.apart), _higher(one)]
            for name, one in contrasts.items()
            for row in rows(name, one, found.kinds[name], context)
        ])  # fmt: skip
        spread = [row for n, c in contrasts.items() for row in _spread(named(n, context), c)]
        if spread:
            yield Lines("How the spread changes", ["", "", "B - A (95 %)"], spread)
        return
    for name, kind in found.kinds.items():
        table: dict[str, list[list[str]]] = {}
        for pair in found.pairs:
            one = pair.contrasts[name]
            for row in rows(name, one, kind, context):
                cells = [number(row.a), number(row.b), told(row.apart), _higher(one)]
                table.setdefault(f"{row.words}, {row.unit}", []).append([at_words(pair), *cells])
        for title, content in table.items():
            yield Lines(sentence_case(title), ["at", *HEADER], content)


HEADER = ["A", "B", "B - A (95 %)", "B higher, in 100"]


def _spread(words: str, one: Contrast) -> Iterator[list[str]]:
    """Differences of low, middle and high runs, and how far the distributions lie apart."""
    if one.quantiles:
        yield from ([words, name.upper(), told(one.quantiles[name])] for name in SHOWN)
        yield [words, "Wasserstein distance", number(one.distance)]


def _higher(one: Contrast) -> str:
    """How often B is higher, equal ones counting half."""
    return "–" if isnan(one.higher.value) else f"{100 * one.higher.value:.0f}"


def tidy(found: Comparison) -> pd.DataFrame:
    """Every number: a row for each point, outcome and statistic."""
    content = [
        {**pair.at, "outcome": name, **line}
        for pair in found.pairs
        for name, one in pair.contrasts.items()
        for line in _statistics(one)
    ]
    return pd.DataFrame(content)


def _statistics(one: Contrast) -> Iterator[dict[str, object]]:
    runs = {"n_a": one.n_a, "n_b": one.n_b}
    estimates: dict[str, Estimate | None] = {"share": one.share, "mean": one.mean}
    sides = {"share": (one.came_a, one.came_b), "mean": (one.a, one.b)}
    estimates |= {**one.quantiles, "higher": one.higher}
    estimates |= {"wasserstein": Estimate(one.distance, nan, nan)}
    estimates |= {"variance_saved": Estimate(one.saved, nan, nan)}
    for name, estimate in estimates.items():
        if estimate is not None and not isnan(estimate.value):
            a, b = sides.get(name, (nan, nan))
            ends = {"value": estimate.value, "low": estimate.low, "high": estimate.high}
            yield {**runs, "statistic": name, "a": a, "b": b, **ends}
    if one.futures is not None:
        for name in ("both", "only_a", "only_b", "neither"):
            yield {**runs, "statistic": f"futures_{name}", "value": getattr(one.futures, name)}
