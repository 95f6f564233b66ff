"""A study on disk, opened to be questioned: its scenario, its rules checked, its runs by number."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd
import yaml
from pydantic import ValidationError

from sim import RULES_VERSION, reopened
from sim.blueprint import Blueprint, draft
from sim.designed import variable
from sim.errors import usage_error
from sim.job import frozen_prior, words
from sim.outcomes import OUTCOMES, SERIES
from sim.scenario.levers import Lever
from sim.scenario.spec import Scenario
from sim.sources_hash import rules_hash
from sim.study.declared import Value
from sim.study.manifest import digest_of
from sim.study.plan import Plan
from sim.study.store import Study


@dataclass(frozen=True)
class Run:
    """One run of a study: its number, its place in the design and what was stored of it."""

    number: int
    point: int
    replicate: int
    levers: dict[str, Value]
    outcomes: dict[str, float]
    error: str


@dataclass(frozen=True)
class Opened:
    """A study and the first morning of its scenario, under the very rules that ran it."""

    study: Study
    blueprint: Blueprint

    @property
    def seed(self) -> int:
        """Seed of the study."""
        return int(self.study.manifest["seed"])

    @property
    def points(self) -> int:
        """Number of points of the design."""
        return int(self.study.manifest["points"])

    @property
    def first(self) -> int:
        """Number of the first replicate."""
        return int(self.study.manifest["first_replicate"])

    @cached_property
    def levers(self) -> dict[str, Lever]:
        """What a point may set: the scenario's levers, and its uncertain numbers."""
        return variable(self.blueprint)

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The stored runs by their number."""
        runs = self.study.runs
        return runs.set_index((runs["replicate"] - self.first) * self.points + runs["point"])

    def run(self, number: int) -> Run:
        """A run by its number. Raises UsageError when the study has no such run."""
        if number not in self.rows.index:
            raise usage_error(
                f"run {number:,} is not in the study: it holds runs 0 to {max(self.rows.index):,}",
                path="run",
                hint=f"run = (replicate - {self.first}) x {self.points} + point, "
                f"the row of the runs table; or point=P replicate=R",
            )
        row = self.rows.loc[number]
        levers = {name: _plain(row[name]) for name in self.levers if name in row}
        stored = {one.name: float(row[one.name]) for one in OUTCOMES}
        return Run(
            number, int(row["point"]), int(row["replicate"]), levers, stored, str(row["error"])
        )

    def number(self, point: int, replicate: int) -> int:
        """The number of the run of a point and a replicate. Raises UsageError without it."""
        if not 0 <= point < self.points:
            fault = f"point {point} is not in the study: its points are 0 to {self.points - 1}"
            raise usage_error(fault, path="point")
        return self.run((replicate - self.first) * self.points + point).number

    def plan(self, run: Run) -> Plan:
        """A plan of that one run, for the tables of `sim.study`."""
        scenario = self.blueprint.scenario
        levers = {name: self.levers[name] for name in run.levers}
        return Plan(
            levers, [run.levers], 1, self.seed, scenario.start, OUTCOMES, SERIES,
            words(self.blueprint), first=run.replicate,
        )  # fmt: skip


def open_study(name: str) -> Opened:
    """Open a study by its folder, or the newest one by the word ``latest``.

    Raises UsageError when there is none, when it cannot be read, or when other rules ran it.
    """
    study = reopened.open_study(name)
    _refuse_other_rules(study)
    try:
        scenario = Scenario.model_validate(study.config["scenario"])
        opened = Opened(study, draft(scenario))
        _refuse_other_configuration(opened)
    except (KeyError, TypeError, AttributeError, ValidationError):
        file = str(study.folder / "config.yaml")
        raise usage_error("is not the configuration of a study", file=file) from None
    return opened


def _refuse_other_rules(study: Study) -> None:
    here = f"{RULES_VERSION}-{rules_hash()}"
    there = study.manifest["rules"]
    if there != here:
        raise usage_error(
            f"the study was run by other rules: rules is {there} there and {here} here",
            file=str(study.folder),
            hint="its runs come again only from those rules; run the study again with these",
        )


def _refuse_other_configuration(opened: Opened) -> None:
    """Raise UsageError when the frozen configuration, or the prior, is not as it was run."""
    study = opened.study
    file = study.folder / "config.yaml"
    about = study.manifest
    digest = digest_of(file.read_text(encoding="utf-8"), about["rules"])
    if digest != about["hash"]:
        there, here = about["hash"][:8], digest[:8]
        fault = f"the configuration is not as it was run: hash is {there} there and {here} here"
        raise usage_error(fault, file=str(file))
    if study.config["prior"] != frozen_prior(opened.blueprint):
        fault = "the prior is not as it was run"
        hint = f"{study.config['prior']} there and {frozen_prior(opened.blueprint)} here"
        raise usage_error(fault, file=str(file), hint=yaml.safe_dump(hint).strip())


def _plain(value: Any) -> Value:
    """A cell of a table as a plain number or word."""
    found: Value = value.item() if hasattr(value, "item") else value
    return found
