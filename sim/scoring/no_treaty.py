"""The null model without a treaty: the same model, seed and luck, where nobody honours."""

from __future__ import annotations

import tempfile
from pathlib import Path

from sim import RULES_VERSION
from sim.blueprint import Blueprint, draft
from sim.designed import variable
from sim.job import words
from sim.outcomes import OUTCOMES, SERIES
from sim.recipe import engine
from sim.reopened import scenario_of
from sim.scenario.prior import digest_of
from sim.scoring.ensemble import Ensemble, ensemble_of
from sim.scoring.point import MODE, prior_of, settings, sibling
from sim.sources_hash import rules_hash
from sim.study import store
from sim.study.manifest import Identity
from sim.study.plan import Plan
from sim.study.run import run_study
from sim.study.store import Study

NEVER = "never"


def without_treaty(study: Study, point: int) -> tuple[Ensemble | None, str]:
    """The ensemble of the point with nobody honouring, and where it comes from.

    A point of the study where there is one; else it is run, from the frozen configuration.
    None for a scenario without the lever.
    """
    levers = study.config["scenario"]["levers"]
    if MODE not in levers or NEVER not in levers[MODE]["choices"]:
        return None, f"not made: the scenario has no lever {MODE} with '{NEVER}'"
    beside = sibling(study, point, NEVER)
    if beside is not None:
        return ensemble_of(study, beside), f"point {beside} of the study"
    said = "run for this score from the study's frozen configuration"
    if study.manifest["rules"] != rules_now():
        said += ", under rules that have changed since the study was made"
    blueprint = draft(scenario_of(study))
    if digest_of(blueprint.vectors) != prior_of(study).hash:
        said += ", from a prior that has changed since the study was made"
    return _run(study, point, blueprint), said


def rules_now() -> str:
    """Version and hash of the rules at hand, as a study's manifest names its own."""
    return f"{RULES_VERSION}-{rules_hash()}"


def _run(study: Study, point: int, blueprint: Blueprint) -> Ensemble:
    scenario = blueprint.scenario
    values = {**settings(study, point), MODE: NEVER}
    levers = {name: one for name, one in variable(blueprint).items() if name in values}
    points = [{name: values[name] for name in levers}]
    replicates = int(study.manifest["replicates_in_paths"])
    plan = Plan(
        levers, points, replicates, int(study.manifest["seed"]), scenario.start,
        OUTCOMES, SERIES, words(blueprint),
    )  # fmt: skip
    about = study.manifest
    text = (study.folder / "config.yaml").read_text(encoding="utf-8")
    identity = Identity("no_treaty", "No treaty", text, [], rules_now(), about["engine"], "")
    with tempfile.TemporaryDirectory(prefix="casus-") as place:
        folder = Path(place) / "study"
        store.create(plan, identity, out=folder)
        simulate = engine(str(about["engine"]))
        return ensemble_of(run_study(plan, identity, folder, simulate, blueprint), 0)
