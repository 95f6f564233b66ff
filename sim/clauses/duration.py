"""Duration and notice (Art. 23): read by the treaty clock, owed by nobody."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sim.clauses.declaration import delivered, perform, triggered
from sim.clauses.kind import ClauseType, Terms


class DurationTerms(Terms):
    """Numbers of the article."""

    notice: Annotated[int, Field(ge=0, le=3650)]
    """Days from notice to the end."""
    exit_hazard: Annotated[float, Field(ge=0, le=1)]
    """Hazard of notice, a day."""


CLAUSE = ClauseType(
    name="duration",
    meaning="how the treaty ends: days of notice",
    terms=DurationTerms,
    triggered=triggered,
    perform=perform,
    delivered=delivered,
)
