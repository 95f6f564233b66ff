"""Casus: an agent-based scenario simulation framework for treaties, forces and escalation.

Exploratory, for teaching: distributions of outcomes under stated assumptions, never a forecast.

In Python: `sim.run`, `sim.load`, `sim.compare`; and of a study `.table` and `.plot`.
"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"

RULES_VERSION = 3
"""Grows when the same scenario, levers and seed give other results than before (CHANGELOG)."""

VERBS = ("run", "load", "compare")

__all__ = ["RULES_VERSION", "UsageError", "__version__", *VERBS]


def __getattr__(name: str) -> Any:
    """The verbs, imported when first used, so that `import sim` stays light (PEP 562)."""
    if name in VERBS:
        from sim import python

        return getattr(python, name)
    if name == "UsageError":
        from sim.errors import UsageError

        return UsageError
    raise AttributeError(f"module 'sim' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
