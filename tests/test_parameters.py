"""The table of parameters: each has a source, a range, a law, and moves an outcome somewhere."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from worlds_made import POINTS as MADE_POINTS
from worlds_made import made

from sim.blueprint import Blueprint, draft
from sim.cli import main
from sim.errors import UsageError
from sim.priors import draw
from sim.records import simulate
from sim.rules.parameters import Parameter, declared
from sim.scenario.load import load_scenario
from sim.scenario.places import CONFIGS
from sim.scenario.spec import Scenario

TABLE = declared()
EACH = pytest.mark.parametrize(("name", "one"), TABLE.items(), ids=TABLE)
LAWS = {"triangular", "uniform", "loguniform", "none"}
LEVERS = {name for name, one in TABLE.items() if one.law == "none"}
SOURCED = re.compile(r"\b(1[89]|20)\d\d\b|assumption|CDB90|Ardennes|GML|ROK|UK MoD|Benson")
FROM_MEMORY = {"audience_cost": "size", "deterrence": "Leeds", "recovered_share": "wounded"}
"""Parameters whose source science gives from memory only, and the word beside it."""
REPLICATES = range(6)
SEED = 5


@EACH
def test_a_parameter_has_a_source_a_unit_and_a_meaning(name: str, one: Parameter):
    assert SOURCED.search(one.source), f"{name}: a citation, or the word assumption"
    assert one.unit and one.meaning, name
    assert one.law in LAWS, name


@EACH
def test_the_default_lies_in_the_range(name: str, one: Parameter):
    assert one.low <= one.default <= one.high, name
    assert one.low < one.high, name
    assert one.law != "loguniform" or one.low > 0, name
    assert one.off is None or not one.low <= one.off <= one.high, f"{name}: off is in the range"


@pytest.mark.parametrize(("name", "word"), FROM_MEMORY.items())
def test_what_nobody_checked_is_printed_as_quoted_from_memory(name, word, capsys):
    assert main(["explain", name]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "quoted from memory" in shown
    assert word in shown


@cache
def case() -> Scenario:
    return load_scenario("dprk_russia_2024")


POINTS = (
    {"honour.mode": "model", "escalation.intensity": 2.0},
    {"honour.mode": "historical", "deployment.size": 20000, "escalation.intensity": 2.0},
)


def places() -> Iterator[tuple[Scenario, tuple[dict[str, float | int | str], ...]]]:
    """The live case, then machine-made scenarios in which rare things happen."""
    yield load_scenario("dprk_russia_2024"), POINTS
    for number in range(24):
        yield made(number), MADE_POINTS


def blueprint_with(scenario: Scenario, name: str, value: float) -> Blueprint:
    """A scenario with one parameter set, drawn no more."""
    kept = {key: one for key, one in scenario.uncertainties.items() if one.path != f"params.{name}"}
    params = {**scenario.params, name: value}
    return draft(scenario.model_copy(update={"params": params, "uncertainties": kept}))


def moved(name: str, scenario: Scenario, points: tuple[dict[str, float | int | str], ...]) -> bool:
    """Whether an outcome of a run changes from one end of the parameter's range to the other."""
    ends = (
        simulate(blueprint_with(scenario, name, value), points, REPLICATES, SEED).outcomes
        for value in (TABLE[name].low, TABLE[name].high)
    )
    low, high = ends
    return any(not np.array_equal(low[key], high[key], equal_nan=True) for key in low)


@pytest.mark.parametrize("name", [name for name in TABLE if name not in LEVERS])
def test_no_parameter_is_dead(name):
    assert any(moved(name, scenario, points) for scenario, points in places())


def test_a_declared_law_is_the_tables(tmp_path):
    prior = case().uncertainties["recovery"]
    table = TABLE["recovery_days"]
    assert (prior.type, prior.low, prior.mode, prior.high) == (
        table.law, table.low, table.default, table.high,
    )  # fmt: skip
    drawn = [draw("recovery", prior, 1, replicate) for replicate in range(2000)]
    mean = (table.low + table.default + table.high) / 3
    assert abs(np.mean(drawn) - mean) < 4 * np.std(drawn) / math.sqrt(len(drawn))


@pytest.mark.parametrize("path", ["states.prk.lift", "params.honour_mode", "params.none_such"])
def test_only_a_parameter_with_a_law_can_be_declared(path, tmp_path):
    text = (CONFIGS / "scenario" / "dprk_russia_2024.yaml").read_text(encoding="utf-8")
    file = Path(tmp_path) / "case.yaml"
    file.write_text(text.replace("path: params.recovery_days", f"path: {path}"), encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        load_scenario(str(file))
    assert "declared is for params.NAME" in str(caught.value.problems[0])
