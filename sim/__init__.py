"""Casus: an agent-based scenario simulation framework for treaties, forces and escalation.

Exploratory, for teaching: distributions of outcomes under stated assumptions, never a forecast.
"""

__version__ = "0.1.0"

RULES_VERSION = 2
"""Grows when the same scenario, levers and seed give other results than before (CHANGELOG)."""
