"""The verification tests: closed forms, exact values and relations that any honest world keeps."""

from __future__ import annotations

VT = {
    number: f"VT-{number} {title}"
    for number, title in enumerate(
        (
            "square law",
            "linear law",
            "mixed law",
            "logarithmic law",
            "Helmbold's family",
            "reinforcement",
            "stochastic square law",
            "stochastic linear law",
            "mean of the daily step",
            "salvo",
            "arms race",
            "arrivals",
            "competing risks",
            "walks on ladders",
            "cascades of alliances",
            "immigration and death",
            "belief",
            "bargaining",
            "front",
            "conservation",
            "metamorphic relations",
            "dummy input",
            "streams of luck",
            "same bytes",
            "length of the step",
            "CRPS",
        ),
        1,
    )
}
"""Target of the rows of each verification test, by its number."""
