"""Machine-made scenarios: any valid data will do, and tension is high so that rare things happen.

A scenario is a pure function of its number. Every one passes the checks that a file must pass.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from worlds_made_treaties import START, alignment, treaty

from sim import policies
from sim.rules.escalation import SEVERITIES
from sim.rules.observation import QUANTITIES
from sim.rules.supply import GOODS
from sim.scenario.check import problems_of
from sim.scenario.spec import Scenario

GROUPS = (
    *("params", "levers", "uncertainties", "ladders", "states", "fronts", "forces", "relations"),
    *("reports", "flows", "treaties", "calendar"),
)
LEVERS = {
    "deployment.size": {
        "path": "states.{sender}.expedition_size",
        "default": 3000,
        "low": 0,
        "high": 10**6,
    },
    "escalation.intensity": {"path": "params.intensity", "default": 1.0, "low": 0, "high": 3},
    "honour.mode": {
        "path": "params.honour_mode",
        "default": "model",
        "choices": ["historical", "model", "always", "never"],
    },
    "arms.rate": {"path": "params.arms_rate", "default": 1.0, "low": 0, "high": 3},
}
POINTS: tuple[dict[str, float | int | str], ...] = (
    {"deployment.size": 0, "honour.mode": "model", "escalation.intensity": 2.0},
    {"deployment.size": 5001, "honour.mode": "historical", "escalation.intensity": 1.0},
)

Tree = dict[str, Any]


def checked(tree: Mapping[str, Any]) -> Scenario:
    """The scenario of a tree of data, if the program would take it from a file."""
    scenario = Scenario(**tree, name="made", file="made.yaml")
    problems = problems_of(scenario, tree)
    assert not problems, "\n".join(map(str, problems))
    return scenario


def made(number: int) -> Scenario:
    """The scenario of that number."""
    return checked(made_tree(number))


def made_tree(number: int) -> Tree:
    """The scenario of that number, as a file would hold it."""
    return _Maker(Random(number)).tree()


class _Maker:
    def __init__(self, luck: Random) -> None:
        self.luck = luck
        self.days = luck.randint(60, 200)
        self.states = [f"state_{letter}" for letter in "dagbecf"[: luck.randint(2, 7)]]
        self.fronts = [f"front_{n}" for n in range(luck.randint(1, 3))]
        self.sides = {front: luck.sample(self.states, 2) for front in self.fronts}
        self.ladders = ["dispute", "answers"]
        pairs = [(a, b) for a in self.states for b in self.states if a != b]
        self.pairs = sorted(luck.sample(pairs, max(2, 2 * len(pairs) // 3)))

    def date(self, first: int, last: int) -> date:
        return START + timedelta(days=self.luck.randint(first, last))

    def tree(self) -> Tree:
        luck, sender = self.luck, self.states[-1]
        tree: Tree = {
            "title": "made", "purpose": "a test", "start": START, "cutoff": START,
            "end": START + timedelta(days=self.days),
            "params": {"elasticity": 1.5, "shock_treaty": 1.0, "shock_troops": 0.3,
                       "initiative_days": 7, "technology_delay": 100.0, "rest_hazard": 1.0,
                       "loss_rate": 0.01, "support_floor": 0.4, "settlement": 0.016,
                       "collapse": 0.05, "recovery_days": 20.0, "learning_days": 20.0},
            "levers": {name: lever | {"path": lever["path"].format(sender=sender),
                                      "unit": "1", "meaning": "a test"}
                       for name, lever in LEVERS.items()},
            "uncertainties": {
                "lift": {"path": f"states.{sender}.lift", "type": "uniform", "low": 9, "high": 400},
                "attrition": {"path": "params.attrition", "type": "lognormal", "median": 1.0,
                              "log_sd": 0.5},
                "activity": {"path": "fronts.*.activity", "type": "triangular", "low": 1, "mode": 3,
                             "high": 6},
            },
            "ladders": {name: {"rungs": self.rungs()} for name in self.ladders},
            "states": {name: self.state() for name in self.states},
            "fronts": {name: self.front(name) for name in self.fronts},
            "forces": self.forces(),
            "relations": {f"{a}_to_{b}": self.relation(a, b) for a, b in self.pairs},
        }  # fmt: skip
        tree["reports"] = {f"report_{n}": self.report() for n in range(luck.randint(2, 6))}
        tree["flows"] = {f"flow_{n}": self.flow(tree) for n in range(luck.randint(2, 6))}
        names = [f"treaty_{n}" for n in range(luck.randint(1, 3))]
        tree["treaties"] = {name: treaty(luck, self.states) for name in names}
        tree["calendar"] = self.calendar()
        tree["focus"] = self.focus(tree)
        self.war(tree)
        tree["sources"] = dict.fromkeys((*GROUPS, "focus"), "assumption")
        return tree

    def rungs(self) -> Tree:
        chosen = [self.luck.choice(SEVERITIES[1:-2]) for _ in range(self.luck.randint(0, 3))]
        severities = ["quiet", *chosen, "use of force", "war"]
        return {
            f"rung_{n}": {
                "severity": severity,
                "up": self.luck.uniform(0.01, 0.1),
                "down": self.luck.uniform(0.01, 0.2),
                "ends": self.luck.random() < 0.5,
                "shock": self.luck.uniform(0, 1),
                "sanctions": self.luck.uniform(0, 1),
                "firepower": self.luck.uniform(0, 0.3),
                "weight": self.luck.randint(0, 60),
            }
            for n, severity in enumerate(severities)
        }

    def state(self) -> Tree:
        luck = self.luck
        return {
            "name": "made",
            "policy": luck.choice(list(policies.POLICIES)),
            "capability": luck.random(),
            "democracy": luck.random(),
            "major": luck.random() < 0.5,
            "capability_changed": luck.random() < 0.3,
            "institutions_changed": luck.random() < 0.3,
            "at_war": luck.random() < 0.3,
            "pool": luck.choice([1500, 20000]),
            "recruits": luck.choice([0, 20, 100]),
            "expedition_size": luck.choice([0, 2000, 10000]),
            "lift": luck.choice([150, 2000]),
            "transit": luck.randint(0, 20),
            "preparation": luck.randint(0, 20),
            "replacement": luck.random(),
            "munitions": luck.choice([0, 10**4, 10**7]),
            "production": luck.choice([0, 100, 1000]),
            "casualties_before": luck.choice([0, 500]),
            "support_start": luck.uniform(0.3, 0.9),
            "population": luck.choice([0, 10**6]),
            "output": luck.choice([0.0, 100.0]),
            "growth": luck.uniform(-0.1, 0.1),
        }

    def front(self, name: str) -> Tree:
        luck = self.luck
        holder, opponent = self.sides[name]
        tree: Tree = {
            "holder": holder,
            "opponent": opponent,
            "recognised": luck.random() < 0.6,
            "free_from": self.date(-5, 25),
            "attacker": luck.choice(["holder", "opponent"]),
            "area": luck.choice([0.0, 3.0, 50.0, 500.0]),
            "salient": luck.random() < 0.6,
            "activity": luck.uniform(0.5, 4),
            "engagements": luck.uniform(0.5, 20),
            "gain": luck.uniform(0.5, 4),
            "counter_gain": luck.uniform(0, 3),
            "defence": luck.uniform(0.8, 2),
        }
        if luck.random() < 0.6:
            tree["open_since"] = self.date(-30, 0)
        return tree

    def forces(self) -> Tree:
        luck = self.luck
        forces: Tree = {}
        for name, (holder, opponent) in self.sides.items():
            for side, owner in (("holder", holder), ("opponent", opponent)):
                for n in range(luck.randint(1, 2)):
                    forces[f"{name}_{side}_{n}"] = {
                        "owner": owner, "front": name, "side": side,
                        "strength": luck.choice([0, 300, 5000, 60000]),
                        "establishment": luck.choice([0, 5000, 70000]),
                        "inflow": luck.choice([0, 50, 1000]), "quality": luck.uniform(0.5, 2),
                        "interoperability": luck.uniform(0.5, 1), "exposure": luck.uniform(0, 3),
                        "rotates": luck.random() < 0.3,
                    }  # fmt: skip
        for sender in dict.fromkeys([self.states[0], self.states[-1]]):
            front, side = luck.choice(self.fronts), luck.choice(["holder", "opponent"])
            for place in range(luck.randint(1, 4)):
                forces[f"{sender}_contingent_{place}"] = {
                    "owner": sender, "front": front, "side": side, "place": place,
                    "rotates": True, "exposure": luck.uniform(1, 6),
                    "quality": luck.uniform(0.4, 1), "interoperability": luck.uniform(0.5, 0.9),
                    "seasoned_quality": luck.choice([None, 1.2]),
                    "supplier": luck.choice([None, *self.sides[front]]),
                }  # fmt: skip
        return dict(sorted(forces.items()))

    def relation(self, actor: str, target: str) -> Tree:
        luck = self.luck
        tree: Tree = {
            "actor": actor, "target": target, "grievance": luck.uniform(0, 0.1),
            "concern": luck.random(), "tension": luck.uniform(0, 2),
        }  # fmt: skip
        if luck.random() < 0.8:
            tree |= {"ladder": luck.choice(self.ladders), "rung": f"rung_{luck.randint(0, 1)}"}
        if luck.random() < 0.4:
            tree["beneficiary"] = luck.choice(self.states)
        if luck.random() < 0.4:
            tree["talks_from"] = self.date(-5, 60)
        return tree

    def report(self) -> Tree:
        observer, subject = self.luck.sample(self.states, 2)
        return {
            "observer": observer,
            "subject": self.luck.choice([subject, self.states[-1]]),
            "also": self.luck.choice([None, *self.states]),
            "quantity": self.luck.choice(QUANTITIES),
            "delay": self.luck.randint(1, 15),
            "bias": self.luck.uniform(0, 2),
            "spread_early": self.luck.uniform(0, 0.5),
            "spread_late": self.luck.uniform(0, 0.5),
        }

    def flow(self, tree: Tree) -> Tree:
        luck = self.luck
        donor, recipient = luck.sample(self.states, 2)
        flow = {
            "donor": donor, "recipient": recipient, "good": luck.choice(GOODS),
            "rate": luck.uniform(0, 40), "per_soldier": luck.choice([0.0, 0.01]),
            "content": luck.choice([1.0, 150.5]), "usable": luck.uniform(0.3, 1),
            "value": luck.uniform(0, 100), "scaled": luck.random() < 0.5,
            "interval": luck.randint(1, 10), "start": self.date(-10, 30),
            "lead_median": luck.uniform(0, 40), "lead_spread": luck.uniform(0, 1),
            "loss": luck.uniform(0, 0.3),
        }  # fmt: skip
        if luck.random() < 0.3:
            flow["end"] = self.date(30, self.days)
        gates = [name for name, relation in tree["relations"].items() if "ladder" in relation]
        if gates and luck.random() < 0.4:
            flow |= {"gate": luck.choice(gates), "gate_rung": f"rung_{luck.randint(0, 2)}"}
        return flow

    def calendar(self) -> Tree:
        luck = self.luck
        tree: Tree = {}
        for front in self.fronts:
            opens = luck.randint(0, 20)
            tree[f"opens_{front}"] = {
                "date": self.date(opens, opens), "kind": "front_opens", "subject": front,
            }  # fmt: skip
            if luck.random() < 0.7:
                tree[f"area_{front}"] = {
                    "date": self.date(opens, opens + 20), "kind": "area_set", "subject": front,
                    "amount": luck.uniform(2, 200)}  # fmt: skip
        tree["coup"] = {"date": self.date(0, self.days - 1), "kind": "institutions_change",
                        "subject": luck.choice(self.states)}  # fmt: skip
        return tree

    def war(self, tree: Tree) -> None:
        """A war that breaks out, and alignments, drawn after all else."""
        luck = self.luck
        tree["treaties"] |= {f"alignment_{n}": alignment(luck, self.states) for n in range(2)}
        plain = [name for name, one in tree["relations"].items() if "ladder" not in one]
        if plain:
            tree["calendar"]["war"] = {
                "date": self.date(2, 40), "kind": "war_breaks_out", "subject": luck.choice(plain),
            }  # fmt: skip
        for written in tree["treaties"].values():
            for content in written["articles"].values():
                if luck.random() < 0.2:
                    content["against"] = luck.choice(self.states)

    def focus(self, tree: Tree) -> Tree:
        luck = self.luck
        front = luck.choice(self.fronts)
        relation = list(tree["relations"])
        return {
            "sender": self.states[-1], "host": self.sides[front][1],
            "adversary": self.sides[front][0], "front": front,
            "treaty": luck.choice([None, *tree["treaties"]]),
            "watcher": luck.choice(relation), "ally": luck.choice([None, *relation]),
            "signaller": luck.choice(relation), "casualties_on": self.date(40, 59),
            "area_on": self.date(40, 59),
        }  # fmt: skip


def rearranged(scenario: Scenario, order: Callable[[list[str]], list[str]]) -> Scenario:
    """The same scenario with the names of every group in another order; rungs stay in theirs."""

    def mixed(items: Mapping[str, Any]) -> dict[str, Any]:
        return {name: items[name] for name in order(list(items))}

    groups = {name: mixed(getattr(scenario, name)) for name in GROUPS if name != "params"}
    for name, content in groups["treaties"].items():
        inner = {"articles": mixed(content.articles), "ratification": mixed(content.ratification)}
        groups["treaties"][name] = content.model_copy(update=inner)
    return scenario.model_copy(update=groups)
