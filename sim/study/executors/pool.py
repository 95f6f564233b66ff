"""What a study asks of an executor: that of `concurrent.futures`, and what it must know."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Protocol


class Pool(Protocol):
    """An executor. A task it lost with its worker ends in one of the errors named by ``deaths``.

    ``submit`` goes on working after a death. ``shutdown(wait=False)`` ends at once, and leaves no
    process behind.
    """

    deaths: tuple[type[BaseException], ...]

    @property
    def width(self) -> int:
        """How many tasks run side by side."""

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:
        """Have it called with the arguments, here or elsewhere."""

    def check(self) -> None:
        """Raise ConnectionError when the executor itself is gone, and all work with it."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End; without ``wait``, whatever is under way."""
