"""The runs of an exercise: every arm under the same luck, compiled, or a few as Mesa agents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from sim.exercises.load import Ready
from sim.exercises.spec import Measure
from sim.rules.escalation import SEVERITIES
from sim.rules.ledger import KINDS
from sim.study.chunk import Chunk

FEW = 20
"""Runs of an arm where numba is missing: the Mesa engine takes about a tenth of a second each."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class ArmRuns:
    """All runs of an arm, in the order of replicates."""

    ready: Ready
    chunks: Sequence[Chunk]

    def values(self, measure: Measure) -> Floats:
        """The measure's number in each run, (n_runs,); a share's is 0 or 1."""
        parts = [self._of(measure, chunk) for chunk in self.chunks]
        found = np.concatenate(parts)
        if measure.statistic == "share":
            return (found >= measure.at_least).astype(np.float64)
        if measure.statistic == "above_mean":
            return (found > np.nanmean(found)).astype(np.float64)
        return found

    def _of(self, measure: Measure, chunk: Chunk) -> Floats:
        if measure.event is None:
            total = sum((chunk.outcomes[name] for name in measure.outcomes), start=np.zeros(1))
            return np.asarray(total, dtype=np.float64)
        events = chunk.events
        chosen = events["kind"] == KINDS.index(measure.event)
        if measure.actor is not None:
            states = list(self.ready.blueprint.scenario.states)
            chosen &= events["actor"] == states.index(measure.actor)
        if measure.severity is not None:
            chosen &= events["amount"] == SEVERITIES.index(measure.severity)
        counts = np.bincount(events["run"][chosen], minlength=len(chunk.errors))
        return counts.astype(np.float64)


def is_compiled() -> bool | None:
    """Whether compiled code is at hand; None where numba is missing."""
    if find_spec("numba") is None:
        return None
    from sim.compiling.cache import is_compiled as at_hand

    return at_hand()


def run_arm(ready: Ready, runs: int, seed: int) -> ArmRuns:
    """Run an arm. Without numba only FEW runs, as Mesa agents. RuntimeError when a run fails."""
    if is_compiled() is not None:
        from sim.sample import sample

        return ArmRuns(ready, sample(ready.blueprint, runs, seed, ready.point))
    from sim.agents import simulate

    chunk = simulate(ready.blueprint, [ready.point], range(min(runs, FEW)), seed)
    fail(chunk.errors)
    return ArmRuns(ready, [chunk])


def fail(errors: Iterable[str]) -> None:
    """RuntimeError with the first error of a run, if there is one."""
    for error in errors:
        if error:
            raise RuntimeError(f"a run failed: {error}")
