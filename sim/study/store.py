"""The folder of a study: written before, during and after the runs, and opened again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import yaml

from sim.errors import usage_error
from sim.study import files, place
from sim.study.manifest import Identity, Progressed, manifest, now
from sim.study.plan import Plan
from sim.study.readme import readme


def create(
    plan: Plan,
    identity: Identity,
    *,
    out: str | Path | None = None,
    studies: str | Path = "studies",
    force: bool = False,
) -> Path:
    """Make the folder of a study and write what is known before the first run.

    Without ``out`` the folder is a dated one in ``studies``. Raises UsageError when the place
    cannot be used; then nothing was written and nothing lost.
    """
    if out is None:
        moment = now().astimezone()
        folder = place.dated_folder(Path(studies), identity.experiment, identity.digest, moment)
        place.name_latest(folder)
    else:
        folder = place.chosen_folder(out, force=force)
    write_manifest(folder, plan, identity, Progressed("running", now()))
    files.write_text(folder / "config.yaml", identity.config)
    overrides = yaml.safe_dump(list(identity.overrides), allow_unicode=True)
    files.write_text(folder / "overrides.yaml", overrides)
    files.write_text(folder / "README.txt", readme(plan, identity))
    return folder


def write_manifest(folder: Path, plan: Plan, identity: Identity, progress: Progressed) -> None:
    """Write manifest.json anew."""
    text = json.dumps(manifest(plan, identity, progress), indent=2, ensure_ascii=False)
    files.write_text(folder / place.MANIFEST, text + "\n")


@dataclass(frozen=True)
class Study:
    """A study on disk; each table is read when first asked for."""

    folder: Path

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the study says about itself: hash, seed, versions, times, columns."""
        with _reading(self.folder / place.MANIFEST):
            found: dict[str, Any] = json.loads(
                (self.folder / place.MANIFEST).read_text(encoding="utf-8")
            )
        return found

    @cached_property
    def config(self) -> dict[str, Any]:
        """The frozen configuration."""
        with _reading(self.folder / "config.yaml"):
            text = (self.folder / "config.yaml").read_text(encoding="utf-8")
            found: dict[str, Any] = yaml.safe_load(text) or {}
        return found

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a run, replicate-major."""
        return _parts(self.folder / "runs")

    @cached_property
    def events(self) -> pd.DataFrame:
        """The ledger of the first replicates of each point."""
        return _parts(self.folder / "events")

    @cached_property
    def paths(self) -> pd.DataFrame:
        """The weekly series of the first replicates of each point, run by run."""
        return _parts(self.folder / "paths")

    @cached_property
    def points(self) -> pd.DataFrame:
        """One row a point: estimates with intervals."""
        return _table(self.folder / "points.parquet")

    @cached_property
    def bands(self) -> pd.DataFrame:
        """Quantile bands of the weekly series."""
        return _table(self.folder / "bands.parquet")

    @cached_property
    def shares(self) -> pd.DataFrame:
        """Shares of runs on each rung, by week."""
        return _table(self.folder / "shares.parquet")


def load(folder: str | Path) -> Study:
    """Open a study: its folder, or the text file ``latest`` that names one.

    Raises UsageError when there is no study.
    """
    path = Path(folder)
    if path.is_file() and path.name == place.LATEST:
        path = path.parent / path.read_text(encoding="utf-8").strip()
    if not (path / place.MANIFEST).is_file():
        raise usage_error(f"no study in '{path}'", hint="a study's folder holds a manifest.json")
    return Study(path)


class _reading:
    """Turns a file that is missing or damaged into one clear message."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if isinstance(error, (OSError, ValueError, yaml.YAMLError, pa.ArrowException)):
            raise usage_error(f"cannot be read: {error}", file=str(self.path)) from None


def _table(path: Path) -> pd.DataFrame:
    with _reading(path):
        return pd.read_parquet(path)


def _parts(folder: Path) -> pd.DataFrame:
    """Stack the finished parts of a table in order."""
    paths = sorted(folder.glob("part-*.parquet"))
    if not paths:
        raise usage_error("no finished part of this table", file=str(folder))
    return pd.concat([_table(path) for path in paths], ignore_index=True)
