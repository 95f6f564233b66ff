"""A stand-in for scenario and engine: random numbers of a plausible shape, no rule in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from sim.study.chunk import EVENT_TYPE, Chunk
from sim.study.designs.grid import expand
from sim.study.manifest import Identity
from sim.study.plan import Plan

START = date(2023, 8, 1)
WEEKS = 127
DAYS = 7 * np.arange(WEEKS)
LANDING = 434


@dataclass(frozen=True)
class FakeLever:
    default: float | int | str
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    unit: str = "soldiers"
    meaning: str = "how much of it"
    integer: bool = False


@dataclass(frozen=True)
class FakeOutcome:
    name: str
    kind: str = "amount"
    unit: str = "persons"
    meaning: str = "what is measured"


@dataclass(frozen=True)
class FakeSeries:
    name: str
    unit: str = "persons"
    meaning: str = "what is sampled"
    labels: tuple[str, ...] = field(default=())


LEVERS = {
    "deployment.size": FakeLever(11_000, 0, 50_000, integer=True),
    "escalation.intensity": FakeLever(1.0, 0, 3, unit="multiple of the base hazards"),
    "honour.mode": FakeLever("model", choices=("historical", "model", "always", "never"), unit=""),
}
OUTCOMES = (
    FakeOutcome("sender_casualties"),
    FakeOutcome("days_to_restore", "time", "days"),
    FakeOutcome("new_major_party", "probability", "share"),
    FakeOutcome("lethal_aid", "probability", "share"),
    FakeOutcome("nuclear_signalling", "probability", "share"),
    FakeOutcome("obligations_called", "count", "obligations"),
    FakeOutcome("obligations_met", "count", "obligations"),
    FakeOutcome("obligations_late", "count", "obligations"),
    FakeOutcome("obligations_partial", "count", "obligations"),
    FakeOutcome("obligations_refused", "count", "obligations"),
    FakeOutcome("voluntary_aid", "count", "acts"),
)
RUNGS = {
    "watcher_rung": ("none", "words", "sanctions", "defensive aid", "lethal aid"),
    "ally_rung": ("none", "words", "sanctions", "more arms", "permission to strike"),
    "signalling_rung": ("none", "warning", "doctrine", "demonstration", "alert"),
    "dispute_rung": ("no dispute", "threat", "display", "use of force", "war"),
}
SERIES = (
    FakeSeries("sender_casualties"),
    FakeSeries("area_held", "km2"),
    *(FakeSeries(name, "rung", labels=labels) for name, labels in RUNGS.items()),
)
WORDS = {
    "kind": ("obligation called", "aid given"),
    "actor": ("RUS", "PRK", "UKR"),
    "target": ("RUS", "PRK", "UKR"),
    "article": ("csp_2024.4",),
}


def plan(values=None, replicates=10, seed=7) -> Plan:
    design = {"deployment.size": [0, 12_000], "escalation.intensity": [0.0, 1.0]}
    points = expand(LEVERS, design if values is None else values)
    return Plan(LEVERS, points, replicates, seed, START, OUTCOMES, SERIES, WORDS)


def identity(experiment="escalation") -> Identity:
    return Identity(
        experiment=experiment,
        title="Escalation on two fronts",
        config=f"experiment: {experiment}\nseed: 7\n",
        overrides=["replicates=10"],
        rules="rules-1",
        engine="fake",
        command=f"python -m sim +experiment={experiment}",
    )


def simulate(blueprint, points, replicates: Sequence[int], seed: int) -> Chunk:
    """Runs whose luck depends on seed and replicate alone."""
    runs = [_run(point, seed, replicate) for replicate in replicates for point in points]
    outcomes = {one.name: np.array([run[0][one.name] for run in runs]) for one in OUTCOMES}
    series = np.stack([run[1] for run in runs]).astype(np.float32)
    events = np.concatenate([_ledger(place) for place in range(len(runs))])
    return Chunk(outcomes, series, events, [""] * len(runs))


def _run(point, seed, replicate):
    luck = np.random.default_rng([seed, replicate])
    size, heat = float(point["deployment.size"]), float(point["escalation.intensity"])
    mode = {"never": 0.3, "always": 1.2}.get(point["honour.mode"], 1.0)
    losses = 0.35 * size * mode * float(luck.lognormal(0, 0.4))
    area = 909.0 * np.exp(-np.clip(DAYS - 402, 0, None) / luck.normal(260 - size / 150, 30))
    area *= DAYS > 371
    chance = luck.random(4)
    days = 300 + 250 * luck.exponential() - size / 200
    called = float(luck.poisson(2 + size / 8_000))
    outcomes = {
        "sender_casualties": losses,
        "days_to_restore": days if days < 512 else np.nan,
        "new_major_party": float(chance[0] < 0.02 + 0.05 * heat * mode * (1 + size / 9_000)),
        "lethal_aid": float(chance[1] < 0.02 + 0.1 * heat * mode * (size / 9_000)),
        "nuclear_signalling": float(chance[2] < 0.1 + 0.3 * heat),
        "obligations_called": called,
        "obligations_met": np.floor(called * mode / 2),
        "obligations_late": float(luck.binomial(int(called), 0.2)),
        "obligations_partial": float(luck.binomial(int(called), 0.1)),
        "obligations_refused": called - np.floor(called * mode / 2),
        "voluntary_aid": float(luck.poisson(1)),
    }
    spent = losses * np.clip((DAYS - LANDING - 60) / 200, 0, 1)
    starts = np.sort(luck.uniform(LANDING, 900, (4, 4)), axis=1) - 60 * heat
    rungs = [(DAYS[:, None] > start).sum(axis=1) for start in starts]
    return outcomes, np.stack([spent, area, *rungs], axis=1)


def _ledger(place):
    return np.array(
        [(place, 0, 372, 0, 0, 1, 0, 0.0, -1), (place, 1, 434, 1, 1, -1, -1, 1500.0, 0)], EVENT_TYPE
    )
