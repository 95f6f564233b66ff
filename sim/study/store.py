"""The folder of a study: written before, during and after the runs, and opened again."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import yaml

from sim.errors import usage_error
from sim.study import files, lock, parts, place
from sim.study.columns import each, well_at
from sim.study.declared import Value
from sim.study.designs import frozen
from sim.study.manifest import SCHEMA, Identity, Progressed, configuration, manifest, now
from sim.study.plan import Plan
from sim.study.readme import readme
from sim.study.same import refuse_another


def create(
    plan: Plan,
    identity: Identity,
    *,
    out: str | Path | None = None,
    studies: str | Path = "studies",
    force: bool = False,
    more: bool = False,
) -> Path:
    """Make the folder of a study and write what is known before the first run.

    Without ``out`` the folder is a dated one in ``studies``. Where ``out`` holds this very study
    all is left there, for `run_study` to go on with; with ``more`` it may have fewer replicates
    than the plan, and is then described as one of as many. Raises UsageError when the place cannot
    be used, holds another study (unless ``force``, which replaces that study's files) or another
    process is at work in it; then nothing was written and nothing lost.
    """
    if out is None:
        moment = now().astimezone()
        folder = place.dated_folder(Path(studies), identity.experiment, identity.digest, moment)
        place.name_latest(folder)
    else:
        folder = place.chosen_folder(out)
    with lock.held(folder):
        there = place.holds_study(folder)
        if there and not force:
            refuse_another(folder, plan, identity, more=more)
            _go_on(folder, plan, identity)
        else:
            if there:
                place.clear(folder)
            write_manifest(folder, plan, identity, Progressed("running", now()))
            describe(folder, plan, identity)
    return folder


def _go_on(folder: Path, plan: Plan, identity: Identity) -> None:
    """Describe a study that is there, anew where it is to have more replicates than it had."""
    before = place.about(folder)
    grown = before.get("replicates") != plan.replicates
    describe(folder, plan, identity, anew=grown)
    if grown:
        started = datetime.fromisoformat(before["started"])
        write_manifest(folder, plan, identity, Progressed("running", started))


def describe(folder: Path, plan: Plan, identity: Identity, *, anew: bool = False) -> None:
    """Write what is known before the first run, where it is not there or ``anew``."""
    texts = {
        "config.yaml": configuration(plan, identity),
        "overrides.yaml": yaml.safe_dump(list(identity.overrides), allow_unicode=True),
        "README.txt": readme(plan, identity),
        frozen.DESIGN: frozen.design_text(plan.points),
    }
    for name, text in texts.items():
        if anew or not (folder / name).is_file():
            files.write_text(folder / name, text)


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
        return self._parts("runs")

    @cached_property
    def events(self) -> pd.DataFrame:
        """The ledger of the first replicates of each point."""
        return self._parts("events")

    @cached_property
    def paths(self) -> pd.DataFrame:
        """The weekly series of the first replicates of each point, run by run."""
        return self._parts("paths")

    @cached_property
    def points(self) -> pd.DataFrame:
        """One row a point: estimates with intervals."""
        return self._table("points.parquet")

    @cached_property
    def bands(self) -> pd.DataFrame:
        """Quantile bands of the weekly series."""
        return self._table("bands.parquet")

    @cached_property
    def shares(self) -> pd.DataFrame:
        """Shares of runs on each rung, by week."""
        return self._table("shares.parquet")

    def _table(self, name: str) -> pd.DataFrame:
        """A table made from all runs, as it was written."""
        path = self.folder / name
        with _reading(path):
            content = path.read_bytes()
            expected = self.manifest["checksums"].get(name)
            if expected is not None and files.checksum(content) != expected:
                fault = "the table is not as it was written: its checksum is another"
                raise usage_error(fault, file=str(path), hint=parts.again(self.folder))
            return pd.read_parquet(io.BytesIO(content))

    def runs_at(self, at: Mapping[str, Value], columns: Sequence[str]) -> pd.DataFrame:
        """The runs at these lever values that did not fail, with only these columns.

        Rows as in `runs`, columns point, replicate, failed, the levers of ``at``, ``columns``.
        Read part by part, so that memory holds what is asked for and no more.
        """
        names = list(dict.fromkeys(["point", "replicate", "failed", *at, *columns]))
        return pa.concat_tables(well_at(part, at) for part in self._each("runs", names)).to_pandas()

    def failed_runs(self, columns: Sequence[str], most: int) -> pd.DataFrame:
        """Point, replicate, error and these columns of the first runs that failed."""
        names = ["point", "replicate", *columns, "failed", "error"]
        found = pa.table({name: [] for name in names}).to_pandas()
        for part in self._each("runs", names) if self.manifest["failed"] else ():
            rows = part.filter(part["failed"]).to_pandas()
            found = pd.concat([found, rows], ignore_index=True) if len(found) else rows
            if len(found) >= most:
                break
        return found.head(most)

    def _parts(self, table: str) -> pd.DataFrame:
        """Stack the finished parts of a table in order, each as it was written."""
        frames = [part.to_pandas() for part in self._each(table)]
        return pd.concat(frames, ignore_index=True)

    def _each(self, table: str, names: Sequence[str] | None = None) -> Iterator[pa.Table]:
        """The finished parts of a table, at least one."""
        found = [part for part in self._finished_parts() if table in part.tables]
        if not found:
            fault = "no finished part of this table"
            raise usage_error(fault, file=str(self.folder / table))
        return each(self.folder, found, table, names)

    def _finished_parts(self) -> list[parts.Part]:
        """The parts that are noted. Raises UsageError when lines of a finished study are gone."""
        found, broken = parts.noted(self.folder)
        lost = self.manifest["runs"] - sum(part.runs for part in found.values())
        if lost > 0 or broken > 1:
            fault = f"lines are missing or damaged: {max(lost, 0):,} runs are not accounted for"
            hint = parts.again(self.folder)
            raise usage_error(fault, file=str(self.folder / parts.FILE), hint=hint)
        return list(found.values())


def load(folder: str | Path) -> Study:
    """Open a study: its folder, or the text file ``latest`` that names one.

    Raises UsageError when there is no study, or one of another format.
    """
    path = Path(folder)
    if path.is_file() and path.name == place.LATEST:
        path = path.parent / path.read_text(encoding="utf-8").strip()
    if not (path / place.MANIFEST).is_file():
        raise usage_error(f"no study in '{path}'", hint="a study's folder holds a manifest.json")
    study = Study(path)
    if study.manifest.get("schema") != SCHEMA:
        fault = f"format {study.manifest.get('schema')} of a study; this version reads {SCHEMA}"
        raise usage_error(fault, file=str(path), hint="run it again, or read it with that version")
    return study


class _reading:
    """Turns a file that is missing or damaged into one clear message."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if isinstance(error, (OSError, ValueError, yaml.YAMLError, pa.ArrowException)):
            raise usage_error(f"cannot be read: {error}", file=str(self.path)) from None
