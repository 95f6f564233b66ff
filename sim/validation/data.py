"""The small published tables in configs/data; sources in its README.md."""

from __future__ import annotations

import pandas as pd

from sim.scenario.places import CONFIGS


def read(name: str) -> pd.DataFrame:
    """A table of `configs/data` by the name of its CSV file."""
    return pd.read_csv(CONFIGS / "data" / f"{name}.csv")
