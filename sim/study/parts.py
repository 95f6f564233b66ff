"""The parts of a study: which tables a batch leaves, and which batches are finished.

``parts.jsonl`` has a line for each finished batch, written after its tables: the number of the
part, the hash of what produced it (configuration, rules, its points, its replicates), its runs, and
the checksum of each of its tables. A batch is finished when its line is there and fits all of them.
"""

from __future__ import annotations

import hashlib
import json
import shlex
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import pandas as pd

from sim.errors import usage_error
from sim.study import files, log
from sim.study.chunk import Chunk
from sim.study.manifest import Identity
from sim.study.plan import Batch, Plan
from sim.study.tables import ledger_table, paths_table, runs_table, weekly_table

FILE = "parts.jsonl"
TABLES = ("runs", "events", "paths", "weekly")
Maker = Callable[[Plan, Batch, Chunk], pd.DataFrame]


@dataclass(frozen=True)
class Part:
    """A finished batch: its number, what produced it, its runs, the checksum of each table."""

    part: int
    made_by: str
    runs: int
    tables: Mapping[str, str]

    @property
    def name(self) -> str:
        """Name of its file in the folder of each table."""
        return f"part-{self.part:06d}.parquet"


Shorter = Mapping[int, tuple[Batch, Part]]


def makers(plan: Plan, batch: Batch) -> dict[str, Maker]:
    """The tables that a batch leaves, each with the function that makes it."""
    first, last = batch.replicates.start - plan.first, batch.replicates[-1] - plan.first
    found: dict[str, Maker] = {"runs": runs_table}
    if first < plan.event_replicates:
        found["events"] = ledger_table
    if first < plan.path_replicates:
        found["paths"] = paths_table
    if first < plan.band_replicates and plan.path_replicates <= last:
        found["weekly"] = weekly_table
    return found


def made_by(identity: Identity, batch: Batch) -> str:
    """Hash of what produces a batch: the study's own, the points and the replicates."""
    first, count = batch.first, len(batch.points)
    low, high = batch.replicates.start, batch.replicates.stop
    text = f"{identity.digest} points {first}+{count} replicates {low}-{high}"
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def keep(folder: Path, plan: Plan, identity: Identity, batch: Batch, chunk: Chunk) -> None:
    """Write the tables of a batch and then, when all are on disk, its line."""
    name = Part(batch.number, "", 0, {}).name
    tables = {
        table: files.write_table(folder / table / name, make(plan, batch, chunk))
        for table, make in makers(plan, batch).items()
    }
    for table in tables:
        files.sync_names(folder / table)
    part = Part(batch.number, made_by(identity, batch), batch.runs, tables)
    files.append_line(folder / FILE, json.dumps(asdict(part)))


def forget(folder: Path, number: int) -> None:
    """Take away the line of a part that is to be replaced by one with more replicates."""
    known, _ = noted(folder)
    _note_all(folder, [part for part in known.values() if part.part != number])


def _note_all(folder: Path, known: Iterable[Part]) -> None:
    files.write_text(folder / FILE, "".join(json.dumps(asdict(part)) + "\n" for part in known))


def noted(folder: Path) -> tuple[dict[int, Part], int]:
    """The parts by number, and how many lines cannot be read (a killed process leaves one)."""
    found: dict[int, Part] = {}
    broken = 0
    path = folder / FILE
    for line in path.read_bytes().splitlines() if path.is_file() else ():
        try:
            part = Part(**json.loads(line))
            if {"runs"} <= part.tables.keys() <= set(TABLES) and part.part >= 0 < part.runs:
                found[part.part] = part
            else:
                broken += 1
        except (ValueError, TypeError, AttributeError):
            broken += 1
    return {number: found[number] for number in sorted(found)}, broken


def content(folder: Path, table: str, part: Part) -> bytes:
    """The bytes of one table of a part. Raises UsageError when they are not as written."""
    path = folder / table / part.name
    hint = again(folder)
    try:
        found = path.read_bytes()
    except OSError as error:
        fault = f"a part of the study cannot be read: {error.strerror or error}"
        raise usage_error(fault, file=str(path), hint=hint) from None
    if files.checksum(found) != part.tables[table]:
        fault = "the part is not as it was written: its checksum is another"
        raise usage_error(fault, file=str(path), hint=hint)
    return found


def again(folder: Path) -> str:
    """How to make whole what is damaged."""
    return f"{shlex.join(['python', '-m', 'sim', 'resume', str(folder)])}   makes it anew"


def recover(folder: Path, plan: Plan, identity: Identity) -> list[tuple[Batch, Part]]:
    """The finished batches, in order; what is left over from unfinished ones is cleared away.

    A part with the first replicates only of its batch is not finished, but left there.
    """
    for path in (path for table in ("", *TABLES) for path in (folder / table).glob(".*.tmp")):
        path.unlink(missing_ok=True)
    known, _ = noted(folder)
    done = [
        (batch, part)
        for batch, part in _planned(plan, known)
        if _whole(folder, plan, identity, batch, part)
    ]
    again = known.keys() - {part.part for _, part in done}
    if (folder / FILE).is_file():
        kept = {part.part: part for _, part in done}
        kept |= {number: part for number, (_, part) in shorter(folder, plan, identity).items()}
        _note_all(folder, (kept[number] for number in sorted(kept)))
        again -= kept.keys()
    for number in sorted(again):
        log.note(folder, "part run again", part=number, why="not as it was written")
    return done


def shorter(folder: Path, plan: Plan, identity: Identity) -> Shorter:
    """By number, the parts that hold the first replicates only of a batch of the plan."""
    known, _ = noted(folder)
    return {
        batch.number: (fewer, part)
        for batch, part in _planned(plan, known)
        for fewer in _fewer(batch, part)
        if _whole(folder, plan, identity, fewer, part)
    }


def _fewer(batch: Batch, part: Part) -> Iterator[Batch]:
    """The batch with as many replicates as the part has runs for, where these are not all."""
    count, rest = divmod(part.runs, len(batch.points))
    if not rest and 0 < count < len(batch.replicates):
        yield replace(batch, replicates=batch.replicates[:count])


def _planned(plan: Plan, known: Mapping[int, Part]) -> Iterator[tuple[Batch, Part]]:
    for batch in plan.batches() if known else ():
        if batch.number in known:
            yield batch, known[batch.number]


def _whole(folder: Path, plan: Plan, identity: Identity, batch: Batch, part: Part) -> bool:
    """Whether a part is of this batch and all its tables are as they were written."""
    if part.made_by != made_by(identity, batch) or part.tables.keys() != makers(plan, batch).keys():
        return False
    for table, expected in part.tables.items():
        path = folder / table / part.name
        if not files.fits(path, expected):
            return False
    return True
