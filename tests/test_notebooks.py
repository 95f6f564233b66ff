"""Notebooks are stored clean; `python -m pytest --nbmake notebooks` runs them (as .ci/run does)."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

import sim

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def cells_of(notebook: Path) -> list[dict]:
    return json.loads(notebook.read_text(encoding="utf-8"))["cells"]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_stored_without_outputs(notebook):
    code = [cell for cell in cells_of(notebook) if cell["cell_type"] == "code"]
    assert code
    assert not any(cell["outputs"] or cell["execution_count"] for cell in code)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_say_what_they_are_not_and_use_the_public_names(notebook):
    text = "".join("".join(cell["source"]) for cell in cells_of(notebook))
    assert "not a forecast" in text
    code = ["".join(c["source"]) for c in cells_of(notebook) if c["cell_type"] == "code"]
    nodes = [node for one in code for node in ast.walk(ast.parse(one))]
    used = {
        node.attr
        for node in nodes
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "sim"
    }
    assert used and used <= set(sim.__all__)
