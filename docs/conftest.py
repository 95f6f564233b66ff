"""Every command, edit and line of Python on these pages is run, page by page, in an empty folder.

A `console` block holds commands after `$` and what they print, where `...` stands for any text but
not for a failure, and CHECKOUT for the folder of the checkout. A `diff` block is an edit of the
file that it names. `python` blocks of a page share their names. `sh` blocks (installation, a
cluster, minutes of work) are shown and not run.
"""

from __future__ import annotations

import doctest
import os
import shlex
import tempfile
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import matplotlib
from sybil import Document, Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

from sim.cli import main

matplotlib.use("Agg")
collect_ignore = ["conftest.py", "conf.py"]
"""Not modules to look for doctests in."""

ROOT = Path(__file__).parents[1]
PROGRAM = ["python", "-m", "sim"]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def console(example: Example) -> str | None:
    """Run the commands of a block; what one printed instead, or None."""
    for command, expected in commands(str(example.parsed)):
        said = StringIO()
        words = shlex.split(command.replace("CHECKOUT", ROOT.as_posix()))
        assert words[:3] == PROGRAM, command
        with redirect_stdout(said), redirect_stderr(said):
            status = main(words[3:])
        fine = (status == 0) != expected.startswith("error:")
        if not fine or not doctest.OutputChecker().check_output(expected, said.getvalue(), FLAGS):
            return f"$ {command}\nshould print\n{expected}\nand printed\n{said.getvalue()}"
    return None


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Each command of a block, and the text under it."""
    for part in f"\n{block}".split("\n$ ")[1:]:
        command, _, expected = part.partition("\n")
        yield command, expected.rstrip() + "\n" if expected.strip() else ""


def diff(example: Example) -> None:
    """Make the edit that a block shows."""
    lines = str(example.parsed).rstrip("\n").split("\n")
    file = Path(lines[0].removeprefix("--- "))
    before = "\n".join(line[1:] for line in lines[2:] if line[0] in " -")
    after = "\n".join(line[1:] for line in lines[2:] if line[0] in " +")
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1, f"{before!r} is {text.count(before)} times in {file}"
    file.write_text(text.replace(before, after), encoding="utf-8")


def into_an_empty_folder(names: dict[str, Any]) -> None:
    """Give a page a folder of its own to work in."""
    names["_before"] = os.getcwd()
    names["_folder"] = tempfile.TemporaryDirectory()
    os.chdir(names["_folder"].name)


def back(names: dict[str, Any]) -> None:
    """Leave the folder, and remove it."""
    os.chdir(names["_before"])
    names["_folder"].cleanup()


pytest_collect_file = Sybil(
    parsers=[
        CodeBlockParser("console", console),
        CodeBlockParser("diff", diff),
        PythonCodeBlockParser(),
    ],
    document_types={".md": Document},
    patterns=["**/*.md", "*.md"],
    excludes=["reference/format.md"],  # about the folder of a study: tests/test_format.py runs it
    setup=into_an_empty_folder,
    teardown=back,
).pytest()
