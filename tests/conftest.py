"""The same tests everywhere: fixed examples, no windows, no deadlines on slow machines."""

from __future__ import annotations

import matplotlib
from hypothesis import settings

matplotlib.use("Agg")
collect_ignore = ["conftest.py"]  # not a module to look for doctests in; docs/ has one too
settings.register_profile("casus", deadline=None, derandomize=True)
settings.load_profile("casus")
