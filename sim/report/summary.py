"""summary.csv and summary.md: the estimates for spreadsheets and for readers."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sim.report import articles, spreads
from sim.report.context import Context, failed_words
from sim.report.effects import effects_lines
from sim.report.lines import READING, Lines, tables
from sim.study import files
from sim.study.store import Study

FIGURES = 5


def write_summary(study: Study, context: Context) -> list[Path]:
    """Write both files into the study's folder and name them."""
    table, text = study.folder / "summary.csv", study.folder / "summary.md"
    files.write_text(table, summary_csv(study.points))
    files.write_text(text, summary_text(study, context))
    return [table, text]


def summary_csv(points: pd.DataFrame) -> str:
    """The points, every number to five significant figures, unknown ones empty.

    Where any run failed, the share of each point's runs that did stands beside their number.
    """
    rounded = points.copy()
    if points["failed"].any():
        share = points["failed"] / (points["failed"] + points["n"])
        rounded.insert(points.columns.get_loc("failed") + 1, "failed_share", share)
    for name in rounded.select_dtypes("float"):
        rounded[name] = [float(f"{value:.{FIGURES}g}") for value in rounded[name]]
    text: str = rounded.to_csv(index=False, lineterminator="\n")
    return text


def summary_text(study: Study, context: Context) -> str:
    """Tables along each lever that varies, how to read them, and what they are not."""
    failed = int(study.points["failed"].sum())
    done = failed_words(failed, context.runs) or f"{context.runs:,} runs, 0 failed"
    parts = [f"# {context.title}", f"{done}, seed {context.seed}, study {context.digest[:8]}."]
    parts += [markdown(lines) for lines in tables(study.points, context)]
    parts += [markdown(lines) for lines in effects_lines(study, context)]
    for lines in articles.tables(study, context):
        parts += [markdown(lines), articles.READING]
    for lines in spreads.tables(study, context):
        parts += [markdown(lines), spreads.READING]
    parts += [READING.replace("reading:", "Reading:"), f"*{context.footer}*"]
    return "\n\n".join(parts) + "\n"


def markdown(lines: Lines) -> str:
    """A table in Markdown under its title."""
    rule = ["---"] + ["---:"] * (len(lines.header) - 1)
    rows = [lines.header, rule, *lines.rows]
    table = [f"| {' | '.join(row)} |" for row in rows]
    notes = [part for note in lines.notes for part in ("", note)]
    return "\n".join([f"## {lines.title}", "", *table, *notes])
