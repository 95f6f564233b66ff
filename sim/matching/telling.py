"""What a match says: which series rule out how much, and how the prior has narrowed."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from sim import RULES_VERSION
from sim.matching.match import Match
from sim.scenario.spec import Scenario


def by_series(found: Match) -> pd.DataFrame:
    """One row a series: its rows, and the share of vectors that it rules out by itself."""
    names = [one.row.series for one in found.targets]
    rows = []
    for name in dict.fromkeys(names):
        places = [place for place, other in enumerate(names) if other == name]
        worst = found.implausibility[:, places].max(axis=1)
        rows.append(
            {
                "series": name,
                "rows": len(places),
                "ruled_out": float(np.mean(worst >= found.limit)),
                "least": float(worst.min()),
                "median": float(np.median(worst)),
            }
        )
    return pd.DataFrame(rows)


def narrowed(found: Match) -> pd.DataFrame:
    """One row an uncertainty: P10, P50, P90 before and after, the most narrowed first."""
    before, after = (
        table.quantile([0.1, 0.5, 0.9]).T for table in (found.vectors, found.remaining)
    )
    table = pd.DataFrame({"uncertainty": before.index})
    for label, quantiles in (("wide", before), ("matched", after)):
        for share, name in ((0.1, "p10"), (0.5, "p50"), (0.9, "p90")):
            table[f"{label}_{name}"] = quantiles[share].to_numpy()
    width = (table["matched_p90"] - table["matched_p10"]) / (table["wide_p90"] - table["wide_p10"])
    return table.assign(width=width).sort_values("width", ignore_index=True)


def told(found: Match) -> str:
    """Both tables in words."""
    kept = int(found.kept.sum())
    lines = [f"{kept} of {len(found.vectors)} vectors are not ruled out (I < {found.limit:g})", ""]
    lines.append(f"{'series':<48} rows  ruled out   least  median implausibility")
    for row in by_series(found).itertuples():
        lines.append(
            f"{row.series:<48} {row.rows:>4}  {row.ruled_out:>9.0%}  {row.least:>6.2f}  "
            f"{row.median:>6.2f}"
        )
    if kept:
        lines += ["", f"{'uncertainty':<20} {'wide P10, P50, P90':<30} matched"]
        for row in narrowed(found).itertuples():
            wide = f"{row.wide_p10:.3g}, {row.wide_p50:.3g}, {row.wide_p90:.3g}"
            matched = f"{row.matched_p10:.3g}, {row.matched_p50:.3g}, {row.matched_p90:.3g}"
            lines.append(f"{row.uncertainty:<20} {wide:<30} {matched}")
    return "\n".join(lines)


def written(found: Match, scenario: Scenario, until: date, seed: int) -> str:
    """The set as a file: where it is from, then one row a vector that is not ruled out."""
    about = [
        f"until: {until}",
        f"History matching of the wide prior of {scenario.name} on its public record to {until}.",
        f"{int(found.kept.sum())} of {len(found.vectors)} vectors have implausibility under "
        f"{found.limit:g} for all {len(found.targets)} rows; seed {seed}, rules {RULES_VERSION}.",
        "Not a fit: a set that the record does not rule out. Judge it on later data only.",
    ]
    table: str = found.remaining.to_csv(index=False, lineterminator="\n", float_format="%.6g")
    return "".join(f"# {line}\n" for line in about) + table
