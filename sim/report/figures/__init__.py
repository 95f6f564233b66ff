"""Figures of a study: pure functions from its tables, drawn where they apply."""

from __future__ import annotations

from pathlib import Path

from sim.report.context import Context
from sim.report.figures import (
    dots,
    ecdf,
    effects,
    endings,
    entries,
    fan,
    heatmap,
    ladder,
    rows,
    scatter,
)
from sim.report.figures.style import save
from sim.report.slices import scattered
from sim.study.store import Study

FAMILIES = (
    heatmap.figures,
    ecdf.figures,
    endings.figures,
    dots.figures,
    fan.figures,
    ladder.figures,
    rows.figures,
    entries.figures,
    effects.figures,
)
WITHOUT_A_GRID = (scatter.figures, effects.figures)
"""What can be drawn where no lever can be followed alone."""


def draw_all(study: Study, context: Context, folder: Path | None = None) -> list[Path]:
    """Draw every figure that applies to the study, as PNG and SVG, and name the files.

    A study in which every run failed has none. They go to ``folder``, or to ``figures`` in the
    study's own folder.
    """
    if not study.points["n"].any():
        return []
    home = folder or study.folder / "figures"
    families = WITHOUT_A_GRID if scattered(study.points, context) else FAMILIES
    return [
        path
        for family in families
        for name, figure in family(study, context)
        for path in save(figure, home, name)
    ]
