"""What a study will run, fixed before the first run, and how it is cut into parts and chunks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sim.study.declared import Lever, Outcome, Point, Series

BATCH_RUNS = 200
CHUNK_RUNS = 200
GROWTH = 20
"""A part holds about a twentieth of the runs before it, and at most 20 times the first part's."""
BAND_REPLICATES = 500
BAND_RUNS = 50_000
BAND_POINTS = 2_000
EVENT_REPLICATES = 2_000
EVENT_RUNS = 4_000
PATH_REPLICATES = 2_000
PATH_RUNS = 8_000


def size(points: int, replicates: int) -> str:
    """How large a study is.

    >>> size(40, 250), size(1, 1)
    ('40 points x 250 replicates = 10,000 runs', '1 point x 1 replicate = 1 run')
    """
    runs = points * replicates
    return (
        f"{counted(points, 'point')} x {counted(replicates, 'replicate')} = {counted(runs, 'run')}"
    )


def counted(count: int, word: str) -> str:
    """A number of things.

    >>> counted(1, "core"), counted(2, "core")
    ('1 core', '2 cores')
    """
    return f"{count:,} {word}{'' if count == 1 else 's'}"


@dataclass(frozen=True)
class Batch:
    """Neighbouring points of neighbouring replicates: a part as it is stored, or a chunk of it.

    number: of the part. first: number of the first point.
    """

    number: int
    first: int
    points: Sequence[Point]
    replicates: range

    @property
    def runs(self) -> int:
        """Number of runs in the batch."""
        return len(self.points) * len(self.replicates)

    def chunks(self, runs: int) -> Iterator[Batch]:
        """The same runs in the same order, in pieces of at most ``runs``: whole replicates or less.

        >>> [(c.first, c.runs, c.replicates) for c in Batch(0, 0, [{}, {}, {}], range(2)).chunks(2)]
        [(0, 2, range(0, 1)), (2, 1, range(0, 1)), (0, 2, range(1, 2)), (2, 1, range(1, 2))]
        """
        count = len(self.points)
        height = max(1, runs // count)
        width = min(count, runs)
        for low in range(0, len(self.replicates), height):
            for place in range(0, count, width):
                points = self.points[place : place + width]
                replicates = self.replicates[low : low + height]
                yield Batch(self.number, self.first + place, points, replicates)


@dataclass(frozen=True)
class Plan:
    """The design of a study and the declarations needed to store its results.

    words gives, for an event column (kind, actor, target, article), the names of its codes.
    runs_in_a_part: about how many runs are stored as one part; later parts grow.
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
    def size(self) -> str:
        """The plan's size in words."""
        return size(len(self.points), self.replicates)

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
        """The parts, replicate-major: whole replicates, or slices of one with very many points.

        Where a part ends depends on the number of points and on the runs before it, so that a
        study is the beginning of one with more replicates, but for the end of its last part.
        """
        count = len(self.points)
        number = low = first = 0
        while low < self.replicates:
            room = self._room(low * count + first)
            slices = -(-(count - first) // room)
            width = -(-(count - first) // slices)
            height = min(room // count, self.replicates - low) if width == count else 1
            replicates = range(self.first + low, self.first + low + height)
            yield Batch(number, first, self.points[first : first + width], replicates)
            number, first = number + 1, (first + width) % count
            low += height if first == 0 else 0

    def _room(self, before: int) -> int:
        """About how many runs the part after ``before`` runs holds: few at first, then more."""
        least = self.runs_in_a_part
        return min(max(least, before // GROWTH), GROWTH * least)
