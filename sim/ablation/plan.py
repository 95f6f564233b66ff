"""Which rules are switched off, and how: the file `configs/ablation/NAME.yaml`."""

from __future__ import annotations

from datetime import date

from pydantic import Field, ValidationError

from sim.errors import UsageError, nearest, usage_error
from sim.outcomes import OUTCOMES
from sim.scenario.faults import translate
from sim.scenario.fields import Item
from sim.scenario.places import built_in
from sim.scenario.safe_yaml import read_yaml


class Ablation(Item):
    """A rule and the settings under which it says nothing; each path names numbers of the world."""

    rule: str
    off: str
    base: dict[str, float | int | str] = Field(default_factory=dict)
    levers: dict[str, float | int | str] = Field(default_factory=dict)
    set: dict[str, float | int] = Field(default_factory=dict)
    changes: dict[str, float | int | date] = Field(default_factory=dict)


class Plan(Item):
    """A scenario, the outcomes that are compared, and the rules that are switched off."""

    scenario: str
    outcomes: tuple[str, ...]
    rules: dict[str, Ablation] = Field(min_length=1)
    sources: dict[str, str]


def read(name: str) -> Plan:
    """The plan for a scenario. Raises UsageError with every problem found."""
    file = built_in("ablation", name)
    tree = read_yaml(file)
    try:
        plan = Plan.model_validate(tree)
    except ValidationError as error:
        raise UsageError(translate(error, str(file), Plan)) from None
    names = [outcome.name for outcome in OUTCOMES]
    for outcome in plan.outcomes:
        if outcome not in names:
            fault = f"there is no outcome '{outcome}'"
            hint = f"did you mean '{nearest(outcome, names)}'?"
            raise usage_error(fault, file=str(file), path="outcomes", hint=hint)
    return plan
