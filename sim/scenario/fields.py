"""What the parts of a scenario have in common: their form and the bounds of plain numbers."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,40}$")]
Share = Annotated[float, Field(strict=True, ge=0, le=1)]
Rate = Annotated[float, Field(strict=True, ge=0, le=1e9)]
People = Annotated[int, Field(strict=True, ge=0, le=100_000_000)]
Days = Annotated[int, Field(strict=True, ge=0, le=36_500)]


class Item(BaseModel):
    """Any part of a scenario: unknown keys are errors, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)
