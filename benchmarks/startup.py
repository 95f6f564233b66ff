"""(e) Start-up: help, the first run after an edit of a rule, the first run of a later start."""

from __future__ import annotations

import sys
import tempfile

from benchmarks.children import command, until_first_line
from benchmarks.table import Row, over

FIRST_RUN = [sys.executable, "-c", "from benchmarks.case import first_run; first_run()"]


def rows(quick: bool) -> list[Row]:
    """Seconds until there is something to see. An empty home folder has no compiled rules."""
    rounds = 1 if quick else 7
    helps = [until_first_line(command(["--help"]), {}) for _ in range(rounds)]
    with tempfile.TemporaryDirectory() as home:
        edited = until_first_line(FIRST_RUN, {"HOME": home})
        later = [until_first_line(FIRST_RUN, {"HOME": home}) for _ in range(rounds)]
    return [
        Row("(e) `--help`", *over(helps, "s"), "< 0.7 s"),
        Row("(e) start to first run after an edit", f"{edited:.0f} s", "once", ""),
        Row("(e) start to first run, compiled before", *over(later, "s"), "< 2 s"),
    ]
