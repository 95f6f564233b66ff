"""Where a study goes: a folder of its own, made before the first run and never shared."""

from __future__ import annotations

import json
import re
import shutil
from datetime import datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from sim.errors import UsageError, usage_error
from sim.study import files, lock

MANIFEST = "manifest.json"
PROBE = ".probe"
LATEST = "latest"
CONTENTS = (
    "parts.jsonl",
    "README.txt",
    "README.md",
    "config.yaml",
    "overrides.yaml",
    "points.parquet",
    "bands.parquet",
    "shares.parquet",
    "runs",
    "events",
    "paths",
    "weekly",
    "figures",
    "score",
    "summary.md",
    "summary.csv",
    "failed.csv",
    "log.jsonl",
    "replays",
    "why",
    "forks",
    "design.csv",
    "sample.csv",
    "effects.csv",
    "looks.csv",
    ".jobs",
    "report.html",
)


def chosen_folder(out: str | Path) -> Path:
    """The folder the user named, made if need be and proved writable.

    Raises UsageError when it is no folder, not writable, or holds anything but a study.
    """
    folder = Path(out)
    try:
        if folder.is_file():
            raise _refuse(out, "cannot be used as a folder for a study: it is a file")
        folder.mkdir(parents=True, exist_ok=True)
        if not holds_study(folder) and not all(map(_passing, folder.iterdir())):
            raise _refuse(folder, "is not empty and holds no study", "name a new folder")
        _prove_writable(folder)
    except (OSError, ValueError) as error:
        raise _refuse(out, f"cannot be used as a folder for a study: {_reason(error)}") from None
    return folder


def dated_folder(studies: Path, experiment: str, digest: str, now: datetime) -> Path:
    """A new folder ``<date>_<time>_<experiment>_<hash>`` in ``studies``, whoever else starts."""
    name = re.sub(r"[^\w.-]+", "-", experiment).strip("-.") or "study"
    stem = f"{now:%Y-%m-%d_%H%M%S}_{name}_{digest[:8]}"
    try:
        studies.mkdir(parents=True, exist_ok=True)
        folder = _first_free(studies, stem)
        _prove_writable(folder)
    except OSError as error:
        raise _refuse(studies, f"cannot be used for studies: {_reason(error)}") from None
    return folder


def name_latest(folder: Path) -> None:
    """Let the text file ``latest`` beside the study's folder name it as the newest."""
    files.write_text(folder.parent / LATEST, folder.name + "\n")


def _first_free(studies: Path, stem: str) -> Path:
    number = 1
    while True:
        folder = studies / (stem if number == 1 else f"{stem}-{number}")
        try:
            folder.mkdir()
            return folder
        except FileExistsError:
            number += 1


def _passing(path: Path) -> bool:
    """Whether a file is one that a killed process leaves behind before its first manifest."""
    return path.name in (PROBE, lock.NAME) or fnmatch(path.name, ".*.tmp")


def clear(folder: Path) -> None:
    """Take away the files of a study, but for its manifest, which the next one replaces."""
    for name in CONTENTS:
        path = folder / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def holds_study(folder: Path) -> bool:
    """Whether the manifest in a folder is that of a study: many programs write one of that name."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(found, dict) and {"schema", "hash", "rules", "seed"} <= found.keys()


def about(folder: Path) -> dict[str, Any]:
    """What the study in a folder says about itself."""
    found: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    return found


def _prove_writable(folder: Path) -> None:
    probe = folder / PROBE
    probe.write_bytes(b"")
    probe.unlink()


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def _refuse(out: str | Path, fault: str, hint: str = "") -> UsageError:
    return usage_error(f"'{out}' {fault}", path="out", hint=hint)
