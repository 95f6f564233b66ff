"""The program from Python and from notebooks: five verbs, and objects that show themselves."""

from __future__ import annotations

from sim.python.comparison import Comparison, compare
from sim.python.run import run
from sim.python.study import Study, load

__all__ = ["Comparison", "Study", "compare", "load", "run"]
