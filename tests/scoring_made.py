"""Hand-made ensembles, mappings and records for the tests of scoring."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from sim.scoring.ensemble import Ensemble
from sim.scoring.mapping import Error, Happening, Level, Mapping
from sim.scoring.record import COLUMNS, Row

START = date(2024, 1, 1)
SHARP = (Error(log_sd=0.0),)
MAPPING = Mapping(
    levels={
        "sent": Level(quantity="troops_sent", units=("persons",), errors=SHARP, source="test"),
        "weekly": Level(
            quantity="troops_sent", units=("persons",), change="week", errors=SHARP, source="test"
        ),
        "area": Level(
            quantity="area_held", units=("km2",), value="low", errors=SHARP, source="test",
            given_until=date(2024, 1, 10),
        ),
    },
    events={
        "event.first": Happening(kind="first departure", actor="ccc", source="test"),
        "event.step": Happening(kind="step up", actor="ccc", severity="sanctions", source="test"),
    },
    unmapped={"excused.*": "because of a wildcard", "excused.one": "because of its name"},
)  # fmt: skip


def ensemble(slopes=(1.0, 2.0, 3.0), samples=11) -> Ensemble:
    """Members whose troops grow by `slopes` a day and who hold 100 km2; weekly to day 70."""
    days = 7 * np.arange(samples)
    number = np.arange(len(slopes))
    lines = [
        (0, 5, "first departure", "C", 10.0),
        (0, 9, "first departure", "C", 10.0),
        (1, 20, "first departure", "C", 10.0),
        (1, 3, "first departure", "A", 10.0),
        (2, 30, "step up", "C", 1.0),
        (2, 40, "step up", "C", 2.0),
    ]
    columns = ["replicate", "day", "kind", "actor", "amount"]
    return Ensemble(
        start=START,
        seed=1,
        states={"aaa": "A", "bbb": "B", "ccc": "C"},
        members=number,
        days=days,
        paths={
            "troops_sent": np.outer(slopes, days),
            "area_held": np.full((len(slopes), samples), 100.0),
        },
        outcomes=pd.DataFrame(
            {"treaty_in_force_days": np.resize([10.0, np.nan, 30.0], len(slopes))}
        ),
        witnesses=number,
        ledger=pd.DataFrame(lines, columns=columns),
    )


def row(series, day, central, *, low=None, high=None, unit="persons", source="A", line=2) -> Row:
    low, high = central if low is None else low, central if high is None else high
    return Row(line, series, date.fromisoformat(day), low, central, high, unit, source)


def csv_file(folder: Path, *lines: str, header: str = ",".join(COLUMNS)) -> Path:
    """A record file with these lines."""
    file = folder / "record.csv"
    file.write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")
    return file
