"""Scores over many rows: coverage and skill, by series and in all."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sim.scoring.scores import NULLS, skill

LEVELS = {"cover50": "in50", "cover90": "in90"}


def by_series(scores: pd.DataFrame) -> pd.DataFrame:
    """One row a series, given rows left out: rows, coverage, mean scores, skill of the mean CRPS.

    Skill compares the mean CRPS of the rows for which the null model has something to go by.
    """
    fair = scores[~scores["given"].astype(bool)]
    rows = [_series(str(name), rows) for name, rows in fair.groupby("series", sort=True)]
    return pd.DataFrame(rows, columns=COLUMNS)


COLUMNS = ["series", "kind", "rows", *LEVELS, "pit", "crps", "interval_score", *NULLS]


def _series(name: str, rows: pd.DataFrame) -> dict[str, object]:
    found: dict[str, object] = {"series": name, "kind": rows["kind"].iloc[0], "rows": len(rows)}
    found |= {column: float(rows[flag].mean()) for column, flag in LEVELS.items()}
    found |= {column: float(rows[column].mean()) for column in ("pit", "crps", "interval_score")}
    for null in NULLS:
        both = rows[rows[f"crps_{null}"].notna()]
        ours, theirs = both["crps"].mean(), both[f"crps_{null}"].mean()
        found[null] = skill(float(ours), float(theirs)) if len(both) else float("nan")
    return found


def overall(scores: pd.DataFrame) -> dict[str, float]:
    """rows, coverage over rows, and for each null model the mean skill over series.

    `NULL_series`: series in the mean; `NULL_median`: median skill over them.
    """
    fair = scores[~scores["given"].astype(bool)]
    found = {"rows": float(len(fair)), "given": float(len(scores) - len(fair))}
    found |= {
        column: float(fair[flag].mean()) if len(fair) else float("nan")
        for column, flag in LEVELS.items()
    }
    table = by_series(scores)
    for null in NULLS:
        skills = table[null].dropna().to_numpy(dtype=float)
        found[null] = float(np.mean(skills)) if len(skills) else float("nan")
        found[f"{null}_median"] = float(np.median(skills)) if len(skills) else float("nan")
        found[f"{null}_series"] = float(len(skills))
    return found
