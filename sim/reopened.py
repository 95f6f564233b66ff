"""A study on disk as it was made: its scenario, and what figures and tables must know beside it."""

from __future__ import annotations

from pathlib import Path

from sim.applies import applicable
from sim.job import modes, titles
from sim.outcomes import OUTCOMES, SERIES
from sim.report.context import Context
from sim.report.record import overlay
from sim.scenario.spec import Scenario
from sim.scoring.ensemble import scenario_of
from sim.scoring.point import prior_of
from sim.study import place
from sim.study.store import Study, load

STUDIES = Path("studies")


def open_study(name: str | Path) -> Study:
    """The study in a folder, or the newest one by the word `latest`. UsageError without one."""
    path = Path(name)
    newest = str(name) == place.LATEST and not path.exists()
    return load(STUDIES / place.LATEST if newest else path)


def context_of(study: Study, scenario: Scenario | None = None) -> Context:
    """The declarations behind a study's tables, from its frozen configuration."""
    scenario = scenario or scenario_of(study)
    about, points = study.manifest, study.points
    record, against = overlay(scenario)
    return Context(
        title=about["title"],
        experiment=about["experiment"],
        levers=scenario.levers,
        outcomes=applicable(OUTCOMES, scenario.focus),
        series=applicable(SERIES, scenario.focus),
        cutoff=scenario.cutoff,
        seed=int(about["seed"]),
        digest=str(about["hash"]),
        runs=int(about["runs"]),
        record=record,
        against=against,
        titles=titles(scenario),
        modes=modes(
            points[[name for name in scenario.levers if name in points]].to_dict("records")
        ),
        prior=prior_of(study).words,
    )
