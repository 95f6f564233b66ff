"""The same tests everywhere: fixed examples, no windows, no deadlines on slow machines."""

from __future__ import annotations

import matplotlib
from hypothesis import settings

matplotlib.use("Agg")
settings.register_profile("casus", deadline=None, derandomize=True)
settings.load_profile("casus")
