"""What there is and what it means: `list` and `explain`."""

from __future__ import annotations

from sim import clauses, policies
from sim.errors import nearest, usage_error
from sim.outcomes import OUTCOMES
from sim.rules.parameters import declared
from sim.scenario.load import load_scenario
from sim.scenario.places import known
from sim.scenario.sources import source_of
from sim.scenario.spec import Scenario


def catalogue(name: str) -> str:
    """Scenarios and experiments, and the levers and outcomes of one scenario."""
    scenario = load_scenario(name)
    parts = ["Scenarios"]
    parts += [f"  {one:<22} {load_scenario(one).title}" for one in known("scenario")]
    parts += ["", "Experiments (python -m sim +experiment=NAME)"]
    parts += [f"  {one}" for one in known("experiment")]
    parts += ["", f"Levers of {name}"]
    parts += [f"  {lever:<22} {_lever_line(scenario, lever)}" for lever in scenario.levers]
    parts += ["", "Outcomes of a run"]
    parts += [f"  {one.name:<26} {one.unit:<12} {one.meaning}" for one in OUTCOMES]
    return "\n".join(parts)


def _lever_line(scenario: Scenario, name: str) -> str:
    lever = scenario.levers[name]
    span = "|".join(lever.choices) if lever.choices else f"{lever.low:g} to {lever.high:g}"
    return f"{lever.meaning} [{span} {lever.unit}; default {lever.default}]"


def explain(name: str, scenario_name: str) -> str:
    """Meaning, unit, range and source of anything that has a name."""
    scenario = load_scenario(scenario_name)
    entries: dict[str, str] = {}
    for group in (_scenario(scenario), _parameters(), _outcomes(), _kinds()):
        for one, entry in group.items():
            entries[one] = f"{entries[one]}\n\n{entry}" if one in entries else entry
    if name not in entries:
        near = nearest(name, entries)
        hint = f"did you mean '{near}'?" if near else "python -m sim list shows the names"
        raise usage_error(f"nothing is called '{name}'", path="explain", hint=hint)
    return entries[name]


def _scenario(scenario: Scenario) -> dict[str, str]:
    found = {}
    for name, prior in scenario.uncertainties.items():
        shape = {k: v for k, v in prior.model_dump().items() if isinstance(v, float | int)}
        words = ", ".join(f"{key} {value:g}" for key, value in shape.items())
        found[name] = _entry(
            f"{name} (uncertainty of {scenario.name})",
            prior.meaning,
            f"drawn once a replicate: {prior.type}, {words}",
            f"sets {prior.path}",
            _source(scenario, prior.path, f"uncertainties.{name}"),
        )
    for name, lever in scenario.levers.items():
        found[name] = _entry(
            f"{name} (lever of {scenario.name})",
            _lever_line(scenario, name),
            f"sets {lever.path}",
            _source(scenario, lever.path, f"levers.{name}"),
        )
    return found


def _source(scenario: Scenario, *paths: str) -> str:
    for path in paths:
        if source := source_of(scenario.sources, path):
            return f"source: {source}"
    return "source: see the parameter's own"


def _parameters() -> dict[str, str]:
    return {
        name: _entry(
            f"{name} ({one.symbol or 'parameter'})",
            one.meaning,
            f"default {one.default:g} {one.unit}, range {one.low:g} to {one.high:g}"
            + (f", prior {one.law}" if one.law != "none" else ""),
            f"source: {one.source}",
        )
        for name, one in declared().items()
    }


def _outcomes() -> dict[str, str]:
    return {one.name: _entry(f"{one.name} (outcome)", one.meaning, one.unit) for one in OUTCOMES}


def _kinds() -> dict[str, str]:
    found = {
        name: _entry(
            f"{name} (type of article)",
            kind.meaning,
            f"terms: {', '.join(kind.terms.model_fields) or 'none'}",
        )
        for name, kind in clauses.TYPES.items()
    }
    for name, policy in policies.POLICIES.items():
        found[name] = _entry(f"{name} (policy)", policy.meaning)
    return found


def _entry(*lines: str) -> str:
    return "\n  ".join(line for line in lines if line)
