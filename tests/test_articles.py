"""Is the law right? Cases told in words, numbered by article, against the ledger of one run."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
import yaml

from sim.agents import World
from sim.blueprint import draft
from sim.rules.ledger import KINDS
from sim.scenario.load import load_scenario

CASES = yaml.safe_load((Path(__file__).parent / "articles" / "csp_2024.yaml").read_text("utf-8"))
TREATY = "csp_2024"


@cache
def ledger(name: str) -> list[dict[str, object]]:
    """The ledger of a case's run, in words."""
    case = CASES[name]
    scenario = load_scenario("dprk_russia_2024", case.get("changes", {}))
    blueprint = draft(scenario)
    world = World(blueprint, case["levers"], replicate=3, seed=11)
    for _ in range(blueprint.horizon):
        world.step()
    states = [state.name for state in scenario.states.values()]
    focal = blueprint.names["treaties"].index(TREATY)
    lines = []
    for line in world.ledger[: world.clock.events]:
        kind = KINDS[line.kind]
        if kind.startswith("treaty") or kind == "notice given":
            if line.amount != focal:
                continue
        lines.append(
            {
                "kind": kind,
                "day": scenario.start + timedelta(days=line.day),
                "actor": states[line.actor] if line.actor >= 0 else "",
                "target": states[line.target] if line.target >= 0 else "",
                "article": blueprint.names["articles"][line.article] if line.article >= 0 else "",
                "amount": line.amount,
            }
        )
    return lines


def of_article(name: str) -> list[dict[str, object]]:
    """The lines that speak of the case's article, and those that speak of no article."""
    article = f"{TREATY}.{CASES[name]['article']}"
    return [line for line in ledger(name) if line["article"] in (article, "")]


def fits(line: dict[str, object], wanted: dict[str, object]) -> bool:
    first, last = wanted.get("from", date.min), wanted.get("to", date.max)
    exact = {key: value for key, value in wanted.items() if key not in ("from", "to")}
    return first <= line["day"] <= last and all(line[key] == exact[key] for key in exact)


@pytest.mark.parametrize("name", CASES)
def test_article(name):
    lines = of_article(name)
    for wanted in CASES[name]["expect"]:
        same_kind = [line for line in lines if line["kind"] == wanted["kind"]]
        assert any(fits(line, wanted) for line in same_kind), (wanted, same_kind)
    article = f"{TREATY}.{CASES[name]['article']}"
    for kind in CASES[name].get("never", []):
        wrong = [line for line in lines if line["kind"] == kind and line["article"] == article]
        assert not wrong, wrong


def test_every_article_of_the_treaty_has_a_case():
    scenario = load_scenario("dprk_russia_2024")
    told = {case["article"] for case in CASES.values()}
    untold = set(scenario.treaties[TREATY].articles) - told
    assert untold == {"art_8", "art_10"}, "provision is told by art. 9, joint measures below"


def test_joint_measures_raise_interoperability_of_the_contingents():
    blueprint = draft(load_scenario("dprk_russia_2024"))
    world = World(blueprint, {"honour.mode": "historical"}, replicate=3, seed=11)
    contingents = [force for force in world.forces if force.place >= 0]
    before = [force.interoperability for force in contingents]
    for _ in range(blueprint.horizon):
        world.step()
    missing = [(1 - force.interoperability) / (1 - b) for force, b in zip(contingents, before)]
    assert missing == pytest.approx([0.5] * 4), "gain .5 of what was missing, once"
