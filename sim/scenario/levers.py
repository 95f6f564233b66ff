"""Numbers of a scenario that are not fixed: what is decided, and what nobody knows."""

from __future__ import annotations

from typing import Literal

from pydantic import model_validator

from sim.scenario.fields import Item


class Lever(Item):
    """What a decision-maker sets. `path` names the number it changes."""

    path: str
    default: float | int | str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    integer: bool = False
    unit: str
    meaning: str


class Uncertainty(Item):
    """A number that nobody knows, with its distribution; drawn once a replicate."""

    path: str
    type: Literal["lognormal", "uniform", "loguniform", "triangular", "declared"]
    median: float | None = None
    log_sd: float | None = None
    low: float | None = None
    mode: float | None = None
    high: float | None = None
    meaning: str = ""

    @model_validator(mode="after")
    def _whole(self) -> Uncertainty:
        needs = {
            "lognormal": ("median", "log_sd"),
            "uniform": ("low", "high"),
            "loguniform": ("low", "high"),
            "triangular": ("low", "mode", "high"),
        }.get(self.type)
        if needs is None:
            raise ValueError("declared is for params.NAME with a law in the table of parameters")
        missing = [name for name in needs if getattr(self, name) is None]
        if missing:
            raise ValueError(f"{self.type} needs {', '.join(missing)}")
        values = [getattr(self, name) for name in ("low", "mode", "high")]
        ordered = [value for value in values if value is not None]
        if ordered != sorted(ordered):
            raise ValueError("low, mode and high must not decrease")
        positive = (self.median, self.low) if self.type in ("lognormal", "loguniform") else ()
        if any(value is not None and value <= 0 for value in positive):
            raise ValueError(f"{self.type} needs numbers above zero")
        return self
