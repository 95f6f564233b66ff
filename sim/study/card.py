"""The run card of a study: on what it ran, how fast, and with how much memory."""

from __future__ import annotations

import os
import sys
import time
from typing import Any


class Clock:
    """Counts the runs of this session and the time they took."""

    def __init__(self, workers: int) -> None:
        self.workers, self.runs, self.started = workers, 0, time.monotonic()

    @property
    def seconds(self) -> float:
        """Since the session began."""
        return time.monotonic() - self.started

    @property
    def rate(self) -> float:
        """Runs a second, of all workers together."""
        return self.runs / max(self.seconds, 1e-9)

    def card(self) -> dict[str, Any]:
        """The run card; times are those of this session."""
        return {
            "cores": os.cpu_count(),
            "workers": self.workers,
            "runs": self.runs,
            "seconds": round(self.seconds, 1),
            "runs_a_second": round(self.rate, 1),
            "milliseconds_a_run": round(1000 * self.seconds * self.workers / self.runs, 3),
            "peak_memory_mib": peak_memory(),
        }


if sys.platform == "win32":

    def peak_memory() -> int | None:
        """Unknown: Python's own library does not tell it there."""
        return None

else:
    import resource

    def peak_memory() -> int | None:
        """The most memory this process has held so far, in MiB, without other processes."""
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return int(most // (1024**2 if sys.platform == "darwin" else 1024))
