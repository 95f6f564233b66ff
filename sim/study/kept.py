"""Studies that are there already: the one asked for, whole, or a part of it to go on with."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sim.study import place
from sim.study.manifest import Identity
from sim.study.plan import Plan
from sim.study.same import differences

REPORT = "README.md"
"""What a study has last, after its figures."""


def finished(studies: Path, plan: Plan, identity: Identity) -> Path | None:
    """The newest study of this very configuration, rules, versions and size with its report."""
    for folder, about in _like(studies, plan, identity):
        same = about.get("replicates") == plan.replicates
        if same and about.get("status") == "finished" and (folder / REPORT).is_file():
            return folder
    return None


def way_on(studies: Path, plan: Plan, identity: Identity) -> str:
    """The command that makes the study asked for from one that holds some of it; '' without."""
    for folder, about in _like(studies, plan, identity):
        words = ["python", "-m", "sim", "resume", str(folder)]
        if about.get("replicates", 0) < plan.replicates:
            words = [*words[:-2], "topup", str(folder), f"replicates={plan.replicates}"]
        return shlex.join(words)
    return ""


def _like(studies: Path, plan: Plan, identity: Identity) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Studies from the newest on that differ in nothing, or in fewer replicates only."""
    for folder in sorted(studies.glob(f"*_{identity.digest[:8]}*"), reverse=True):
        if place.holds_study(folder) and not any(differences(folder, plan, identity, more=True)):
            yield folder, place.about(folder)
