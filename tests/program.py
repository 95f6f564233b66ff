"""Ways to call the program in tests, and to see what it left behind."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import yaml

from sim.cli import main

ROOT = Path(__file__).parents[1]
HOSTILE = Path(__file__).parent / "hostile"
FINE = HOSTILE / "fine.yaml"
BUILT_IN = "dprk_russia_2024"


class Said(NamedTuple):
    """What a call of the program gave back."""

    status: int
    out: str
    err: str


def call(capsys, *arguments: str) -> Said:
    """Call the program in this process."""
    capsys.readouterr()
    status = main(arguments)
    return Said(status, *capsys.readouterr())


def start(*arguments: str | bytes, cwd: Path, **environment: str) -> subprocess.Popen[str]:
    """Start `python -m sim` as a process of its own, in its own group."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **environment}
    return subprocess.Popen(
        [sys.executable, "-m", "sim", *arguments],
        cwd=cwd,
        env=env,
        text=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def run(*arguments: str | bytes, cwd: Path, **environment: str) -> Said:
    """Run `python -m sim` as a process of its own to its end."""
    process = start(*arguments, cwd=cwd, **environment)
    out, err = process.communicate(timeout=300)
    return Said(process.returncode, out, err)


def contents(folder: Path) -> dict[str, str]:
    """Every file below a folder, with the hash of what it holds; folders end in a slash."""
    return {
        str(path.relative_to(folder)) + ("/" if path.is_dir() else ""): ""
        if path.is_dir()
        else hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
    }


def changed(folder: Path, path: str, value: object) -> Path:
    """The fine scenario with one value changed (or, with `...`, taken away), as a file."""
    tree = yaml.safe_load(FINE.read_text(encoding="utf-8"))
    *parents, last = path.split("/")
    place = tree
    for name in parents:
        place = place[name]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    file = folder / "changed.yaml"
    file.write_text(yaml.safe_dump(tree, sort_keys=False), encoding="utf-8")
    return file
