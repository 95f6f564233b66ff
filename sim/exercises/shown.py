"""What an exercise says back: notes and results that show themselves, also in Jupyter."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from matplotlib.figure import Figure

from sim.exercises.figure import svg


@dataclass(frozen=True)
class Note:
    """A message; false when something is still to be done."""

    text: str
    fine: bool = True

    def __bool__(self) -> bool:
        """Whether all is fine."""
        return self.fine

    def __repr__(self) -> str:
        """The message itself."""
        return self.text

    def _repr_html_(self) -> str:
        return f"<pre style='white-space:pre-wrap'>{escape(self.text)}</pre>"


@dataclass(frozen=True, repr=False)
class Result(Note):
    """What the runs gave: words, and the prediction drawn over them."""

    figure: Figure | None = None

    def _repr_html_(self) -> str:
        drawn = "" if self.figure is None else svg(self.figure, self.text)
        return super()._repr_html_() + drawn
