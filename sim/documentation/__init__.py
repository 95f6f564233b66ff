"""Documents that are made from the code: the description of the model, a card for each scenario."""

from __future__ import annotations

from sim.documentation.cards import card
from sim.documentation.description import odd

__all__ = ["card", "odd"]
