"""summary.csv and summary.md: the estimates for spreadsheets and for readers."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sim.report.context import Context
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
    """The points, every number to five significant figures, unknown ones empty."""
    rounded = points.copy()
    for name in rounded.select_dtypes("float"):
        rounded[name] = [float(f"{value:.{FIGURES}g}") for value in rounded[name]]
    text: str = rounded.to_csv(index=False, lineterminator="\n")
    return text


def summary_text(study: Study, context: Context) -> str:
    """Tables along each lever that varies, how to read them, and what they are not."""
    done = f"{context.runs:,} runs, {int(study.points['failed'].sum()):,} failed"
    parts = [f"# {context.title}", f"{done}, seed {context.seed}, study {context.digest[:8]}."]
    parts += [markdown(lines) for lines in tables(study.points, context)]
    parts += [markdown(lines) for lines in effects_lines(study, context)]
    parts += [READING.replace("reading:", "Reading:"), f"*{context.footer}*"]
    return "\n\n".join(parts) + "\n"


def markdown(lines: Lines) -> str:
    """A table in Markdown under its title."""
    rule = ["---"] + ["---:"] * (len(lines.header) - 1)
    rows = [lines.header, rule, *lines.rows]
    table = [f"| {' | '.join(row)} |" for row in rows]
    notes = [part for note in lines.notes for part in ("", note)]
    return "\n".join([f"## {lines.title}", "", *table, *notes])
