"""Words for a terminal: as wide as it is, in its encoding, and never a command to it."""

from __future__ import annotations

import io
import re
import shutil
import sys
from textwrap import wrap
from typing import TextIO


def printable(text: str) -> str:
    r"""The text without anything that a terminal would obey.

    >>> printable("a\x1b[31m\nb")
    'a\\x1b[31m\\nb'
    """
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def print_anywhere() -> None:
    """Show a question mark for what the encoding of the output lacks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def show(text: str, stream: TextIO | None = None) -> None:
    """Print lines: broken between words on a terminal, as they are to a file or a pipe."""
    stream = stream or sys.stdout
    print(
        fitted(text, shutil.get_terminal_size().columns) if stream.isatty() else text, file=stream
    )


def fitted(text: str, width: int) -> str:
    """Each line no wider than `width`, its rest under its last column.

    >>> print(fitted("  size   soldiers that are sent", 22))
      size   soldiers that
             are sent
    """
    lines: list[str] = []
    for line in text.splitlines():
        columns = [match.end() for match in re.finditer(r"(?:^| ) +(?=\S)", line)]
        under = " " * next((c for c in reversed(columns) if c < 2 * width // 3), 2)
        pieces = wrap(
            line, width, subsequent_indent=under, break_long_words=False, break_on_hyphens=False
        )
        lines += pieces or [""]
    return "\n".join(lines)
