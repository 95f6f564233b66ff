"""The public record of a scenario: rows to draw over the model's series."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import yaml

from sim.scenario.places import CONFIGS
from sim.scenario.spec import Scenario


def overlay(scenario: Scenario) -> tuple[pd.DataFrame | None, Mapping[str, tuple[str, ...]]]:
    """The record's rows up to the scenario's cut-off, and which belong over which series."""
    if scenario.record is None:
        return None, {}
    folder = CONFIGS / "record" / scenario.record
    rows = pd.read_csv(folder / "public_record.csv")
    rows = rows[rows["date"] <= scenario.cutoff.isoformat()]
    mapping = yaml.safe_load((folder / "overlay.yaml").read_text(encoding="utf-8"))
    for row in mapping["omit"]:
        rows = rows[(rows["series"] != row["series"]) | (rows["date"] != str(row["date"]))]
    return rows, {series: tuple(prefixes) for series, prefixes in mapping["over"].items()}
