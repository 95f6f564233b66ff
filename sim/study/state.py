"""How far a study is, as its files tell it, without stopping the process at work on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sim.study import lock, log, parts
from sim.study.store import Study


@dataclass(frozen=True)
class State:
    """Where a study stands.

    status: running, finished, interrupted, or stopped where nobody is at work on an unfinished
    one. holder: who is at work. runs, failed: of the finished parts. rate: runs a second of the
    last session; left: seconds to go at that rate. headline: the last one told, as in the log.
    """

    status: str
    holder: str
    runs: int
    planned: int
    failed: int
    rate: float | None
    left: float | None
    headline: dict[str, Any] | None


def state_of(study: Study) -> State:
    """The state of a study now. Raises UsageError when its manifest cannot be read."""
    about = study.manifest
    holder = lock.holder(study.folder)
    status = about["status"] if about["status"] != "running" or holder else "stopped"
    told = [event for event in log.read(study.folder) if event["event"] == "part kept"]
    kept = told[-1] if told else {}
    runs = sum(part.runs for part in parts.noted(study.folder)[0].values())
    rate = kept.get("runs_a_second")
    going = status == "running" and rate
    return State(
        status=status,
        holder=holder,
        runs=runs,
        planned=about["planned"],
        failed=kept.get("failed", about["failed"]),
        rate=rate,
        left=(about["planned"] - runs) / rate if going else None,
        headline=kept.get("headline"),
    )
