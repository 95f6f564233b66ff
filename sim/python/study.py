"""A study in Python: its tables, figures and words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from sim.errors import nearest, usage_error
from sim.python import shown
from sim.python.plots import picture
from sim.python.questions import Story, because, replayed
from sim.python.shown import Picture
from sim.question.opened import Opened
from sim.question.opened import open_study as open_to_question
from sim.reopened import context_of, open_study
from sim.report.context import Context
from sim.report.lines import READING, tables
from sim.report.sentences import headline, headlines_along, runs_made
from sim.report.slices import at, reference, swept
from sim.report.telling import Telling
from sim.study import place, store
from sim.study.declared import Outcome


class Study:
    """A study on disk. Shows itself; its tables are pandas tables, read when first asked for.

    stored: the same as the modules of `sim.study` and `sim.report` take it.
    """

    def __init__(self, stored: store.Study) -> None:
        self.stored = stored

    @property
    def folder(self) -> Path:
        """Where it is."""
        return self.stored.folder

    @property
    def runs(self) -> pd.DataFrame:
        """One row a run: point, replicate, levers, outcomes."""
        return self.stored.runs

    @property
    def points(self) -> pd.DataFrame:
        """One row a point: estimates with 95 % intervals."""
        return self.stored.points

    @property
    def bands(self) -> pd.DataFrame:
        """Quantile bands of the weekly series."""
        return self.stored.bands

    @property
    def events(self) -> pd.DataFrame:
        """The ledger of the first replicates of each point: what happened, to whom, and why."""
        return self.stored.events

    @property
    def config(self) -> dict[str, Any]:
        """The frozen configuration."""
        return self.stored.config

    @cached_property
    def context(self) -> Context:
        """The declarations behind its tables: levers, outcomes, words."""
        return context_of(self.stored)

    def table(self, outcome: str, by: Sequence[str] | str = ()) -> pd.DataFrame:
        """Estimates of an outcome with intervals; shares in runs of 100, the rest in its unit.

        by: the levers to tell it by, all that vary when none is named. The others are held at the
        scenario's own values, which `.attrs["held"]` of the table names. Raises UsageError.
        """
        declared = self._outcome(outcome)
        varied = swept(self.points, self.context)
        levers = [by] if isinstance(by, str) else list(by) or varied
        for name in levers:
            self._lever(name)
        middle = reference(self.points, self.context)
        held = {name: middle[name] for name in varied if name not in levers}
        rows = at(self.points, held)
        scale = 100 if declared.kind == "probability" else 1
        found = rows[[*levers, "n"]].copy()
        found["in 100" if scale == 100 else f"mean, {declared.unit}"] = scale * rows[outcome]
        for end in ("low", "high"):
            found[end] = scale * rows[f"{outcome}_{end}"]
        for name, words in (("p10", "P10"), ("p50", "median"), ("p90", "P90")):
            if f"{outcome}_{name}" in rows:
                found[words] = rows[f"{outcome}_{name}"]
        if f"{outcome}_never" in rows:
            found["never, in 100"] = 100 * rows[f"{outcome}_never"]
        found.attrs["held"] = held
        return found.reset_index(drop=True)

    def plot(self, kind: str = "", outcome: str = "") -> Picture:
        """A figure of the study by its kind, of an outcome where the kind has several.

        Without a kind the first that applies. Raises UsageError that names the kinds there are.
        """
        return picture(self.stored, self.context, kind, outcome)

    def replay(self, run: int) -> Story:
        """A run again as Mesa agents, in sentences with a timeline; its row in `runs` names it."""
        return replayed(self._opened, run)

    def why(self, run: int | None = None, outcome: str | None = None) -> Story:
        """What led to the worst of a run; or what lay on the paths to an outcome, in all runs."""
        if (run is None) == (outcome is None):
            raise usage_error("either run=N or outcome=NAME", path="why")
        return because(self._opened, run, outcome)

    @cached_property
    def _opened(self) -> Opened:
        return open_to_question(str(self.folder))

    def _outcome(self, name: str) -> Outcome:
        known = {one.name: one for one in self.context.outcomes}
        if name in known:
            return known[name]
        near = nearest(name, known)
        hint = f"did you mean '{near}'?" if near else f"outcomes: {', '.join(known)}"
        raise usage_error(f"'{name}' is not an outcome of this study", path="outcome", hint=hint)

    def _lever(self, name: str) -> None:
        if name in self.context.levers:
            return
        near = nearest(name, self.context.levers)
        hint = f"did you mean '{near}'?" if near else f"levers: {', '.join(self.context.levers)}"
        raise usage_error(f"'{name}' is not a lever of this study", path="by", hint=hint)

    @property
    def _sentences(self) -> list[str]:
        """What was run, and the headlines."""
        told = Telling(self.points, self.context)
        if len(told.varied) > 1:
            found = [headlines_along(told, lever) for lever in told.varied[:2]]
        else:
            found = [headline(told, name) for name in self.context.headlines()]
        return [runs_made(told), *found]

    @property
    def _next(self) -> str:
        names = ".table(outcome), .plot(kind), .why(run), .replay(run), sim.compare(a, b)"
        return f"Saved in {self.folder}. Next: {names}, python -m sim explain NAME"

    def __repr__(self) -> str:
        """Sentences, tables, place and next steps."""
        return shown.page(
            [self.context.title, *self._sentences, *tables(self.points, self.context), READING,
             self.context.footer, self._next]
        )  # fmt: skip

    def _repr_markdown_(self) -> str:
        return shown.page(
            [f"**{self.context.title}**", *self._sentences, *tables(self.points, self.context),
             READING, f"*{self.context.footer}*", self._next]
        )  # fmt: skip

    def _repr_html_(self) -> str:
        return shown.html([
            f"<h3>{escape(self.context.title)}</h3>",
            *map(shown.paragraph, self._sentences),
            *map(shown.table, tables(self.points, self.context)),
            shown.paragraph(READING),
            self.plot()._repr_html_() if self.points["n"].any() else "",
            *map(shown.paragraph, [self.context.footer, self._next]),
        ])  # fmt: skip


def load(folder: str | Path = place.LATEST) -> Study:
    """The study in a folder, or the newest one (`"latest"`). Raises UsageError without one."""
    return Study(open_study(folder))
