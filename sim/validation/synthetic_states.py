"""A world of many states, made by a rule and not written by hand, for EV-3.

Pairs of rivals, each with the dispute ladder and a front that opens with their war; around each
target of a challenge its own allies, bound by one defence pact, who enter its war but send no
expedition. All states are alike. No state is a real one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from typing import Any

from scipy.optimize import brentq
from scipy.stats import nbinom

from sim.errors import UsageError
from sim.rules.parameters import declared
from sim.rules.treaty import MODEL
from sim.scenario.check import problems_of
from sim.scenario.load import validated
from sim.scenario.spec import Scenario

START, END = date(2000, 1, 1), date(2010, 1, 1)
PAIRS = 20
DISPUTES_A_DAY = 2174 / (195 * 365.25)
RUNGS = {"threat": (0.971, 33.0), "display": (0.743, 54.0), "force": (0.060505, 154.751)}
"""P(one step up) and mean stay in days: GML 2016, disputes 1816-2010 (science note 2.5)."""
SEVERITY = {"threat": "threat", "display": "display of force", "force": "use of force"}
DEFENCE = 0.761
"""β of the honour rule for defence pacts, Berkemeier & Fuhrmann 2018."""
SOLDIERS = 100_000
MOST_ALLIES = 39
TERMS = {
    "without_delay": 1.0, "recognised_only": 0, "wait": 0,
    "statement": 0.0, "economic": 0.0, "limited_troops": 0.0,
}  # fmt: skip


@dataclass(frozen=True)
class Setting:
    """What is chosen: all else is the default of the table of parameters, or dispute data.

    `settlement`: h_s, a day. `allies` and `spread`: mean and shape of the negative binomial law of
    a target's number of allies. `scale` and `shape`: of the Weibull law of the joining lag, days.
    """

    settlement: float
    allies: float
    spread: float
    scale: float
    shape: float


def scenario(setting: Setting) -> Scenario:
    """The checked scenario of a setting; UsageError when the checks find a fault."""
    tree = world_tree(setting)
    made = validated(tree, "synthetic_world", "synthetic world")
    problems = problems_of(made, tree)
    if problems:
        raise UsageError(problems)
    return made


def allies_of(setting: Setting) -> list[int]:
    """Allies of each pair's target: as many as the middle of its part of the law."""
    shape = setting.spread
    law = nbinom(shape, shape / (shape + setting.allies))
    return [min(MOST_ALLIES, int(law.ppf((pair + 0.5) / PAIRS))) for pair in range(PAIRS)]


def world_tree(setting: Setting) -> dict[str, Any]:
    """The scenario as it would be written in a file."""
    numbers = allies_of(setting)
    allies = {pair: [f"ally_{pair}_{n}" for n in range(numbers[pair])] for pair in range(PAIRS)}
    bystanders = [name for names in allies.values() for name in names]
    rivals = [f"{role}_{pair}" for pair in range(PAIRS) for role in ("challenger", "target")]
    return {
        "title": "A world of many states",
        "purpose": "Compare base rates of disputes, wars and joiners with the record (EV-3).",
        "start": START, "end": END, "cutoff": START,
        "focus": {
            "sender": "challenger_0", "host": "target_0", "adversary": "challenger_1",
            "front": "front_0", "casualties_on": END, "area_on": END,
        },
        "params": {
            "honour_mode": MODEL, "settlement": setting.settlement,
            "latency_scale": setting.scale, "latency_shape": setting.shape,
        },
        "ladders": {"dispute": {"rungs": _rungs(setting, numbers)}},
        "states": {name: _state(name) for name in [*rivals, *bystanders]},
        "fronts": {f"front_{pair}": _front(pair) for pair in range(PAIRS)},
        "forces": {f"army_of_{name}": _army(name) for name in rivals},
        "relations": {key: item for pair in range(PAIRS) for key, item in _rivals(pair).items()},
        "treaties": {f"pact_{n}": _pact(n, names) for n, names in allies.items() if names},
        "sources": {
            "params": "assumption: chosen by the search in docs/reference/synthetic_world.md",
            "ladders.dispute": "Gibler, Miller & Little 2016, disputes 1816-2010; the hazard of a "
            "dispute gives 2174 in 195 years",
            "states": "assumption: states of one size, without features",
            "fronts": "assumption: engagements and gains as in the table of science note 9.5",
            "forces": "assumption: equal forces, losses replaced from the pool",
            "treaties": "β of defence pacts: Berkemeier & Fuhrmann 2018; partners: assumption",
        },
    }  # fmt: skip


def _rungs(setting: Setting, numbers: list[int]) -> dict[str, Any]:
    rungs: dict[str, Any] = {"none": {"severity": "quiet", "up": _challenge(setting, numbers)}}
    for name, (share, stay) in RUNGS.items():
        up, down = share / stay, (1.0 - share) / stay
        rungs[name] = {"severity": SEVERITY[name], "up": up, "down": down, "ends": True}
    return rungs | {"war": {"severity": "war", "ends": True}}


def _challenge(setting: Setting, numbers: list[int]) -> float:
    """Hazard of a dispute that gives the record's number a day in all pairs.

    A pair that quarrels cannot begin another dispute, and allies deter: both are allowed for, with
    1 / h_s days of war, as the two sides soon agree on who would win.
    """
    reached, busy = 1.0, 0.0
    for share, stay in RUNGS.values():
        busy += reached * stay
        reached *= share
    busy += reached / setting.settlement
    honoured = 1.0 / (1.0 + math.exp(-DEFENCE))
    deterred = math.exp(declared()["deterrence"].default * honoured)
    factors = [deterred if number else 1.0 for number in numbers]

    def excess(hazard: float) -> float:
        return sum(1.0 / (1.0 / (hazard * factor) + busy) for factor in factors) - DISPUTES_A_DAY

    return float(brentq(excess, 1e-6, 1.0))


def _state(name: str) -> dict[str, Any]:
    return {
        "name": name.replace("_", " ").title(), "capability": 0.005,
        "pool": SOLDIERS, "recruits": 100, "munitions": 10**10,
    }  # fmt: skip


def _front(pair: int) -> dict[str, Any]:
    return {
        "holder": f"challenger_{pair}", "opponent": f"target_{pair}", "recognised": True,
        "free_from": START, "attacker": "holder",
        "engagements": 3.0, "gain": 2.0, "counter_gain": 0.5,
    }  # fmt: skip


def _army(name: str) -> dict[str, Any]:
    role, _, pair = name.partition("_")
    side = "holder" if role == "challenger" else "opponent"
    return {
        "owner": name, "front": f"front_{pair}", "side": side,
        "strength": SOLDIERS, "establishment": SOLDIERS, "inflow": 200,
    }  # fmt: skip


def _rivals(pair: int) -> dict[str, Any]:
    one, other = f"challenger_{pair}", f"target_{pair}"
    return {
        f"challenge_{pair}": {"actor": one, "target": other, "ladder": "dispute"},
        f"answer_{pair}": {"actor": other, "target": one},
    }


def _pact(pair: int, allies: list[str]) -> dict[str, Any]:
    return {
        "name": f"Pact {pair}", "parties": [f"target_{pair}", *allies],
        "signed": date(1990, 1, 1), "in_force_since": date(1990, 1, 1),
        "articles": {
            "defence": {
                "type": "mutual_aid", "intercept": DEFENCE, "terms": TERMS,
                "obligors": allies, "beneficiaries": [f"target_{pair}"],
            }
        },
    }  # fmt: skip
