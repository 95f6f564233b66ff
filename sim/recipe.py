"""What a worker in another process needs: scenario, prior, engine, and the versions of the code."""

from __future__ import annotations

import json
import platform
from collections.abc import Mapping
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from sim import RULES_VERSION, __version__
from sim.blueprint import Blueprint, draft
from sim.errors import usage_error
from sim.scenario.prior import WIDE
from sim.scenario.spec import Scenario
from sim.sources_hash import rules_hash
from sim.study.declared import Simulate
from sim.study.recipe import Recipe


def recipe_of(engine_name: str, blueprint: Blueprint) -> Recipe:
    """The recipe of a study: its scenario and the vectors of its prior, as data."""
    content = {
        "engine": engine_name,
        "scenario": blueprint.scenario.model_dump(mode="json", exclude={"file"}),
        "vectors": list(blueprint.vectors),
    }
    return Recipe(build, json.dumps(content).encode(), code, code())


def build(content: bytes) -> tuple[Simulate, Blueprint]:
    """The engine and the first morning from a recipe's content; reads no file."""
    about: dict[str, Any] = json.loads(content)
    scenario = Scenario.model_validate({**about["scenario"], "prior": WIDE})
    return engine(about["engine"]), replace(draft(scenario), vectors=about["vectors"])


def code() -> Mapping[str, str]:
    """Everything of this process that could change a bit of a result, but for Python itself."""
    return {
        "casus": __version__,
        "rules": f"{RULES_VERSION}-{rules_hash()}",
        "numpy": _version("numpy"),
        "numba": _version("numba"),
        "system": platform.system(),
        "machine": platform.machine(),
    }


def engine(name: str) -> Simulate:
    """The function that runs points and replicates; UsageError where numba is missing."""
    if name == "mesa":
        from sim import agents

        return agents.simulate
    if name != "compiled":
        raise usage_error(f"there is no engine '{name}'", path="engine", hint="compiled or mesa")
    if _version("numba") == "nothing":
        raise usage_error("the compiled engine needs numba", path="engine", hint="engine=mesa")
    from sim import records

    return records.simulate


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "nothing"
