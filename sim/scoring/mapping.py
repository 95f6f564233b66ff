"""Which row of a record speaks of which quantity of the model, and how its source errs: data."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError

from sim.errors import Problem, UsageError, nearest, usage_error
from sim.outcomes import OUTCOMES, SERIES
from sim.rules.escalation import SEVERITIES
from sim.rules.ledger import KINDS
from sim.scenario.faults import translate
from sim.scenario.fields import Id, Item
from sim.scenario.places import CONFIGS
from sim.scenario.safe_yaml import read_yaml

FILE = "mapping.yaml"
LEVELS = tuple(one.name for one in SERIES if not one.labels)
TIMES = tuple(one.name for one in OUTCOMES)
Spread = Annotated[float, Field(strict=True, ge=0, le=3)]


class Error(Item):
    """How a source errs: what it says is the truth times `bias` times LogNormal(0, log-sd).

    The log-sd goes from `log_sd` to `log_sd_late` as exp(-age / 30 d), age since the first
    evidence, as in the model's own observation rule. `said_by`: texts in the row's source, any
    of which makes the error apply; empty for every source.
    """

    said_by: tuple[str, ...] = ()
    bias: Annotated[float, Field(strict=True, gt=0, le=100)] = 1.0
    log_sd: Spread
    log_sd_late: Spread | None = None


class Level(Item):
    """A series of reports on a weekly series or an outcome of the model.

    `value`: which end of the row is compared. `change`: the row counts what was added since the
    end of the week, month or year before, `per_day` a day of it. `since`: first evidence.
    """

    quantity: str
    units: Annotated[tuple[str, ...], Field(min_length=1)]
    value: Literal["low", "central", "high"] = "central"
    change: Literal["week", "month", "year"] | None = None
    per_day: bool = False
    since: date | None = None
    given_until: date | None = None
    errors: Annotated[tuple[Error, ...], Field(min_length=1)]
    source: Annotated[str, Field(min_length=1)]


class Happening(Item):
    """A dated event: the first line of the ledger of this kind, actor, target and severity."""

    kind: Literal[KINDS]  # type: ignore[valid-type]
    actor: Id | None = None
    target: Id | None = None
    severity: Literal[SEVERITIES] | None = None  # type: ignore[valid-type]
    given_until: date | None = None
    source: Annotated[str, Field(min_length=1)]


class Omitted(Item):
    """One row that is not what its series says."""

    series: str
    date: date
    reason: Annotated[str, Field(min_length=1)]


class Mapping(Item):
    """All of it. Names may hold wildcards in `unmapped`; an exact name goes before them."""

    levels: dict[str, Level] = Field(default_factory=dict)
    events: dict[str, Happening] = Field(default_factory=dict)
    unmapped: dict[str, Annotated[str, Field(min_length=1)]] = Field(default_factory=dict)
    omit: tuple[Omitted, ...] = ()

    def reason(self, series: str) -> str | None:
        """Why a series is not mapped; None when nothing is said of it."""
        if series in self.unmapped:
            return self.unmapped[series]
        for pattern, reason in self.unmapped.items():
            if fnmatchcase(series, pattern):
                return reason
        return None

    def omitted(self, series: str, day: date) -> str | None:
        """Why one row is left out; None when it is not."""
        for row in self.omit:
            if (row.series, row.date) == (series, day):
                return row.reason
        return None


def mapping_file(record: str | None) -> Path:
    """The mapping that stands beside a scenario's record."""
    if record is None:
        raise usage_error("the study's scenario names no record", hint="give mapping=FILE.yaml")
    return CONFIGS / "record" / record / FILE


def load_mapping(path: str | Path, states: Iterable[str] | None = None) -> Mapping:
    """Read and check a mapping; UsageError with every problem. `states`: names that may occur."""
    file = str(path)
    tree = _frozen(read_yaml(file))
    try:
        mapping = Mapping.model_validate(tree, strict=True)
    except ValidationError as error:
        raise UsageError(translate(error, file, Mapping)) from None
    problems = [*_levels(mapping, file), *_events(mapping, file, states)]
    if problems:
        raise UsageError(problems)
    return mapping


def _frozen(value: object) -> object:
    """Lists as tuples, all the way down."""
    if isinstance(value, dict):
        return {key: _frozen(item) for key, item in value.items()}
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value


def _levels(mapping: Mapping, file: str) -> Iterable[Problem]:
    known = (*LEVELS, *TIMES)
    for name, level in mapping.levels.items():
        if level.quantity not in known:
            near = nearest(level.quantity, known)
            hint = f"did you mean '{near}'?" if near else "see python -m sim list"
            fault = f"no weekly series or outcome '{level.quantity}'"
            yield Problem(file, f"levels.{name}.quantity", fault, hint)
        if level.quantity not in LEVELS and level.change:
            yield Problem(file, f"levels.{name}.change", "an outcome has no change over time")
        if level.per_day and not level.change:
            yield Problem(file, f"levels.{name}.per_day", "needs change: week, month or year")
        if level.errors[-1].said_by:
            hint = "add one without said_by, for every other source"
            yield Problem(file, f"levels.{name}.errors", "the last speaks of some sources", hint)
        if name in mapping.events or name in mapping.unmapped:
            yield Problem(file, f"levels.{name}", "is mapped and not mapped, or mapped twice")


def _events(mapping: Mapping, file: str, states: Iterable[str] | None) -> Iterable[Problem]:
    known = None if states is None else list(states)
    for name, event in mapping.events.items():
        for field, state in (("actor", event.actor), ("target", event.target)):
            if known is not None and state is not None and state not in known:
                near = nearest(state, known)
                hint = f"did you mean '{near}'?" if near else "states: " + ", ".join(known)
                yield Problem(file, f"events.{name}.{field}", f"no state '{state}'", hint)
        if event.severity is not None and not event.kind.startswith("step "):
            yield Problem(file, f"events.{name}.severity", "only a step has one")
        if name in mapping.unmapped:
            yield Problem(file, f"events.{name}", "is mapped and not mapped")
