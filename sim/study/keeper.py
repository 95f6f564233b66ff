"""Stores the batches of a study as they arrive and, at the end, what was learnt from them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from pathlib import Path

import numpy as np

from sim.study import files, growth, parts, place
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
    """The share of runs so far with one outcome, and its 95 % interval (Wilson)."""

    name: str
    share: float
    low: float
    high: float


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
    ) -> None:
        self.plan, self.identity, self.folder = plan, identity, folder
        self.headline, self.progress = headline, progress
        self.started = now()
        self.resumed: datetime | None = None
        self.runs = self.known = 0
        self.successes = 0.0
        self.shorter: parts.Shorter = {}

    def restore(self, done: Sequence[tuple[Batch, Part]]) -> None:
        """Take up the batches that a session before this one finished."""
        self.shorter = parts.shorter(self.folder, self.plan, self.identity)
        if done or self.shorter:
            about = place.about(self.folder)
            self.resumed, self.started = self.started, datetime.fromisoformat(about["started"])
        for batch, part in [*done, *self.shorter.values()]:
            self._count(batch, self._stored_headline(part))
        self._tell_status("running")

    def keep(self, batch: Batch, chunk: Chunk) -> None:
        """Write the batch's parts and tell the progress so far.

        Raises UsageError when they do not begin with what is there of the same part.
        """
        if batch.number in self.shorter:
            self._replace(batch, chunk)
        parts.keep(self.folder, self.plan, self.identity, batch, chunk)
        self._count(batch, chunk.outcomes[self.headline] if self.headline else None)
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
        self._count(
            fewer, chunk.outcomes[self.headline][: fewer.runs] if self.headline else None, -1
        )

    def _put_back(self, replicates: int) -> None:
        """Leave the study with as many replicates as it had."""
        plan, identity = growth.of_so_many(self.plan, self.identity, replicates)
        describe(self.folder, plan, identity, anew=True)
        before = Keeper(plan, identity, self.folder)
        before.restore(parts.recover(self.folder, plan, identity))
        before.finish("finished" if before.runs == plan.runs else "interrupted")

    def finish(self, status: str) -> None:
        """Write points, bands, shares and the final manifest from the parts kept."""
        if not self.runs:
            self._tell_status(status, ended=now())
            return
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
            status, self.started, ended, runs, failed, self.resumed, checksums or {}
        )
        write_manifest(self.folder, self.plan, self.identity, so_far)

    def _stored_headline(self, part: Part) -> np.ndarray | None:
        if not self.headline:
            return None
        [table] = each(self.folder, [part], "runs", [self.headline])
        values: np.ndarray = table[self.headline].to_numpy()
        return values

    def _count(self, batch: Batch, values: np.ndarray | None, sign: int = 1) -> None:
        self.runs += sign * batch.runs
        if values is not None:
            self.known += sign * int(np.sum(~np.isnan(values)))
            self.successes += sign * float(np.nansum(values))

    def _headline(self) -> Headline | None:
        if not self.known:
            return None
        low, high = wilson(self.successes, self.known)
        return Headline(self.headline, self.successes / self.known, float(low), float(high))
