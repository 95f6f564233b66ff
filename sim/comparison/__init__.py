"""Two studies, or two arms of one, future by future where both had the same luck."""

from __future__ import annotations

from sim.comparison.compare import Comparison, Pair, compare
from sim.comparison.contrast import Contrast, Estimate, Futures, contrast
from sim.comparison.sides import Side

__all__ = ["Comparison", "Contrast", "Estimate", "Futures", "Pair", "Side", "compare", "contrast"]
