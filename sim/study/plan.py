"""What a study will run, fixed before the first run, and how it is cut into batches."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sim.study.declared import Lever, Outcome, Point, Series

BATCH_RUNS = 200
BAND_REPLICATES = 500
BAND_RUNS = 50_000
BAND_POINTS = 2_000
EVENT_REPLICATES = 2_000
EVENT_RUNS = 4_000
PATH_REPLICATES = 2_000
PATH_RUNS = 8_000


@dataclass(frozen=True)
class Batch:
    """Neighbouring points of neighbouring replicates, run together and stored as one part."""

    number: int
    first: int
    points: Sequence[Point]
    replicates: range

    @property
    def runs(self) -> int:
        """Number of runs in the batch."""
        return len(self.points) * len(self.replicates)


@dataclass(frozen=True)
class Plan:
    """The design of a study and the declarations needed to store its results.

    words gives, for an event column (kind, actor, target, article), the names of its codes.
    runs_in_a_part: about how many runs are run together and stored as one part.
    first: number of the first replicate.
    """

    levers: Mapping[str, Lever]
    points: Sequence[Point]
    replicates: int
    seed: int
    start: date
    outcomes: Sequence[Outcome]
    series: Sequence[Series]
    words: Mapping[str, Sequence[str]] = field(default_factory=dict)
    runs_in_a_part: int = BATCH_RUNS
    first: int = 0

    @property
    def runs(self) -> int:
        """Number of runs: points x replicates."""
        return len(self.points) * self.replicates

    @property
    def band_replicates(self) -> int:
        """Replicates a point that enter bands and shares, so that memory stays bounded."""
        if len(self.points) > BAND_POINTS:
            return 0
        return min(self.replicates, BAND_REPLICATES, BAND_RUNS // len(self.points))

    @property
    def event_replicates(self) -> int:
        """Replicates a point whose ledger is kept."""
        return min(self.replicates, EVENT_REPLICATES, max(1, EVENT_RUNS // len(self.points)))

    @property
    def path_replicates(self) -> int:
        """Replicates a point whose weekly series are kept run by run; 0 with too many points."""
        return min(self.replicates, PATH_REPLICATES, PATH_RUNS // len(self.points))

    def batches(self) -> Iterator[Batch]:
        """Whole replicates, or slices of one when it has more points than a part has runs."""
        width = min(len(self.points), self.runs_in_a_part)
        height = self.runs_in_a_part // width if width == len(self.points) else 1
        number = 0
        for low in range(0, self.replicates, height):
            high = min(low + height, self.replicates)
            replicates = range(self.first + low, self.first + high)
            for first in range(0, len(self.points), width):
                yield Batch(number, first, self.points[first : first + width], replicates)
                number += 1
