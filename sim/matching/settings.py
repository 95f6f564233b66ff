"""The settings of history matching: the file `configs/matching/SCENARIO.yaml`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, ValidationError

from sim.errors import UsageError
from sim.scenario.faults import translate
from sim.scenario.fields import Item
from sim.scenario.places import built_in
from sim.scenario.safe_yaml import read_yaml


class Discrepancy(Item):
    """What the model itself may be off: sd as a part of a level, and in days of an event."""

    level: Annotated[float, Field(ge=0, le=2)]
    event_days: Annotated[float, Field(ge=0, le=1000)]


class Settings(Item):
    """Limit of implausibility, vectors tried, replicates of each, and the model's discrepancy.

    For `score … fit=before`: `nearest`, the part of the runs that stays, `fewest` of them at least,
    and `fresh`, the part of a source's log-sd that is drawn anew in each of its rows.
    """

    limit: Annotated[float, Field(gt=0, le=10)]
    candidates: Annotated[int, Field(ge=8, le=65536)]
    lucks: Annotated[int, Field(ge=2, le=1000)]
    discrepancy: Discrepancy
    nearest: Annotated[float, Field(gt=0, le=1)]
    fewest: Annotated[int, Field(ge=2, le=1000)]
    fresh: Annotated[float, Field(gt=0, lt=1)]
    sources: dict[str, str]


def read_settings(scenario: str) -> Settings:
    """The settings for a scenario. UsageError with every problem found."""
    file = built_in("matching", scenario)
    try:
        return Settings.model_validate(read_yaml(file))
    except ValidationError as error:
        raise UsageError(translate(error, str(file), Settings)) from None
