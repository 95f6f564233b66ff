"""The house: who may import whom, and how long a file and a function may be."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(path for part in ("sim", "benchmarks") for path in (ROOT / part).rglob("*.py"))
FILE_LINES = 300
FUNCTION_LINES = 40

WITHOUT_NUMBA = "import sys; sys.modules['numba'] = None; import sim.agents"
CONTRACTS = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())"


def python(code: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def functions_of(source: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    nodes = ast.walk(ast.parse(source.read_text(encoding="utf-8")))
    return [node for node in nodes if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_import_contracts():
    answer = python(CONTRACTS)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_the_mesa_world_starts_without_numba():
    answer = python(WITHOUT_NUMBA)
    assert answer.returncode == 0, answer.stderr


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_are_short(source):
    lines_of_file = source.read_text(encoding="utf-8").count("\n")
    assert lines_of_file <= FILE_LINES
    long = {
        node.name: lines
        for node in functions_of(source)
        if (lines := (node.end_lineno or 0) - node.lineno + 1) > FUNCTION_LINES
    }
    assert not long, f"functions of more than {FUNCTION_LINES} lines: {long}"
