"""The documentation builds without a warning: no dead link, no page that nothing leads to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_the_site_builds_without_a_warning(tmp_path):
    words = ["-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "docs", str(tmp_path)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    said = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, text=True, capture_output=True
    )
    assert (said.returncode, said.stderr) == (0, "")
    assert "first study" in (tmp_path / "index.html").read_text(encoding="utf-8")
