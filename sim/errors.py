"""What a user can get wrong, said in one clear message and exit status 2."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One fault in what came from outside: where it is, what it is, and a way out.

    >>> print(Problem("my.yaml", "states.prk", "unknown state", "did you mean 'states.dprk'?"))
    my.yaml: states.prk: unknown state
      did you mean 'states.dprk'?
    """

    file: str
    path: str
    fault: str
    hint: str = ""

    def __str__(self) -> str:
        """The problem as a person reads it: place and fault, and the hint on its own line."""
        line = ": ".join(part for part in (self.file, self.path, self.fault) if part)
        return f"{line}\n  {self.hint}" if self.hint else line


class UsageError(Exception):
    """Wrong usage: nothing was run. Carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        """All problems, each on its own line or two."""
        return "\n".join(str(problem) for problem in self.problems)


def usage_error(fault: str, *, file: str = "", path: str = "", hint: str = "") -> UsageError:
    """Return a `UsageError` with a single problem, ready to be raised."""
    return UsageError([Problem(file, path, fault, hint)])


def nearest(name: str, known: Iterable[str]) -> str:
    """Return the known name most like `name`, whatever its capitals; '' when none is near.

    >>> nearest("deploymnt.size", ["deployment.size", "arms.rate"])
    'deployment.size'
    >>> nearest("weather", ["deployment.size", "arms.rate"])
    ''
    """
    folded = {candidate.casefold(): candidate for candidate in known}
    matches = difflib.get_close_matches(name.casefold()[:200], folded, n=1)
    return folded[matches[0]] if matches else ""
