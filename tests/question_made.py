"""A small compiled study to be questioned, made once for all tests of a module."""

from __future__ import annotations

import pytest

from sim.cli import main
from sim.report import figures

WORDS = ("deployment.size=0,12000", "replicates=25", "seed=5", "workers=2")


def made(folder, *words):
    """Run a study without figures."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(figures, "draw_all", lambda study, context: [])
        assert main([*words, f"out={folder}"]) == 0
    return folder
