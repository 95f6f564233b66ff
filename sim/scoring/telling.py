"""score.md and the lines on the terminal: what was scored, how well, and what was left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from sim.scoring.record import Row
from sim.scoring.scores import NULLS, Block
from sim.scoring.verdict import by_series, overall

LEFT = {
    "unmapped": "Unmapped: series that the mapping does not know",
    "excused": "Not mapped, and why",
    "omitted": "Rows that are not what their series says",
    "unit": "Rows in a unit that the mapping does not know",
    "repeated": "Later mentions of the same event",
    "beyond": "Beyond the study's horizon",
    "before": "Before the study's start",
}
NULL_WORDS = {
    "persistence": "persistence",
    "constant_rate": "constant rate",
    "no_treaty": "no treaty",
}
HOW = """\
How to read it. Each row compares what a source said with the distribution of what the model's
runs would have made it say: value x the source's bias x a log-normal error, by the mapping.
Skill is 1 - CRPS / CRPS of a null model: above zero better, below zero worse; '-' where the null
model has no past value to go by, zero against 'no treaty' where the treaty moves nothing. Mean
skill is over series. Persistence and constant rate see the record before the block, and so know
each source's own bias; the model sees none of it unless fitted to it. Rows of one series hang
together and series overlap, so that coverage has fewer independent parts than rows. Events that
did not happen are in no record: the scores of events hold for those that did. Rows that the
scenario was given are listed in score.csv and enter nothing here."""
FITTED = """\
Fitted to the record before the block: only the runs that are nearest to the rows before it stay,
and each source's lasting error is learned from its rows before it, run by run. The model without a
treaty is fitted in the same way."""


@dataclass(frozen=True)
class Scored:
    """All that a score has found."""

    scores: pd.DataFrame
    left: Sequence[tuple[Row, str, str]]
    block: Block
    outside: int
    about: Mapping[str, str]
    fitted: bool = False


def report(scored: Scored, footer: str) -> str:
    """score.md."""
    parts = ["# Score against the public record", _about(scored), verdict(scored)]
    if len(scored.scores):
        fitted = [FITTED] if scored.fitted else []
        parts += ["## By series", _table(scored), HOW, *fitted, "![calibration](calibration.png)"]
    parts += ["## Left out", f"{scored.outside} rows lie outside the block.", *_left(scored)]
    return "\n\n".join([*parts, f"*{footer}*"]) + "\n"


def verdict(scored: Scored) -> str:
    """Coverage and mean skill in three lines."""
    found = overall(scored.scores)
    if not found["rows"]:
        return f"No row to score; {len(scored.left)} rows cannot be, {scored.outside} lie outside."
    rows = int(found["rows"])
    lines = [
        f"{rows} rows: the 50 % interval covers {found['cover50']:.0%}, "
        f"the 90 % interval {found['cover90']:.0%}."
    ]
    for null in NULLS:
        series = int(found[f"{null}_series"])
        said = f"Skill against {NULL_WORDS[null]}: "
        if series:
            said += f"mean {found[null]:+.2f}, median {found[f'{null}_median']:+.2f}"
        lines.append(f"{said if series else said + 'none'} over {series} series.")
    given, unknown = int(found["given"]), _count(scored, "unmapped")
    lines.append(f"{given} rows were given to the model; {unknown} rows are of unknown series.")
    return "\n".join(lines)


def _count(scored: Scored, why: str) -> int:
    return sum(found == why for _, found, _ in scored.left)


def _about(scored: Scored) -> str:
    block = f"Block: {scored.block.first} to {scored.block.last}"
    return "\n".join([f"- {name}: {text}" for name, text in scored.about.items()] + [f"- {block}"])


def table_rows(scored: Scored) -> list[list[str]]:
    """Header and one line a series."""
    header = ["series", "rows", "in 50 %", "in 90 %", "mean PIT", "CRPS", "interval score"]
    header += [f"skill: {word}" for word in NULL_WORDS.values()]
    lines = [header]
    for row in by_series(scored.scores).to_dict("records"):
        cells = [str(row["series"]), str(row["rows"])]
        cells += [f"{row[name]:.0%}" for name in ("cover50", "cover90")]
        cells += [f"{row['pit']:.2f}", f"{row['crps']:.3g}", f"{row['interval_score']:.3g}"]
        lines.append(cells + [_skill(row[null]) for null in NULLS])
    return lines


def _skill(value: float) -> str:
    return "-" if value != value else f"{value:+.2f}"


def _table(scored: Scored) -> str:
    header, *rows = table_rows(scored)
    rule = ["---"] + ["---:"] * (len(header) - 1)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, rule, *rows))


def _left(scored: Scored) -> list[str]:
    """Each kind of row that could not be scored: series, number of rows, reason."""
    parts = []
    for why, title in LEFT.items():
        counts: dict[tuple[str, str], int] = {}
        for row, found, detail in scored.left:
            if found == why:
                counts[row.series, detail] = counts.get((row.series, detail), 0) + 1
        if counts:
            total = sum(counts.values())
            lines = [
                f"- `{series}` ({count}): {detail}" for (series, detail), count in counts.items()
            ]
            parts.append("\n".join([f"**{title}** ({total} rows)", "", *lines]))
    return parts
