"""Run a study from Python, with the settings of the command line."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from contextlib import nullcontext, redirect_stdout
from typing import Any

from sim.errors import usage_error
from sim.python.study import Study
from sim.reopened import open_study
from sim.study import place

Given = float | int | str | Iterable[float | int | str]


def run(
    experiment: str = "", levers: Mapping[str, Given] | None = None, *, quiet: bool = False,
    **settings: Any,
) -> Study:  # fmt: skip
    """Run an experiment, or the scenario's own point, and return its study.

    levers and settings by their names on the command line: replicates=100, out="FOLDER",
    levers={"deployment.size": [0, 12000]}. quiet: print nothing. Raises UsageError, and
    KeyboardInterrupt when stopped (what is finished is kept).
    """
    from sim.cli.requests import read_requests
    from sim.job import INTERRUPTED, run_job

    words = [f"+experiment={experiment}"] if experiment else []
    words += [word(name, value) for name, value in {**(levers or {}), **settings}.items()]
    (request,) = read_requests(words)
    with redirect_stdout(io.StringIO()) if quiet else nullcontext():
        status = run_job(request)
    study = Study(open_study(request.out or place.LATEST))
    if status == INTERRUPTED:
        raise KeyboardInterrupt(f"stopped; what is finished is kept in {study.folder}")
    return study


def word(name: str, value: Given) -> str:
    """A setting as the command line has it.

    >>> word("deployment.size", [0, 12000]), word("honour.mode", "model"), word("force", True)
    ('deployment.size=0,12000', 'honour.mode=model', 'force=true')
    """
    if isinstance(value, str) or not isinstance(value, Iterable):
        return f"{name}={_text(value)}"
    values = [_text(one) for one in value]
    if not values:
        raise usage_error("no values", path=name)
    return f"{name}={','.join(values)}"


def _text(value: object) -> str:
    """One value; words with signs that the command line reads otherwise stand in quotes."""
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value.item() if hasattr(value, "item") else value)
    if isinstance(value, str) and re.search(r"[^\w./:@ +-]", text):
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
    return text
