"""Two studies compared, in Python."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path

import pandas as pd

from sim.comparison import compare as compare_sides
from sim.comparison.job import both, usual
from sim.comparison.picture import described, picture
from sim.comparison.sides import Side, value_in
from sim.comparison.tables import lines, tidy
from sim.comparison.words import READING, opening, sentences
from sim.errors import usage_error
from sim.python import shown
from sim.python.shown import Picture
from sim.python.study import Study, load
from sim.report.lines import Lines
from sim.study import store
from sim.study.declared import Value

Arm = Mapping[str, Value]


class Comparison:
    """What changes from A to B. Shows itself; `.table` holds every number."""

    def __init__(self, a: Side, b: Side, outcomes: Sequence[str] = ()) -> None:
        context = Study(a.study).context
        self._found = compare_sides(a, b, list(outcomes) or usual(context))
        self._context = both(self._found, context)

    @cached_property
    def table(self) -> pd.DataFrame:
        """Every number: a row for each point, outcome and statistic."""
        return tidy(self._found)

    @property
    def paired(self) -> bool:
        """Whether replicate r of A and of B are the same future."""
        return self._found.luck.shared

    @property
    def differing(self) -> list[str]:
        """Every other setting that differs."""
        return list(self._found.differing)

    def plot(self) -> Picture:
        """The differences with their intervals."""
        words = described(self._found, self._context)
        return Picture("differences", words, picture(self._found, self._context))

    @property
    def _parts(self) -> list[str | Lines]:
        return [
            "\n".join(f"- {line.strip()}" for line in opening(self._found)),
            *lines(self._found, self._context),
            "\n".join(f"- {one}" for one in sentences(self._found, self._context)),
            READING,
            self._context.footer,
        ]

    def __repr__(self) -> str:
        """What was compared, tables and sentences."""
        return shown.page(self._parts)

    def _repr_markdown_(self) -> str:
        return shown.page(self._parts)

    def _repr_html_(self) -> str:
        said = [*map(shown.paragraph, opening(self._found))]
        said += map(shown.table, lines(self._found, self._context))
        said += map(shown.paragraph, sentences(self._found, self._context))
        said += [self.plot()._repr_html_(), shown.paragraph(READING)]
        return shown.html([*said, shown.paragraph(self._context.footer)])


def compare(
    a: Study | str | Path, b: Study | str | Path | None = None, *, outcomes: Sequence[str] = (),
    **arms: tuple[Value, Value],
) -> Comparison:  # fmt: skip
    """Compare two studies, or two arms of one: `compare(s, **{"deployment.size": (0, 12000)})`.

    A lever with two values makes the arms of `a`; paired by replicate where the luck is shared.
    outcomes: names, or ["all"]. Raises UsageError.
    """
    first = _stored(a)
    if (b is None) == (not arms):
        hint = 'sim.compare(a, b), or sim.compare(a, **{"deployment.size": (0, 12000)})'
        raise usage_error(
            "compare needs two studies, or one and the two values of a lever", hint=hint
        )
    if b is not None:
        return Comparison(Side(first), Side(_stored(b)), outcomes)
    sides: list[dict[str, Value]] = [{}, {}]
    for lever, values in arms.items():
        if not isinstance(values, Sequence) or isinstance(values, str) or len(values) != 2:
            raise usage_error("two values are needed, A's and B's", path=lever, hint="(0, 12000)")
        for side, value in zip(sides, values):
            side[lever] = value_in(first, lever, str(value))
    return Comparison(Side(first, sides[0]), Side(first, sides[1]), outcomes)


def _stored(study: Study | str | Path) -> store.Study:
    return (study if isinstance(study, Study) else load(study)).stored
