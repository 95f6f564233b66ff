"""What a study says about itself: its identity, its columns and how to open it."""

from __future__ import annotations

import hashlib
import platform
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from sim.study.plan import Plan

SCHEMA = 3
REPLICATES = "replicates: "
PACKAGES = ("numpy", "numba", "mesa", "scipy", "pandas", "pyarrow", "matplotlib", "hydra-core")
Columns = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Identity:
    """Where a study comes from: frozen configuration, what was typed, and the rules' hash.

    config: all that decides what a run gives, so not how many replicates there are of it.
    """

    experiment: str
    title: str
    config: str
    overrides: Sequence[str]
    rules: str
    engine: str
    command: str

    @property
    def digest(self) -> str:
        """Hash (SHA-256, hexadecimal) of the frozen configuration and the rules."""
        return digest_of(self.config, self.rules)


@dataclass(frozen=True)
class Progressed:
    """How far a study came: times in UTC, runs done and failed, and how it ended.

    resumed: when it last went on after a stop. checksums: of the tables made from all its runs.
    card: its run card, of the last session that ran anything.
    """

    status: str
    started: datetime
    ended: datetime | None = None
    runs: int = 0
    failed: int = 0
    resumed: datetime | None = None
    checksums: Mapping[str, str] = field(default_factory=dict)
    card: Mapping[str, Any] | None = None


def configuration(plan: Plan, identity: Identity) -> str:
    """The text of config.yaml: how many replicates, and the frozen configuration."""
    return f"{REPLICATES}{plan.replicates}\n{identity.config}"


def digest_of(configured: str, rules: str) -> str:
    """The hash of the study whose config.yaml has this text: all but its number of replicates."""
    first, _, rest = configured.partition("\n")
    config = rest if first.startswith(REPLICATES) else configured
    return hashlib.sha256(f"{config}\0{rules}".encode()).hexdigest()


def manifest(plan: Plan, identity: Identity, progress: Progressed) -> dict[str, object]:
    """The content of manifest.json; status is running, finished or interrupted."""
    about = asdict(identity)
    return {
        "schema": SCHEMA,
        "hash": identity.digest,
        **{key: value for key, value in about.items() if key != "config"},
        "seed": plan.seed,
        **_times(progress),
        "points": len(plan.points),
        "replicates": plan.replicates,
        "first_replicate": plan.first,
        "planned": plan.runs,
        "runs": progress.runs,
        "failed": progress.failed,
        "runs_in_a_part": plan.runs_in_a_part,
        "replicates_in_bands_and_shares": plan.band_replicates,
        "replicates_in_events": plan.event_replicates,
        "replicates_in_paths": plan.path_replicates,
        "card": dict(progress.card) if progress.card else None,
        "versions": versions(),
        "platform": {"system": platform.system(), "machine": platform.machine()},
        "checksums": dict(progress.checksums),
        "columns": columns(plan),
    }


def _times(progress: Progressed) -> dict[str, object]:
    ended, resumed = progress.ended, progress.resumed
    began = resumed or progress.started
    return {
        "status": progress.status,
        "started": progress.started.isoformat(timespec="seconds"),
        "resumed": resumed.isoformat(timespec="seconds") if resumed else None,
        "ended": ended.isoformat(timespec="seconds") if ended else None,
        "seconds": round((ended - began).total_seconds(), 1) if ended else None,
    }


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)


def versions() -> dict[str, str]:
    """Versions of Python and of the packages that results may depend on."""
    found = {"python": sys.version.split()[0]}
    for package in ("casus", *PACKAGES):
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def columns(plan: Plan) -> dict[str, Columns]:
    """Unit and meaning of every column of every table."""
    levers = {name: _column(lever.unit, lever.meaning) for name, lever in plan.levers.items()}
    outcomes = {outcome.name: _column(outcome.unit, outcome.meaning) for outcome in plan.outcomes}
    series = {one.name: _column(one.unit, one.meaning) for one in plan.series}
    return {
        "runs": {**RUN_KEYS, **levers, **outcomes, **RUN_ENDS},
        "points": {**POINT_KEYS, **levers, **_estimates(plan)},
        "bands": {**SAMPLE_KEYS, **BAND_COLUMNS},
        "shares": {**SAMPLE_KEYS, **SHARE_COLUMNS},
        "events": EVENT_COLUMNS,
        "paths": {**POINT, **REPLICATE, **DAY, **series},
        "weekly": {**POINT, **REPLICATE, **DAY, **series},
        "series": series,
    }


def _column(unit: str, meaning: str) -> dict[str, str]:
    return {"unit": unit, "meaning": meaning}


def _estimates(plan: Plan) -> Columns:
    """The columns that points.parquet derives from each outcome."""
    found: Columns = {}
    for outcome in plan.outcomes:
        name, unit = outcome.name, outcome.unit
        probability, time = outcome.kind == "probability", outcome.kind == "time"
        centre = "share of runs" if probability else "mean over runs"
        centre += " in which it happened" if time else ""
        interval = "95 % interval (Wilson)" if probability else "95 % interval of the mean"
        found[name] = _column(unit, f"{centre}: {outcome.meaning}")
        found |= {f"{name}_{end}": _column(unit, f"{end} end, {interval}") for end in ENDS}
        if not probability:
            found |= {f"{name}_p{p}": _column(unit, f"{p} % of runs are below") for p in DECILES}
        if time:
            found[f"{name}_never"] = _column("share", "runs in which it never happened")
    return found


ENDS = ("low", "high")
DECILES = (10, 50, 90)
POINT = {"point": _column("number", "combination of lever values")}
REPLICATE = {"replicate": _column("number", "index of luck, the same at every point")}
DAY = {
    "day": _column("days", "since the scenario's start"),
    "date": _column("date", "start + day"),
}
RUN_KEYS = {**POINT, **REPLICATE, "seed": _column("number", "seed of the study")}
RUN_ENDS = {
    "failed": _column("true or false", "the run raised an error; its outcomes are empty"),
    "error": _column("text", "what was raised; empty when nothing was"),
}
POINT_KEYS = {
    **POINT,
    "n": _column("runs", "runs that did not fail"),
    "failed": _column("runs", "runs that failed; in no estimate"),
}
SAMPLE_KEYS = {
    **POINT,
    **DAY,
    "series": _column("name", "what is measured; unit and meaning under `series`"),
    "n": _column("runs", "runs behind the row: the first replicates of the point"),
}
BAND_COLUMNS = {
    **{f"q{q:02d}": _column("of the series", f"{q} % of runs are below") for q in (5, 25)},
    **{f"q{q}": _column("of the series", f"{q} % of runs are below") for q in (50, 75, 95)},
    "mean": _column("of the series", "mean over runs"),
}
SHARE_COLUMNS = {
    "rung": _column("number", "rung of the ladder, from 0"),
    "label": _column("name", "name of the rung"),
    "share": _column("share", "share of runs on the rung that day"),
}
EVENT_COLUMNS = {
    **POINT,
    **REPLICATE,
    "event": _column("number", "event within the run"),
    **DAY,
    "kind": _column("name", "what happened"),
    "actor": _column("name", "who did it"),
    "target": _column("name", "to or for whom; empty when nobody"),
    "article": _column("name", "article of a treaty; empty when none"),
    "amount": _column("by kind", "how much"),
    "cause": _column("number", "event of the same run that led to it; -1 when none"),
}
