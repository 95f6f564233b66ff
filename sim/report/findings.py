"""README.md of a study: the question, the command, what was found in ten sentences, the figures."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from sim.report import articles, scattered, slices
from sim.report.check import against_record
from sim.report.context import Context
from sim.report.sentences import (
    headline,
    headlines_along,
    ledger,
    medians,
    pairs,
    runs_made,
    what_it_is_not,
    where_largest,
)
from sim.report.summary import markdown
from sim.report.telling import Telling
from sim.report.wording import command
from sim.scenario.spec import Scenario
from sim.study import files
from sim.study.store import Study

MEDIANS = ("sender_casualties", "days_to_restore")


class Asked(Protocol):
    """What was asked: the question, the words typed, and of which scenario."""

    @property
    def question(self) -> str:
        """The question, in words."""

    @property
    def typed(self) -> tuple[str, ...]:
        """The arguments of the command line."""

    @property
    def scenario(self) -> Scenario:
        """The scenario, which names the days to compare with the public record."""


def write_findings(study: Study, context: Context, asked: Asked, figures: Sequence[str]) -> Path:
    """Write README.md of the study: question, command, ten sentences, figures."""
    found = ten(study, context, asked.scenario)
    pictures = [
        f"![{Path(name).stem.replace('_', ' ')}](figures/{name})"
        for name in figures
        if name.endswith(".png")
    ]
    parts = [
        f"# {context.title}",
        asked.question.strip(),
        f"```\n{command(asked.typed)}\n```",
        "## What was found",
        "\n".join(f"{place}. {sentence}" for place, sentence in enumerate(found, 1)),
        *(f"{markdown(one)}\n\n{articles.READING}" for one in articles.tables(study, context)),
        "All estimates by point: [summary.csv](summary.csv); tables: [summary.md](summary.md).",
        "## Figures",
        *pictures,
        f"*{context.footer}*",
    ]
    path = study.folder / "README.md"
    files.write_text(path, "\n\n".join(parts) + "\n")
    return path


def ten(study: Study, context: Context, scenario: Scenario) -> list[str]:
    """Ten sentences, or as many as the scenario measures and the design allows.

    Each figure in them is read off the tables or the public record.
    """
    told = Telling(study.points, context)
    if slices.scattered(study.points, context):
        return list(scattered.sentences(told))
    if len(told.varied) > 1:
        first = [headlines_along(told, lever) for lever in told.varied[:2]]
        first.append(where_largest(told, context.headlines()[0]))
    else:
        first = [headline(told, name) for name in context.headlines()]
    return [
        runs_made(told),
        *first,
        pairs(told, study),
        *(medians(told, name) for name in _measured(context)),
        ledger(told),
        against_record(told, scenario.focus),
        what_it_is_not(),
    ]


def _measured(context: Context) -> list[str]:
    """Casualties and the time to restore, or the number of states at war where neither is there."""
    return [name for name in MEDIANS if context.has(name)] or ["belligerents"]
