"""What each rule does: the same runs with the rule and without it, under the same luck."""

from __future__ import annotations

from sim.ablation.plan import Ablation, Plan, read
from sim.ablation.runs import Effect, effects
from sim.ablation.table import markdown, table

__all__ = ["Ablation", "Effect", "Plan", "effects", "markdown", "read", "table"]
