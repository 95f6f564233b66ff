"""What is printed: one row for each figure, and the machine that it was measured on."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

PACKAGES = ("mesa", "ema_workbench", "numba", "numpy", "pandas", "pyarrow")


@dataclass(frozen=True)
class Row:
    """One figure with its target; `spread` is the range over rounds or how it was computed."""

    what: str
    figure: str
    spread: str = ""
    target: str = ""


def over(values: Sequence[float], unit: str = "") -> tuple[str, str]:
    """The median of several rounds with its unit, and their range.

    >>> over([1234.5, 1100.0, 1300.0], "runs/s"), over([0.0431])
    (('1,234 runs/s', '1,100 to 1,300'), ('0.043', 'one round'))
    """
    low, middle, high = (short(x) for x in (min(values), median(values), max(values)))
    spread = f"{low} to {high}" if len(values) > 1 else "one round"
    return f"{middle} {unit}".strip(), spread


def short(value: float) -> str:
    """Three digits or so, never an exponent."""
    if abs(value) >= 100.0:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) >= 0.1 else f"{value:.2g}"


def markdown(rows: Sequence[Row]) -> str:
    """The rows as a table in Markdown.

    >>> print(markdown([Row("a run", "3 ms")]))
    | what | figure | range, or how | target |
    |---|---|---|---|
    | a run | 3 ms |  |  |
    """
    lines = ["| what | figure | range, or how | target |", "|---|---|---|---|"]
    lines += [f"| {row.what} | {row.figure} | {row.spread} | {row.target} |" for row in rows]
    return "\n".join(lines)


def machine() -> str:
    """Date, processor, cores, load, Python and packages: what the figures depend on."""
    packages = ", ".join(f"{name} {_version(name)}" for name in PACKAGES)
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{date.today():%Y-%m-%d}, {processor()}, {os.cpu_count()} cores{load}, "
        f"{platform.system()}, Python {platform.python_version()}, {packages}."
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def processor() -> str:
    """Name of the processor, as far as the system tells."""
    told = Path("/proc/cpuinfo")
    for line in told.read_text().splitlines() if told.is_file() else ():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor() or platform.machine()
