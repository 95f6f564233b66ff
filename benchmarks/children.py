"""Child processes: how long they take and how much memory they ever held."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
METER = Path(__file__).with_name("meter.py")


def command(words: Sequence[str]) -> list[str]:
    """Our own command line under this Python."""
    return [sys.executable, "-m", "sim", *words]


def start(words: Sequence[str], more: Mapping[str, str]) -> subprocess.Popen[str]:
    """Start a child whose output is read; `more` is added to its environment."""
    path = os.pathsep.join(filter(None, (str(CHECKOUT), os.environ.get("PYTHONPATH", ""))))
    return subprocess.Popen(
        words,
        env={**os.environ, "PYTHONPATH": path, **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def until_first_line(words: Sequence[str], more: Mapping[str, str]) -> float:
    """Seconds from the start of a child until it has printed a line."""
    began = time.perf_counter()
    child = start(words, more)
    line = child.stdout.readline() if child.stdout else ""
    taken = time.perf_counter() - began
    rest, _ = child.communicate()
    if child.returncode:
        raise RuntimeError(f"{' '.join(words)} failed:\n{line}{rest}")
    return taken


def whole(words: Sequence[str]) -> tuple[float, float]:
    """Seconds and peak memory (MiB, resident) of a child from its start to its end."""
    began = time.perf_counter()
    child = start([sys.executable, str(METER), *words], {})
    said, _ = child.communicate()
    taken = time.perf_counter() - began
    if child.returncode:
        raise RuntimeError(f"{' '.join(words)} failed:\n{said}")
    return taken, float(said.splitlines()[-1])
