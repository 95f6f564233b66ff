"""What happened in counts of 100: an icon array for each headline, at a few points."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sim.report.context import Context
from sim.report.slices import along, main_lever, reference, spread, swept, values_of
from sim.report.wording import held_words, in_100, lever_words, sentence_case, value_label
from sim.study.store import Study

MOST = 3


@dataclass(frozen=True)
class Hundred:
    """A hundred futures: in how many it happened, and up to how many by the interval."""

    where: str
    text: str
    happened: int
    at_most: int


@dataclass(frozen=True)
class Headline:
    """One outcome in plain words, a hundred futures for each place."""

    words: str
    hundreds: list[Hundred]


def headlines(study: Study, context: Context) -> tuple[list[Headline], str]:
    """The headline probabilities at up to three values of the main lever, and what is held."""
    points, lever = study.points, main_lever(study.points, context)
    held = reference(points, context)
    chosen = spread(values_of(points, context, lever), MOST, held[lever])
    line = along(points, context, lever)
    rows = [row for row in line.to_dict("records") if row[lever] in chosen]
    found = [
        Headline(
            sentence_case(context.words(name)),
            [_hundred(f"{lever_words(lever)} {value_label(row[lever])}", row, name)
             for row in rows],
        )
        for name in context.headlines()
    ]  # fmt: skip
    others = {name: held[name] for name in swept(points, context) if name != lever}
    return found, held_words(others)


def _hundred(where: str, row: dict[str, float], name: str) -> Hundred:
    share, low, high = (row[column] for column in (name, f"{name}_low", f"{name}_high"))
    if math.isnan(share):
        return Hundred(where, "no run", 0, 0)
    return Hundred(where, in_100(share, low, high), round(100 * share), math.ceil(100 * high))
