"""Threads of this process: the default, since compiled runs let other threads run."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor


class Threads(ThreadPoolExecutor):
    """A pool of threads; when one dies, all of the program does."""

    deaths: tuple[type[BaseException], ...] = ()

    def __init__(self, workers: int) -> None:
        super().__init__(max_workers=workers)
        self.width = workers

    def check(self) -> None:
        """Threads are never gone."""
