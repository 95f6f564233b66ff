"""The settings executor=, scheduler= and chunk=: where the work of a study is done."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sim.errors import Problem, UsageError, nearest, usage_error
from sim.scenario.places import named_file
from sim.scenario.safe_yaml import read_yaml
from sim.study.executors import KINDS, Option, Where
from sim.study.plan import BATCH_RUNS, GROWTH

LARGEST_CHUNK = BATCH_RUNS * GROWTH
SETTING = re.compile(r"(?P<name>executor|scheduler|chunk)=(?P<value>.*)")
ADDRESS = re.compile(r"(tcp|tls)://[\w.\[\]:-]+:\d{1,5}")
WORD = re.compile(r"[\w.,:+-]{1,80}")
NUMBERS = {"minutes": 100_000, "cpus": 1_024, "memory_gb": 100_000}
WORDS = ("partition", "account", "qos")
CLUSTERS = ("slurm", "local")


def where_of(executor: Any, scheduler: Any, chunk: Any) -> Where:
    """Where to work, from the three settings. Raises UsageError, naming what is wrong."""
    kind, options = _executor(executor)
    if scheduler is not None:
        if kind != "dask":
            hint = "executor=dask"
            raise usage_error("a scheduler goes with Dask only", path="scheduler", hint=hint)
        if not isinstance(scheduler, str) or not ADDRESS.fullmatch(scheduler):
            hint = "scheduler=tcp://HOST:PORT"
            raise usage_error(f"not an address: {scheduler!r}", path="scheduler", hint=hint)
    whole = isinstance(chunk, int) and not isinstance(chunk, bool)
    if chunk is not None and not (whole and 1 <= chunk <= LARGEST_CHUNK):
        fault = f"a whole number from 1 to {LARGEST_CHUNK:,} is needed, not {chunk!r}"
        raise usage_error(fault, path="chunk")
    return Where(kind, chunk, scheduler or "", options)


def _executor(name: Any) -> tuple[str, dict[str, Option]]:
    """Kind and options, from a file of `configs/executor/` or of the user's own."""
    file = str(named_file("executor", name, path="executor"))
    about = read_yaml(file)
    kind = about.pop("type", None)
    if not isinstance(kind, str) or kind not in KINDS:
        fault = f"{kind!r} is not one of {', '.join(KINDS)}"
        raise usage_error(fault, file=file, path="type")
    problems = [_problem(file, kind, path, value) for path, value in about.items()]
    if any(problems):
        raise UsageError(filter(None, problems))
    return kind, about  # type: ignore[return-value]


def _problem(file: str, kind: str, path: str, value: object) -> Problem | None:
    """What is wrong with an option, if anything."""
    options = ("cluster", *WORDS, *NUMBERS) if kind == "slurm" else ()
    if path not in options:
        near = nearest(path, options)
        hint = f"did you mean '{near}'?" if near else f"known: {', '.join(options) or 'none'}"
        return Problem(file, path, f"is no option of {kind}", hint)
    if value is None:
        return None
    if path == "cluster":
        fine, needed = value in CLUSTERS, f"one of {', '.join(CLUSTERS)}"
    elif path in WORDS:
        fine, needed = bool(WORD.fullmatch(str(value))), "a name"
    else:
        whole = isinstance(value, int) and not isinstance(value, bool)
        fine = whole and 1 <= value <= NUMBERS[path]  # type: ignore[operator]
        needed = f"a whole number from 1 to {NUMBERS[path]:,}"
    return None if fine else Problem(file, path, f"{needed} is needed, not {value!r}")


def taken(arguments: Sequence[str]) -> tuple[Where, list[str]]:
    """Where to work, from the words of a verb that goes on with a study; and its other words."""
    words = [SETTING.fullmatch(word) for word in arguments]
    found = [(word["name"], word["value"]) for word in words if word]
    given: dict[str, Any] = dict(found)
    if len(given) < len(found):
        raise usage_error("a setting is given twice", path="command line")
    if re.fullmatch(r"\d{1,9}", given.get("chunk", "")):
        given["chunk"] = int(given["chunk"])
    where = where_of(given.get("executor", "threads"), given.get("scheduler"), given.get("chunk"))
    return where, [word for word in arguments if not SETTING.fullmatch(word)]
