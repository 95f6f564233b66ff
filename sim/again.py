"""A study on disk goes on: what it was asked for, and more replicates of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import yaml
from pydantic import ValidationError

from sim.errors import usage_error
from sim.job import Request, run_job, status_of, tell
from sim.report import terminal
from sim.scenario.spec import Scenario
from sim.study.designs.asked import Wanted, given
from sim.study.executors import Where
from sim.study.growth import with_replicates
from sim.study.run import HERE
from sim.study.store import Study


def topup(
    study: Study, replicates: int, workers: int | None = None, *,
    where: Where = HERE, report: bool = True,
) -> int:  # fmt: skip
    """Raise a study to so many replicates; those that are there are not run again.

    Leaves, with the exit status of `run_job`, the tables that a study of so many replicates has
    when it is asked for at once, to the byte: open it again with `store.load`. To be called as
    often as one likes, on a study that is finished or was stopped; in a loop without ``report``,
    which leaves figures and texts as they were, until the last one. UsageError when it has more
    replicates already, holds a single one by its number, or when its last part, if that is a
    short one and so run again, comes out otherwise; nothing is replaced then.
    """
    request = replace(asked(study, workers), where=where)
    if request.replicate is not None:
        fault = f"'{study.folder}' holds replicate {request.replicate} alone: none can be added"
        raise usage_error(fault, path="replicates", hint="start a study with replicates=N")
    if replicates < request.replicates:
        fault = f"'{study.folder}' has {request.replicates:,} replicates: topup takes none away"
        raise usage_error(fault, path="replicates", hint=f"replicates={request.replicates} or more")
    typed = with_replicates(request.typed, replicates)
    return run_job(replace(request, replicates=replicates, typed=typed), more=True, report=report)


def tell_again(study: Study) -> int:
    """Write and show the report of a finished study; its exit status."""
    tell(asked(study), study, terminal.open_console())
    return status_of(study)


def asked(study: Study, workers: int | None = None) -> Request:
    """The request that began a study, from its frozen configuration. Raises UsageError."""
    try:
        return _asked(study, workers)
    except (KeyError, TypeError, AttributeError, ValidationError, yaml.YAMLError):
        file = str(study.folder / "config.yaml")
        raise usage_error("is not the configuration of a study", file=file) from None


def _asked(study: Study, workers: int | None) -> Request:
    config: dict[str, Any] = study.config
    typed = yaml.safe_load((study.folder / "overrides.yaml").read_text(encoding="utf-8"))
    if config["replicates"] != study.manifest["replicates"]:
        typed = with_replicates(typed, config["replicates"])
    return Request(
        experiment=config["experiment"],
        title=config["title"],
        question=config["question"],
        scenario=Scenario.model_validate(config["scenario"]),
        values={name: given(values, name) for name, values in config["levers"].items()},
        replicates=config["replicates"],
        replicate=config.get("replicate"),
        seed=config["seed"],
        engine=study.manifest["engine"],
        workers=workers,
        out=str(study.folder),
        force=False,
        typed=tuple(map(str, typed)),
        wanted=_wanted(config.get("design")),
        folder=study.folder,
    )


def _wanted(design: dict[str, Any] | None) -> Wanted:
    """The kind and the size of the design; the grid where none is named."""
    return Wanted() if design is None else Wanted(design["kind"], design.get("size"))
