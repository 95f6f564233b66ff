"""Figures of a study: pure functions from its tables, drawn where they apply."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from sim.report.context import Context
from sim.report.figures import (
    differences,
    dots,
    ecdf,
    effects,
    endings,
    entries,
    fan,
    heatmap,
    incidence,
    ladder,
    ridges,
    rows,
    scatter,
    sequences,
)
from sim.report.figures.style import save
from sim.report.figures.words import Beside, beside
from sim.report.slices import scattered
from sim.study import files
from sim.study.store import Study

BESIDE = "alt.json"
"""Beside the figures: for each its alternative text and its numbers."""

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
    incidence.figures,
    differences.figures,
    sequences.figures,
    ridges.figures,
)
WITHOUT_A_GRID = (scatter.figures, effects.figures)
"""What can be drawn where no lever can be followed alone."""


def draw_all(study: Study, context: Context, folder: Path | None = None) -> list[Path]:
    """Draw every figure that applies to the study, as PNG and SVG, and name the files.

    A study in which every run failed has none. They go to ``folder``, or to ``figures`` in the
    study's own folder; the words beside them go to alt.json there.
    """
    if not study.points["n"].any():
        return []
    home = folder or study.folder / "figures"
    families = WITHOUT_A_GRID if scattered(study.points, context) else FAMILIES
    written: list[Path] = []
    words: dict[str, Beside] = {}
    for family in families:
        for name, figure in family(study, context):
            written += save(figure, home, name)
            words[name] = beside(study, context, name)
    _write_words(home / BESIDE, words)
    return written


def _write_words(path: Path, words: Mapping[str, Beside]) -> None:
    told = {name: asdict(one) for name, one in words.items()}
    files.write_text(path, json.dumps(told, indent=1, ensure_ascii=False) + "\n")
