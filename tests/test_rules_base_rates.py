"""At intensity 0 the ladders give back the base rates they were made from."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sim import records
from sim.blueprint import Blueprint, draft
from sim.rules import ledger
from sim.rules.escalation import SEVERITIES
from sim.scenario.load import load_scenario
from sim.scenario.spec import Ladder, Relation, State

Z = 4.0
"""Standard errors that a frequency may lie off its exact value."""


def quarrels(rung: str, intensity: float, days: int = 2000, restless: bool = True) -> Blueprint:
    """A world of a hundred quarrels on the dispute ladder and nothing else."""
    names = [f"state_{n}" for n in range(100)]
    base = load_scenario("dprk_russia_2024")
    ladder = base.ladders["dispute"]
    if not restless:
        rungs = {**ladder.rungs, "none": ladder.rungs["none"].model_copy(update={"up": 0.0})}
        ladder = Ladder(rungs=rungs)
    relations = {
        f"quarrel_{n}": Relation(
            actor=names[n], target=names[n - 1], ladder="dispute", rung=rung, tension=3.0,
            grievance=0.2,
        )
        for n in range(100)
    }  # fmt: skip
    end = base.start.fromordinal(base.start.toordinal() + days)
    return draft(
        base.model_copy(
            update={
                "end": end,
                "params": {**base.params, "intensity": intensity},
                "states": {name: State(name=name, capability=0.0) for name in names},
                "fronts": {"nowhere": base.fronts["main"].model_copy(
                    update={"holder": "state_0", "opponent": "state_1", "open_since": None})},
                "ladders": {"dispute": ladder},
                "relations": relations,
                "focus": base.focus.model_copy(update={
                    "sender": "state_0", "host": "state_1", "adversary": "state_2",
                    "front": "nowhere", "treaty": None, "watcher": None, "ally": None,
                    "signaller": None}),
                "forces": {}, "reports": {}, "flows": {}, "treaties": {}, "calendar": {},
                "uncertainties": {}, "levers": {},
            }
        )
    )  # fmt: skip


def steps(blueprint: Blueprint, replicates: int) -> np.ndarray:
    """Steps up in all runs: run, day, actor and the severity reached."""
    chunk = records.simulate(blueprint, [{}], range(replicates), 11)
    assert not any(chunk.errors)
    return chunk.events[chunk.events["kind"] == ledger.STEP_UP]


def assert_share(hits: int, trials: int, share: float) -> None:
    error = math.sqrt(share * (1.0 - share) / trials)
    assert abs(hits / trials - share) < Z * error, f"{hits / trials:.4f} against {share:.4f}"


@pytest.mark.parametrize(
    ("rung", "next_step", "share"),
    [
        ("threat", "display of force", 0.982),
        ("display", "use of force", 0.751),
        ("force", "war", 0.0356),
    ],
)
def test_at_intensity_zero_a_dispute_climbs_as_often_as_since_1946(rung, next_step, share):
    """Gibler, Miller & Little 2016, MID 2.2.1: shares of disputes that go one rung further."""
    ups = steps(quarrels(rung, intensity=0.0, restless=False), replicates=60)
    climbed = ups[ups["amount"] == SEVERITIES.index(next_step)]
    once = np.unique(climbed[["run", "actor"]])
    assert_share(len(once), 60 * 100, share)


def test_at_intensity_zero_tension_does_not_start_a_dispute():
    days = 365
    chance = -math.expm1(-0.000685 * days)
    calm = steps(quarrels("none", 0.0, days), replicates=60)
    begun = np.unique(calm[calm["amount"] == SEVERITIES.index("threat")][["run", "actor"]])
    assert_share(len(begun), 60 * 100, chance)
    heated = steps(quarrels("none", 1.0, days), replicates=5)
    begun = np.unique(heated[heated["amount"] == SEVERITIES.index("threat")][["run", "actor"]])
    assert len(begun) > 0.9 * 500, "at intensity 1 the same tension does"
