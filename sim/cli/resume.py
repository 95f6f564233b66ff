"""`python -m sim resume STUDY [workers=N]`: what was asked for, read from the study's folder."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import yaml
from pydantic import ValidationError

from sim.errors import usage_error
from sim.job import Request
from sim.scenario.spec import Scenario
from sim.study.designs.asked import Wanted, given
from sim.study.store import Study, load

USAGE = "python -m sim resume STUDY [workers=N]"
MOST_WORKERS = 256


def request_of(arguments: Sequence[str]) -> Request:
    """The request that began a study, from its frozen configuration. Raises UsageError."""
    folders = [word for word in arguments if not word.startswith("workers=")]
    threads = [word.removeprefix("workers=") for word in arguments if word not in folders]
    if len(folders) != 1 or len(threads) > 1:
        raise usage_error(f"resume needs one study, not {len(folders)}", hint=USAGE)
    workers = _workers(threads[0]) if threads else None
    study = load(folders[0])
    try:
        return _asked(study, workers)
    except (KeyError, TypeError, AttributeError, ValidationError, yaml.YAMLError):
        file = str(study.folder / "config.yaml")
        raise usage_error("is not the configuration of a study", file=file) from None


def _asked(study: Study, workers: int | None) -> Request:
    config: dict[str, Any] = study.config
    typed = yaml.safe_load((study.folder / "overrides.yaml").read_text(encoding="utf-8"))
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


def _workers(text: str) -> int:
    if not re.fullmatch(r"\d{1,3}", text) or not 1 <= int(text) <= MOST_WORKERS:
        raise usage_error(f"'{text}' is not a whole number to {MOST_WORKERS}", path="workers")
    return int(text)
