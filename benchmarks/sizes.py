"""(c) Time a run and peak memory of whole studies of growing size."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benchmarks.case import EXPERIMENT, PROCESSES, compiled, points
from benchmarks.children import command, whole
from benchmarks.table import Row


@dataclass(frozen=True)
class Study:
    """One study: its runs, seconds from first run to last table, of all, and peak MiB."""

    runs: int
    running: float
    seconds: float
    memory: float


def study(runs: int) -> Study:
    """Run the command as a user would, figures and summary included, into a passing folder."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "study"
        settings = [f"replicates={runs // len(points())}", f"workers={PROCESSES}", f"out={out}"]
        seconds, memory = whole(command([EXPERIMENT, *settings]))
        told = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    began, ended = (datetime.fromisoformat(told[key]) for key in ("started", "ended"))
    return Study(told["runs"], (ended - began).total_seconds(), seconds, memory)


def rows(quick: bool, million: bool) -> list[Row]:
    """One row a size, and both ratios of the largest to the smallest."""
    sizes = [200, 1_000] if quick else [10_000, 100_000] + [1_000_000] * million
    compiled(points()[:1], [0])
    found = [study(runs) for runs in sizes]
    told = [
        Row(
            f"(c) {each.runs:,} runs",
            f"{1000 * each.running / each.runs:.2f} ms a run, {each.memory:,.0f} MiB",
            f"{each.seconds:,.0f} s with start and figures",
            "< 1,024 MiB",
        )
        for each in found
    ]
    first, last = found[0], found[-1]
    slower = (last.running / last.runs) / (first.running / first.runs)
    told.append(Row("(c) time a run, largest ÷ smallest", f"{slower:.2f}", "", "0.9 to 1.1"))
    more = last.memory / first.memory
    told.append(Row("(c) peak memory, largest ÷ smallest", f"{more:.2f}", "", "≤ 1.3"))
    return told
