"""How much of the spread of an outcome is chance, and how much parameters that nobody knows."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan, sqrt

import numpy as np

from sim.report.context import Context
from sim.report.lines import BELLIGERENTS, CASUALTIES, RESTORED, Lines
from sim.report.slices import reference, swept
from sim.report.wording import held_words, number
from sim.study.spread import Spread, spread
from sim.study.store import Study

HEADER = ["", "sd", "unknown parameters, % of the variance", "chance, %"]
READING = (
    "Replicates with the same set of parameters differ by chance alone. Chance stays however much "
    "is known; the other part would shrink if the parameters were known better. Neither holds what "
    "the model leaves out. All other intervals of this study take its sets of parameters as given."
)


def tables(study: Study, context: Context) -> Iterator[Lines]:
    """The two parts for each headline outcome at the reference point, where sets are repeated."""
    prior = study.config.get("prior")
    sets = int(prior.get("vectors", 0)) if isinstance(prior, dict) else 0
    if not sets or study.manifest["replicates"] < 2 * sets:
        return
    where = reference(study.points, context)
    runs = study.runs_at(where, [name for name, _, _ in _outcomes(context)])
    place = runs["replicate"].to_numpy() % sets
    rows = []
    for name, words, timed in _outcomes(context):
        values = runs[name].to_numpy(dtype=float)
        values = ~np.isnan(values) * 1.0 if timed else values
        rows.append(_row(words, spread(values, place)))
    held = held_words({name: where[name] for name in swept(study.points, context)})
    title = f"Chance and unknown parameters {held}".strip()
    yield Lines(f"{title} ({sets:,} sets of parameters)", HEADER, rows)


def _outcomes(context: Context) -> Iterator[tuple[str, str, bool]]:
    """Name, words, and whether it is a time, of which the table asks only whether it comes."""
    for name in context.headlines():
        yield name, context.words(name), False
    for name in (CASUALTIES, BELLIGERENTS):
        if context.has(name):
            yield name, context.words(name), False
    if context.has(RESTORED):
        yield RESTORED, f"{context.words(RESTORED)}: comes", True


def _row(words: str, one: Spread) -> list[str]:
    if isnan(one.share):
        return [words, "–", "nothing varies", "–"]
    ends = "" if isnan(one.low) else f" ({100 * one.low:.0f}–{100 * one.high:.0f})"
    part = f"{100 * one.share:.0f}"
    sd = number(sqrt(one.parameters + one.chance))
    return [words, sd, part + ends, f"{100 * (1 - one.share):.0f}"]
