"""What a scenario file may say: data only, each field with its unit and bounds.

Names of entities are keys of mappings; a field that names another entity holds its key. Fields
bear the names of the state variables they set (`sim.rules.entities`), where they set one.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from sim.rules.escalation import SEVERITIES
from sim.rules.observation import QUANTITIES
from sim.rules.supply import GOODS
from sim.scenario.fields import Days, Id, Item, People, Rate, Share
from sim.scenario.levers import Lever, Uncertainty


class State(Item):
    """A government."""

    name: str
    policy: str = "evidence"
    capability: Share
    democracy: Share = 0.5
    major: bool = False
    capability_changed: bool = False
    institutions_changed: bool = False
    at_war: bool = False
    pool: People = 0
    recruits: People = 0
    expedition_size: Annotated[int, Field(strict=True, ge=0, le=1_000_000)] = 0
    lift: Annotated[int, Field(strict=True, ge=1, le=100_000)] = 500
    transit: Days = 21
    preparation: Days = 0
    replacement: Share = 0.0
    munitions: Annotated[int, Field(strict=True, ge=0, le=10**10)] = 0
    production: Annotated[int, Field(strict=True, ge=0, le=10**8)] = 0
    casualties_before: People = 0
    support_start: Share = 0.6
    population: Annotated[int, Field(strict=True, ge=0, le=10**10)] = 0
    output: Rate = 0.0
    growth: Annotated[float, Field(strict=True, ge=-1, le=1)] = 0.0


class Force(Item):
    """A formation: brigade or grouping, never finer. `place` makes it a contingent to be sent.

    It fires its owner's munitions, or those of its `supplier`.
    """

    owner: Id
    supplier: Id | None = None
    front: Id
    side: Literal["holder", "opponent"]
    strength: People = 0
    establishment: People = 0
    inflow: People = 0
    quality: Annotated[float, Field(strict=True, gt=0, le=10)] = 1.0
    seasoned_quality: Annotated[float, Field(strict=True, gt=0, le=10)] | None = None
    interoperability: Share = 1.0
    exposure: Annotated[float, Field(strict=True, ge=0, le=20)] = 1.0
    rotates: bool = False
    place: Annotated[int, Field(strict=True, ge=-1, le=100)] = -1


class Front(Item):
    """A contested area, held by one state against another."""

    holder: Id
    opponent: Id
    recognised: bool
    open_since: date | None = None
    free_from: date
    attacker: Literal["holder", "opponent"]
    area: Rate = 0.0
    salient: bool = False
    activity: Annotated[float, Field(strict=True, gt=0, le=50)] = 1.0
    engagements: Annotated[float, Field(strict=True, ge=0, le=1000)]
    gain: Annotated[float, Field(strict=True, ge=0, le=1000)]
    counter_gain: Annotated[float, Field(strict=True, ge=0, le=1000)]
    defence: Annotated[float, Field(strict=True, gt=0, le=10)] = 1.0


class Rung(Item):
    """A step of a ladder. Hazards are a day; `ends`: the way back leads to the bottom."""

    severity: Literal[SEVERITIES]  # type: ignore[valid-type]
    up: Annotated[float, Field(strict=True, ge=0, le=10)] = 0.0
    down: Annotated[float, Field(strict=True, ge=0, le=10)] = 0.0
    ends: bool = False
    shock: Annotated[float, Field(strict=True, ge=0, le=10)] = 0.0
    sanctions: Annotated[float, Field(strict=True, ge=0, le=10)] = 0.0
    firepower: Annotated[float, Field(strict=True, ge=0, le=10)] = 0.0
    weight: Annotated[int, Field(strict=True, ge=0, le=1000)] = 0


class Ladder(Item):
    """Steps from the bottom to the top, in the order in which they are written."""

    rungs: Annotated[dict[Id, Rung], Field(min_length=2, max_length=20)]


class Relation(Item):
    """What one state feels and does towards another."""

    actor: Id
    target: Id
    ladder: Id | None = None
    rung: Id | None = None
    beneficiary: Id | None = None
    grievance: Annotated[float, Field(strict=True, ge=0, le=1)] = 0.0
    concern: Share = 1.0
    tension: Annotated[float, Field(strict=True, ge=0, le=10)] = 0.0
    talks_from: date | None = None


class Report(Item):
    """What one service says of one quantity; it alarms towards the subject and `also` another."""

    observer: Id
    subject: Id
    also: Id | None = None
    quantity: Literal[QUANTITIES]  # type: ignore[valid-type]
    delay: Annotated[int, Field(strict=True, ge=1, le=3650)]
    bias: Annotated[float, Field(strict=True, ge=0, le=100)]
    spread_early: Annotated[float, Field(strict=True, ge=0, le=3)]
    spread_late: Annotated[float, Field(strict=True, ge=0, le=3)]


class Flow(Item):
    """A standing transfer of goods. A load is a container, a missile, a barrel …"""

    donor: Id
    recipient: Id
    good: Literal[GOODS]  # type: ignore[valid-type]
    rate: Annotated[float, Field(strict=True, ge=0, le=1e6)] = 0.0
    per_soldier: Annotated[float, Field(strict=True, ge=0, le=1e3)] = 0.0
    content: Annotated[float, Field(strict=True, ge=0, le=1e6)] = 1.0
    usable: Share = 1.0
    value: Annotated[float, Field(strict=True, ge=0, le=1e7)] = 0.0
    scaled: bool = False
    interval: Annotated[int, Field(strict=True, ge=1, le=365)] = 7
    start: date
    end: date | None = None
    gate: Id | None = None
    gate_rung: Id | None = None
    lead_median: Annotated[float, Field(strict=True, ge=0, le=3650)] = 30.0
    lead_spread: Annotated[float, Field(strict=True, ge=0, le=3)] = 0.5
    loss: Share = 0.0


class Step(Item):
    """One step of a party's procedure of ratification."""

    party: Id
    after: Id | None = None
    median: Annotated[float, Field(strict=True, gt=0, le=36_500)]
    spread: Annotated[float, Field(strict=True, ge=0, le=3)] = 0.5
    done: date | None = None


class Article(Item):
    """An article: its type, its own terms, and what bears on honouring it.

    Without `obligors` and `beneficiaries` all parties owe it to each other; `against` names the
    only state whose attack calls it.
    """

    type: str
    title: str = ""
    intercept: Annotated[float, Field(strict=True, ge=-20, le=20)] = 0.0
    deadline: Days = 90
    obligors: tuple[Id, ...] = ()
    beneficiaries: tuple[Id, ...] = ()
    against: Id | None = None
    terms: dict[str, float | int | str] = {}


class Treaty(Item):
    """A treaty of two or more parties; `informal`: an alignment without a text."""

    name: str
    parties: Annotated[tuple[Id, ...], Field(min_length=2, max_length=100)]
    follows_mode: bool = False
    informal: bool = False
    signed: date
    in_force_since: date | None = None
    exchange: Days = 30
    exchanged: date | None = None
    ratification: dict[Id, Step] = {}
    articles: Annotated[dict[Id, Article], Field(max_length=60)] = {}


class Entry(Item):
    """A dated event that the scenario takes as given."""

    date: date
    kind: Literal["front_opens", "area_set", "institutions_change", "war_breaks_out"]
    subject: Id
    amount: Rate = 0.0


class Focus(Item):
    """Which states, front, treaty and relations the outcomes speak of; none where not modelled."""

    sender: Id | None = None
    host: Id | None = None
    adversary: Id | None = None
    front: Id | None = None
    treaty: Id | None = None
    watcher: Id | None = None
    ally: Id | None = None
    signaller: Id | None = None
    casualties_on: date | None = None
    area_on: date | None = None


class Scenario(Item):
    """A scenario, whole. `sources` maps dotted paths to a citation or the word `assumption`.

    `uses`, `misuses` and `limits` are sentences for the scenario's card; no rule reads them.
    `by_hand`: uncertainties whose number was set by a command, which are not drawn.
    """

    title: str
    purpose: str
    uses: tuple[str, ...] = ()
    misuses: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    start: date
    end: date
    cutoff: date
    record: str | None = None
    prior: str = "wide"
    by_hand: tuple[str, ...] = ()
    focus: Focus = Focus()
    params: dict[str, float | int] = {}
    levers: dict[str, Lever] = {}
    uncertainties: dict[str, Uncertainty] = {}
    ladders: dict[Id, Ladder] = {}
    states: Annotated[dict[Id, State], Field(min_length=1, max_length=200)]
    fronts: dict[Id, Front] = {}
    forces: Annotated[dict[Id, Force], Field(max_length=500)] = {}
    relations: Annotated[dict[Id, Relation], Field(max_length=2000)] = {}
    reports: Annotated[dict[Id, Report], Field(max_length=500)] = {}
    flows: Annotated[dict[Id, Flow], Field(max_length=200)] = {}
    treaties: Annotated[dict[Id, Treaty], Field(max_length=60)] = {}
    calendar: dict[Id, Entry] = {}
    sources: dict[str, str] = {}
    name: str = ""
    file: str = ""

    def day(self, moment: date) -> int:
        """Days from the scenario's start to a date (negative before)."""
        return (moment - self.start).days
