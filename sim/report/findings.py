"""What a study found, in ten sentences made from its tables, with the question and the command."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import pandas as pd

from sim.report.context import Context
from sim.report.slices import along, main_lever, reference
from sim.report.wording import in_100, lever_words, number, value_label
from sim.study import files
from sim.study.estimate import paired
from sim.study.store import Study


class Asked(Protocol):
    """What was asked: the question and the command."""

    @property
    def question(self) -> str:
        """The question, in words."""

    @property
    def command(self) -> str:
        """The command that regenerates everything."""


def write_findings(study: Study, context: Context, asked: Asked, figures: Sequence[str]) -> Path:
    """Write README.md of the study: question, command, ten sentences, figures."""
    sentences = [f"{place}. {text}" for place, text in enumerate(ten(study, context), 1)]
    pictures = [f"![{name.split('.')[0].replace('_', ' ')}](figures/{name})"
                for name in figures if name.endswith(".png")]  # fmt: skip
    parts = [
        f"# {context.title}",
        asked.question.strip(),
        f"```\n{asked.command}\n```",
        "## What was found",
        "\n".join(sentences),
        "All estimates by point: [summary.csv](summary.csv).",
        "## Figures",
        "\n\n".join(pictures),
        f"*{context.footer}*",
    ]
    path = study.folder / "README.md"
    files.write_text(path, "\n\n".join(parts) + "\n")
    return path


def ten(study: Study, context: Context) -> list[str]:
    """Ten sentences; each figure is read off the tables."""
    points = study.points
    lever = main_lever(points, context)
    line = along(points, context, lever)
    low, high = line.iloc[0], line.iloc[-1]
    span = f"{lever_words(lever)} from {value_label(low[lever])} to {value_label(high[lever])}"
    sentences = [
        f"{context.runs:,} runs of {len(points)} points were made; {int(points['failed'].sum())} "
        f"failed; unless said otherwise the other levers stand at {_held(points, context, lever)}."
    ]
    for name in context.headlines():
        sentences.append(
            f"P({context.words(name)}) goes from {_share(low, name)} to {_share(high, name)} in "
            f"100 over {span}."
        )
    sentences.append(_paired(study.runs, points, context, lever))
    for name in ("sender_casualties", "days_to_restore"):
        sentences.append(_spread(low, high, name, context, span))
    sentences.append(_largest(points, context))
    sentences.append(_compliance(high, context, lever))
    sentences.append(
        "The intervals are sampling error only; the spread between replicates holds chance and "
        "unknown parameters together, and neither says how wrong the model may be."
    )
    return sentences


def _held(points: pd.DataFrame, context: Context, lever: str) -> str:
    held = {k: v for k, v in reference(points, context).items() if k != lever}
    return ", ".join(f"{lever_words(name)} {value_label(value)}" for name, value in held.items())


def _share(row: pd.Series, name: str) -> str:
    return in_100(row[name], row[f"{name}_low"], row[f"{name}_high"])


def _paired(runs: pd.DataFrame, points: pd.DataFrame, context: Context, lever: str) -> str:
    held = {k: v for k, v in reference(points, context).items() if k != lever}
    values = along(points, context, lever)[lever].tolist()
    if len(values) < 2:
        return f"Only one value of {lever_words(lever)} was run, so nothing is compared."
    name = context.headlines()[-2] if len(context.headlines()) > 1 else context.headlines()[0]
    found = paired(runs, lever, values[0], values[-1], name, held)
    return (
        f"Replicate by replicate, {context.words(name)} changed by "
        f"{100 * found.mean:+.1f} in 100 ({100 * found.low:+.1f} to {100 * found.high:+.1f}) "
        f"between {value_label(values[0])} and {value_label(values[-1])}: it came in "
        f"{found.up} of {found.n} futures where it had not, and stayed away in {found.down}."
    )


def _spread(low: pd.Series, high: pd.Series, name: str, context: Context, span: str) -> str:
    words = context.words(name)
    parts = []
    for row in (low, high):
        p10, p50, p90 = (number(row[f"{name}_p{p}"]) for p in (10, 50, 90))
        parts.append(f"{p50} (P10-P90 {p10} to {p90})")
    text = f"The median of {words} goes from {parts[0]} to {parts[1]} over {span}"
    if f"{name}_never" in high.index:
        text += f"; it never happens in {100 * high[f'{name}_never']:.0f} of 100 runs of the last"
    return text + "."


def _largest(points: pd.DataFrame, context: Context) -> str:
    name = context.headlines()[0]
    worst = points.loc[points[name].idxmax()]
    place = ", ".join(f"{lever_words(one)} {value_label(worst[one])}" for one in context.levers)
    return f"P({context.words(name)}) is largest, {_share(worst, name)} in 100, at {place}."


def _compliance(row: pd.Series, context: Context, lever: str) -> str:
    names = ("called", "met", "late", "partial", "refused")
    counts = ", ".join(f"{row[f'obligations_{name}']:.1f} {name}" for name in names)
    return (
        f"At {lever_words(lever)} {value_label(row[lever])} a run holds on average {counts} "
        f"obligations and {row['voluntary_aid']:.1f} acts of voluntary aid before entry into force."
    )
