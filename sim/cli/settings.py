"""The settings that go with every run, from what Hydra composed, each checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sim.cli.executors import where_of
from sim.errors import nearest, usage_error
from sim.study.designs import SIZES, wanted
from sim.study.designs.values import MOST_POINTS

MOST_LOOKED_AT = 4_000
"""Replicates after which a study with until= stops, where no budget is given."""
LARGEST_SEED = 2**63 - 1


def settings_of(given: Mapping[str, Any]) -> dict[str, Any]:
    """What goes with every run, checked."""
    return {
        "title": text("title", given["title"]),
        "question": text("question", given["question"]),
        **_replicates(given["replicates"], given["replicate"]),
        "seed": _whole("seed", given["seed"], 0, LARGEST_SEED),
        "engine": _choice("engine", given["engine"], ("compiled", "mesa")),
        "workers": _maybe_workers(given["workers"]),
        "out": _folder(given["out"]),
        "force": _choice("force", str(given["force"]).lower(), ("true", "false")) == "true",
        **_design(given),
        "until": _until(given),
        "where": where_of(given["executor"], given["scheduler"], given["chunk"]),
    }


def _design(settings: Mapping[str, Any]) -> dict[str, Any]:
    """The design and its size; and what was typed that it ignores."""
    sizes = {
        name: None if settings[name] is None else _whole(name, settings[name], 1, MOST_POINTS)
        for name in SIZES
    }
    design, ignored = wanted(text("design", settings["design"]), sizes)
    return {"wanted": design, "notes": ignored}


def _until(given: Mapping[str, Any]) -> tuple[float, str, int] | None:
    """How narrow an interval shall be, of what, and after how many replicates at the latest."""
    half, budget = given["until"], given["budget"]
    if half is None:
        for name in ("of", "budget"):
            if given[name] is not None:
                raise usage_error("says something only beside until=", path=name)
        return None
    if isinstance(half, bool) or not isinstance(half, int | float) or not 0 < half < 1:
        raise usage_error(f"a number between 0 and 1 is needed, not {half!r}", path="until")
    of = "" if given["of"] is None else text("of", given["of"])
    most = MOST_LOOKED_AT if budget is None else _whole("budget", budget, 2, 10_000_000)
    return float(half), of, most


def _replicates(replicates: Any, replicate: Any) -> dict[str, int | None]:
    """How many replicates; or the number of the only one."""
    if replicate is not None:
        return {"replicates": 1, "replicate": _whole("replicate", replicate, 0, 10_000_000)}
    return {"replicates": _whole("replicates", replicates, 1, 10_000_000), "replicate": None}


def text(name: str, value: Any) -> str:
    """A word or name that is not empty. Raises UsageError, naming the setting."""
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise usage_error(f"a name is needed, not {value!r}", path=name)
    return value


def _whole(name: str, value: Any, low: int, high: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise usage_error(
            f"a whole number from {low:,} to {high:,} is needed, not {value!r}", path=name
        )
    return value


def _folder(value: Any) -> str | None:
    """Where the study goes; a folder may be called by a number."""
    whole = isinstance(value, int) and not isinstance(value, bool)
    return None if value is None else text("out", str(value) if whole else value)


def _choice(name: str, value: Any, choices: Sequence[str]) -> str:
    if value not in choices:
        near = nearest(str(value), choices)
        hint = f"did you mean '{near}'?" if near else ""
        raise usage_error(f"{value!r} is not one of {', '.join(choices)}", path=name, hint=hint)
    return str(value)


def _maybe_workers(value: Any) -> int | None:
    return None if value is None else _whole("workers", value, 1, 256)
