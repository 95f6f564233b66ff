"""The public record's points for a weekly series, named by who reported them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from sim.report.context import Context

REPORTERS = {
    "ROK": "South Korea",
    "Zelensky": "Ukraine",
    "Syrskyi": "Ukraine",
    "General Staff": "Ukraine",
    "HUR": "Ukraine",
    "US ": "United States",
    "White House": "United States",
    "Western officials": "Western officials",
    "UK MoD": "United Kingdom",
    "Russian MoD": "Russia",
    "DeepState": "DeepState map",
}
HELD_WITH_GREY = "deepstate"


def record_points(context: Context, series: str) -> pd.DataFrame:
    """Rows date, low, central, high, reporter of the record up to the cut-off, by date.

    A map's low is what is held and its high adds the grey zone; the model's area is what is
    held, so that the point of such a row is its low end.
    """
    columns = ["date", "low", "central", "high", "reporter"]
    if context.record is None:
        return pd.DataFrame(columns=columns)
    names: Sequence[str] = context.against.get(series, ())
    chosen = context.record[context.record["series"].str.startswith(tuple(names) or ("\0",))]
    points = chosen.assign(date=pd.to_datetime(chosen["date"]))
    points = points[points["date"] <= pd.Timestamp(context.cutoff)].sort_values(
        "date", kind="stable"
    )
    grey = points["series"].str.endswith(HELD_WITH_GREY)
    points["central"] = points["central"].where(~grey, points["low"])
    points["reporter"] = [reporter(text) for text in points["source"]]
    points.loc[grey, "reporter"] = "DeepState map, high with grey zone"
    return points[columns].reset_index(drop=True)


def reporter(source: str) -> str:
    """Who reported a figure, by the first name that its source mentions.

    >>> reporter("ROK NIS: at least 100 killed"), reporter("A newspaper [range:none]")
    ('South Korea', 'A newspaper')
    >>> reporter("ROK JCS 1,100 against Zelensky 3,000")
    'South Korea to Ukraine, low to high'
    """
    if " against " in source:
        low, high = source.split(" against ", 1)
        return f"{reporter(low)} to {reporter(high)}, low to high"
    found = {source.find(name): who for name, who in REPORTERS.items() if name in source}
    return found[min(found)] if found else source.split(" [")[0].split(":")[0]
