"""Stores the batches of a study as they arrive and, at the end, what was learnt from them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from sim.study import files, growth, log, parts, place
from sim.study.card import Clock
from sim.study.chunk import Chunk
from sim.study.columns import Read, Stored, each
from sim.study.estimate import summarise, wilson
from sim.study.manifest import Identity, Progressed, now
from sim.study.parts import Part
from sim.study.plan import Batch, Plan
from sim.study.store import describe, write_manifest
from sim.study.weekly import bands_and_shares


@dataclass(frozen=True)
class Headline:
    """The share of runs so far with one outcome, and its 95 % interval (Wilson).

    failed: how many of the runs so far are in no share.
    """

    name: str
    share: float
    low: float
    high: float
    failed: int = 0


Progress = Callable[[int, int, Headline | None], None]


class Keeper:
    """Keeps what is finished, of this session or of one before, and counts it."""

    def __init__(
        self,
        plan: Plan,
        identity: Identity,
        folder: Path,
        headline: str = "",
        progress: Progress | None = None,
        workers: int = 1,
    ) -> None:
        self.plan, self.identity, self.folder = plan, identity, folder
        self.headline, self.progress = headline, progress
        self.started = now()
        self.resumed: datetime | None = None
        self.clock = Clock(workers)
        self.card: dict[str, Any] | None = None
        self.runs = self.failed = self.known = 0
        self.successes = 0.0
        self.shorter: parts.Shorter = {}

    def restore(self, done: Sequence[tuple[Batch, Part]]) -> None:
        """Take up the batches that a session before this one finished."""
        self.shorter = parts.shorter(self.folder, self.plan, self.identity)
        if done or self.shorter:
            about = place.about(self.folder)
            self.resumed, self.started = self.started, datetime.fromisoformat(about["started"])
            self.card = about.get("card")
        for _, part in [*done, *self.shorter.values()]:
            [table] = each(self.folder, [part], "runs", ["failed", *self._headlines])
            stored = table.to_pandas()
            self._count(stored["failed"], stored.get(self.headline))
        self._tell_status("running")
        self.clock = Clock(self.clock.workers)
        event, card = "resumed" if self.resumed else "started", self.clock
        log.note(self.folder, event, **self._so_far(), workers=card.workers, cores=os.cpu_count())

    def keep(self, batch: Batch, chunk: Chunk) -> None:
        """Write the batch's parts and tell the progress so far.

        Raises UsageError when they do not begin with what is there of the same part.
        """
        if batch.number in self.shorter:
            self._replace(batch, chunk)
        parts.keep(self.folder, self.plan, self.identity, batch, chunk)
        self._count(*self._outcome(chunk))
        self.clock.runs += batch.runs
        self._note_kept(batch.number)
        if self.progress is not None:
            self.progress(self.runs, self.plan.runs, self._headline())

    def _replace(self, batch: Batch, chunk: Chunk) -> None:
        """Make place for a part with more replicates, if it holds the old ones to the bit."""
        fewer, part = self.shorter[batch.number]
        tables = growth.changed(self.plan, fewer, part, chunk)
        if tables:
            self._put_back(fewer.replicates.stop - self.plan.first)
            raise growth.refusal(self.folder, part, tables, self.identity)
        parts.forget(self.folder, batch.number)
        log.note(self.folder, "part run again", part=batch.number, why="more replicates")
        self._count(*self._outcome(growth.first_runs(chunk, fewer.runs)), sign=-1)

    def _put_back(self, replicates: int) -> None:
        """Leave the study with as many replicates as it had."""
        plan, identity = growth.of_so_many(self.plan, self.identity, replicates)
        describe(self.folder, plan, identity, anew=True)
        before = Keeper(plan, identity, self.folder)
        before.restore(parts.recover(self.folder, plan, identity))
        before.finish("finished" if before.runs == plan.runs else "interrupted")

    def lost(self, batch: Batch, deaths: int) -> None:
        """Note that a worker died of a chunk of the batch, and how many did so far."""
        log.note(self.folder, "worker lost", part=batch.number, deaths=deaths)

    def finish(self, status: str) -> None:
        """Write points, bands, shares and the final manifest from the parts kept."""
        if self.clock.runs:
            self.card = self.clock.card()
        if self.runs:
            self._write_tables(status)
        else:
            self._tell_status(status, ended=now())
        log.note(self.folder, status, **self._so_far(), seconds=round(self.clock.seconds, 1))

    def _write_tables(self, status: str) -> None:
        known = list(parts.noted(self.folder)[0].values())
        count = sum(part.runs for part in known)
        points = summarise(self._runs(known, count), self.plan.outcomes, self.plan.levers)
        bands, shares = bands_and_shares(self.plan, self._samples(known))
        tables = {"points.parquet": points, "bands.parquet": bands, "shares.parquet": shares}
        checksums = {name: files.write_table(self.folder / name, tables[name]) for name in tables}
        self._tell_status(status, now(), count, int(points["failed"].sum()), checksums)

    def _runs(self, known: Sequence[Part], count: int) -> Stored:
        """The columns of all runs."""
        outcomes = [outcome.name for outcome in self.plan.outcomes]
        names = ["point", *self.plan.levers, "failed", *outcomes]
        return Stored(lambda some: each(self.folder, known, "runs", some), names, count)

    def _samples(self, known: Sequence[Part]) -> Read:
        """The columns of the weekly samples behind bands and shares."""
        return lambda some: chain.from_iterable(
            each(self.folder, known, table, some) for table in ("paths", "weekly")
        )

    def _tell_status(
        self,
        status: str,
        ended: datetime | None = None,
        runs: int = 0,
        failed: int = 0,
        checksums: dict[str, str] | None = None,
    ) -> None:
        so_far = Progressed(
            status, self.started, ended, runs, failed, self.resumed, checksums or {}, self.card
        )
        write_manifest(self.folder, self.plan, self.identity, so_far)

    @property
    def _headlines(self) -> list[str]:
        return [self.headline] if self.headline else []

    def _outcome(self, chunk: Chunk) -> tuple[np.ndarray, np.ndarray | None]:
        """Which runs of a batch failed, and the headline outcome of each."""
        failed = np.asarray([error != "" for error in chunk.errors], dtype=bool)
        return failed, chunk.outcomes.get(self.headline)

    def _count(self, failed: ArrayLike, values: ArrayLike | None, sign: int = 1) -> None:
        self.runs += sign * np.size(failed)
        self.failed += sign * int(np.sum(failed))
        if values is not None:
            self.known += sign * int(np.sum(~np.isnan(values)))
            self.successes += sign * float(np.nansum(values))

    def _so_far(self) -> dict[str, int]:
        return {"runs": self.runs, "planned": self.plan.runs, "failed": self.failed}

    def _note_kept(self, number: int) -> None:
        headline = self._headline()
        about = {"part": number, **self._so_far(), "runs_a_second": round(self.clock.rate, 1)}
        told = asdict(headline) if headline else None
        log.note(self.folder, "part kept", **about, headline=told)

    def _headline(self) -> Headline | None:
        if not self.known:
            return None
        low, high = wilson(self.successes, self.known)
        share = self.successes / self.known
        return Headline(self.headline, share, float(low), float(high), self.failed)
