"""The points of a study and where its sentences stand among them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from sim.report.context import Context
from sim.report.slices import along, at, main_lever, reference, swept, values_of
from sim.report.wording import lever_words, listed, value_label
from sim.study.declared import Value

NONE = 0


@dataclass(frozen=True)
class Telling:
    """What every sentence needs: the points and the declarations behind them."""

    points: pd.DataFrame
    context: Context

    @property
    def lever(self) -> str:
        """The lever that the study is told along."""
        return main_lever(self.points, self.context)

    @property
    def varied(self) -> list[str]:
        """The levers with more than one value."""
        return swept(self.points, self.context)

    @property
    def middle(self) -> dict[str, Value]:
        """Where each lever is held."""
        return reference(self.points, self.context)

    def line(self, lever: str) -> pd.DataFrame:
        """The points along a lever, the others held."""
        return along(self.points, self.context, lever)

    def ordered(self, lever: str) -> bool:
        """Whether the lever is a number."""
        return not self.context.levers[lever].choices

    def place(self, levers: Sequence[str]) -> str:
        """Where these levers are held, in words."""
        return listed([f"{lever_words(name)} {value_label(self.middle[name])}" for name in levers])

    def empty(self, values: Mapping[str, Value]) -> bool:
        """Whether the point with these values has no run that did not fail."""
        return not at(self.points, values)["n"].any()

    def compared(self, lever: str) -> tuple[Value, Value]:
        """Two values to compare: none and the scenario's own, else the first and the last."""
        values = values_of(self.points, self.context, lever)
        own = self.context.levers[lever].default
        return (NONE, own) if NONE in values and own in values[1:] else (values[0], values[-1])
