"""(f) A newcomer's path: from the clone to first figure, first comparison, first own scenario.

The commands are those of the tutorial. What a machine takes is counted; reading and typing are not.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.children import CHECKOUT
from benchmarks.table import Row

FIGURE = ["+experiment=rivals", "deployment.size=0,12000", "escalation.intensity=1.5", "out=first"]
OWN = ["scenario=mine.yaml", "guarantor.size=0,6000", "replicates=200", "out=mine"]
STEPS = {
    "first figure": [FIGURE],
    "first comparison": [["compare", "first", "deployment.size=0:12000"]],
    "own scenario's first figure": [["new", "mine.yaml"], ["check", "mine.yaml"], OWN],
    "the main job's figures": [["+experiment=escalation", "out=main"]],
}


def rows() -> list[Row]:
    """Seconds since the clone began, at the end of each step, in a fresh environment and home."""
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        place = Path(folder) / "casus"
        _call(["git", "clone", "--quiet", str(CHECKOUT), str(place)], Path(folder))
        _call([sys.executable, "-m", "venv", "own"], place)
        python = str(place / "own" / ("Scripts" if os.name == "nt" else "bin") / "python")
        _call([python, "-m", "pip", "install", "--quiet", "-e", "."], place)
        found = [_row("installed", began)]
        for name, commands in STEPS.items():
            for words in commands:
                _call([python, "-m", "sim", *words], place)
            found.append(_row(name, began))
    return found


def _row(name: str, began: float) -> Row:
    return Row(f"(f) clone to {name}", f"{time.perf_counter() - began:,.0f} s", "cumulative")


def _call(words: Sequence[str], place: Path) -> None:
    """Run a child in a folder, with no other Python path and a home without compiled rules."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environment["HOME"] = str(place)
    said = subprocess.run(words, cwd=place, env=environment, capture_output=True, text=True)
    if said.returncode:
        raise RuntimeError(f"{' '.join(words)} failed:\n{said.stdout}{said.stderr}")
