"""effects.csv: which axes of a design for sensitivity move which outcomes, and how surely."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from sim.report.context import Context
from sim.report.lines import Lines
from sim.report.wording import in_100, lever_words, number
from sim.study import designs, files
from sim.study.designs import frozen, sensitivity
from sim.study.store import Study

EFFECTS = "effects.csv"
TITLES = {
    "mu_star": "Elementary effects (Morris): runs in 100 moved over a whole axis, either way, with "
    "95 % interval; s: their spread",
    "first": "Shares of variance (Saltelli), in 100: of the axis alone, and with its interactions",
}


def write_effects(study: Study, context: Context) -> Path | None:
    """Write effects.csv of a design for sensitivity; None for another design."""
    design = designs.DESIGNS[study.config.get("design", {}).get("kind", "grid")]
    if design.analyse is None:
        return None
    sample = frozen.sample_of(study.folder)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # SALib divides by a variance that may be 0
        found = sensitivity.effects(
            design.analyse, sample, study.points, context.outcomes, context.seed
        )
    files.write_text(study.folder / EFFECTS, found.to_csv(index=False, lineterminator="\n"))
    return study.folder / EFFECTS


def effects_of(study: Study) -> pd.DataFrame:
    """The effects of a study, empty where it has none."""
    file = study.folder / EFFECTS
    return pd.read_csv(file) if file.is_file() and file.stat().st_size > 1 else pd.DataFrame()


def measure_of(effects: pd.DataFrame) -> str:
    """The column by which axes are ranked: mu_star of Morris, total of Saltelli."""
    return "mu_star" if "mu_star" in effects else "total"


def ranked(effects: pd.DataFrame, outcomes: list[str]) -> list[str]:
    """The axes, the one that moves the outcomes most in front."""
    chosen = effects[effects["outcome"].isin(outcomes)]
    largest = chosen.groupby("lever", sort=False)[measure_of(effects)].max()
    return list(largest.sort_values(ascending=False, kind="stable").index)


def effects_lines(study: Study, context: Context) -> Iterator[Lines]:
    """A table of the axes by their effects on the headline probabilities."""
    found = effects_of(study)
    outcomes = [one for one in context.headlines() if len(found) and one in set(found["outcome"])]
    if not outcomes:
        return
    title = TITLES["mu_star" if "mu_star" in found else "first"]
    table = found.set_index(["lever", "outcome"])
    rows = [
        [lever_words(axis), *(_cell(table.loc[(axis, one)]) for one in outcomes)]
        for axis in ranked(found, outcomes)
    ]
    yield Lines(title, ["axis", *(context.words(one) for one in outcomes)], rows)


def _cell(row: pd.Series) -> str:
    if "mu_star" in row:
        size = in_100(row["mu_star"], row["mu_star_low"], row["mu_star_high"])
        return f"{size} s {number(100 * row['sigma'])}"
    parts = [f"{100 * row[one]:.0f} ±{100 * (row[one] - row[f'{one}_low']):.0f}" for one in PARTS]
    return " / ".join(parts)


PARTS = ("first", "total")
