"""Validation: published numbers and closed forms beside what the project's own rules give.

One module for each family of targets, each with a function `rows()`.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from sim.validation.row import Row
from sim.validation.tables import counts, markdown, table

__all__ = ["FAMILIES", "Row", "counts", "failures", "laws_of", "markdown", "run_all", "table"]

FAMILIES = (
    "alliances",
    "leeds_anac",
    "battles",
    "ardennes",
    "iwo_jima",
    "cdb90",
    "attrition",
    "duels",
    "daily_step",
    "arms_race",
    "ladders",
    "stocks",
    "cascades",
    "ground",
    "belligerents",
    "elsewhere",
    "synthetic_world",
)
"""Modules of this package, in the order of the table."""


def run_all() -> list[Row]:
    """Every row of every family: about two minutes, once the rules are compiled."""
    modules = [import_module(f"{__name__}.{family}") for family in FAMILIES]
    return [row for module in modules for row in module.rows()]


def laws_of(battles: str) -> list[Row]:
    """Rows of the four laws of combat on a CSV file of battles (EV-4)."""
    from sim.validation.battles import rows_of

    return rows_of(Path(battles))


def failures(rows: Sequence[Row]) -> list[Row]:
    """Rows that should come out and do not."""
    return [row for row in rows if row.verdict == "FAILS"]
