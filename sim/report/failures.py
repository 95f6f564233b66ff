"""Runs that failed: the error of each, and the command that runs it alone."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields

from sim.report.context import Context
from sim.report.wording import command
from sim.study import files
from sim.study.designs import SIZES
from sim.study.store import Study

MOST = 1000
NAME = "failed.csv"
OF_ALL = ("replicates", "replicate", "title", "question", "design", *SIZES)
"""Settings that one run alone does without."""


@dataclass(frozen=True)
class Failure:
    """A run that failed."""

    point: int
    replicate: int
    error: str
    command: str


def write_failures(study: Study, context: Context, typed: Sequence[str]) -> list[Failure]:
    """Write failed.csv of the first 1,000 runs that failed, where there are any."""
    found = list(failures(study, context, typed))
    path = study.folder / NAME
    if not found:
        path.unlink(missing_ok=True)
        return found
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(field.name for field in fields(Failure))
    rows.writerows(map(astuple, found))
    files.write_text(path, text.getvalue())
    return found


def failures(study: Study, context: Context, typed: Sequence[str]) -> Iterator[Failure]:
    """The first runs that failed, in the order of the runs."""
    words = command(typed, *context.levers, *OF_ALL)
    for row in study.failed_runs(list(context.levers), MOST).to_dict("records"):
        levers = " ".join(f"{name}={row[name]}" for name in context.levers)
        alone = f"{words} {levers} replicate={row['replicate']}"
        yield Failure(row["point"], row["replicate"], row["error"], alone)
