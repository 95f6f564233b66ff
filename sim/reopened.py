"""A study on disk as it was made: its scenario, and what figures and tables must know beside it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from pydantic import ValidationError

from sim.applies import applicable
from sim.blueprint import draft
from sim.designed import variable
from sim.errors import usage_error
from sim.outcomes import OUTCOMES, SERIES
from sim.report.context import Context
from sim.report.record import overlay
from sim.scenario.spec import Scenario
from sim.study import place
from sim.study.store import Study, load

STUDIES = Path("studies")
HONOUR = "honour.mode"


def open_study(name: str | Path) -> Study:
    """The study in a folder, or the newest one by the word `latest`. UsageError without one."""
    path = Path(name)
    newest = str(name) == place.LATEST and not path.exists()
    return load(STUDIES / place.LATEST if newest else path)


def scenario_of(study: Study) -> Scenario:
    """The scenario of a study's frozen configuration. UsageError when it cannot be read."""
    try:
        return Scenario.model_validate(study.config["scenario"])
    except (KeyError, TypeError, ValidationError) as error:
        fault = f"holds no scenario that this version reads ({type(error).__name__})"
        raise usage_error(fault, file=str(study.folder / "config.yaml")) from None


def context_of(study: Study, scenario: Scenario | None = None) -> Context:
    """The declarations behind a study's tables, from its frozen configuration."""
    scenario = scenario or scenario_of(study)
    about, prior = study.manifest, study.config.get("prior")
    record, against = overlay(scenario)
    return Context(
        title=about["title"],
        experiment=about["experiment"],
        levers={
            name: one for name, one in variable(draft(scenario)).items() if name in study.points
        },
        outcomes=applicable(OUTCOMES, scenario.focus),
        series=applicable(SERIES, scenario.focus),
        cutoff=scenario.cutoff,
        seed=int(about["seed"]),
        digest=str(about["hash"]),
        runs=int(about["planned"]),
        failed=int(about["failed"]),
        record=record,
        against=against,
        titles=titles(scenario),
        modes=modes(study.points),
        prior=str(prior.get("words", "")) if isinstance(prior, Mapping) else "",
    )


def modes(points: pd.DataFrame) -> tuple[str, ...]:
    """Who honours the treaty in focus, over the points of a design; nothing without that lever."""
    return tuple(map(str, points[HONOUR].unique())) if HONOUR in points else ()


def titles(scenario: Scenario) -> dict[str, str]:
    """Outcomes in the words of the scenario: states by their names."""
    focus = scenario.focus
    found = {}
    if focus.sender is not None:
        found["sender_casualties"] = f"{scenario.states[focus.sender].name} casualties"
    if focus.front is not None:
        holder = scenario.states[scenario.fronts[focus.front].holder].name
        found["area_held"] = f"area held by {holder} on the {focus.front.title()} front"
    if focus.host is not None:
        host = scenario.states[focus.host].name
        found["signalling_rung"] = f"{host}: its signals"
        found["nuclear_signalling"] = f"nuclear signalling by {host}"
    for outcome, name in (("watcher_rung", focus.watcher), ("ally_rung", focus.ally)):
        if name is not None:
            found[outcome] = f"{scenario.states[scenario.relations[name].actor].name}: its answers"
    if focus.watcher is not None:
        watcher = scenario.states[scenario.relations[focus.watcher].actor].name
        found["lethal_aid"] = f"lethal aid by {watcher}"
    return found
