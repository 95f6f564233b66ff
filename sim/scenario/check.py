"""What a scenario must hold beyond the form of its fields: names, dates, bounds, sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from sim import clauses, policies
from sim.errors import Problem, UsageError, nearest
from sim.rules.entities import TERMS
from sim.rules.parameters import declared
from sim.scenario import sources
from sim.scenario.faults import translate
from sim.scenario.levers import Lever, Uncertainty
from sim.scenario.limits import beyond
from sim.scenario.places import known
from sim.scenario.spec import Article, Scenario, Treaty

LONGEST_DAYS = 3653
SUBJECTS = {
    "front_opens": "front",
    "area_set": "front",
    "institutions_change": "state",
    "war_breaks_out": "relation",
}
"""What an entry of the calendar speaks of, by its kind."""

Fault = tuple[str, str, str]
"""Path, fault, hint."""


def problems_of(scenario: Scenario, tree: Mapping[str, Any]) -> list[Problem]:
    """All problems of a scenario whose fields have the right form; `tree` is as it was read."""
    checks: tuple[Callable[[Scenario], Iterator[Fault]], ...] = (
        _record,
        _dates,
        _states,
        _fronts,
        _forces,
        _relations,
        _reports,
        _flows,
        _treaties,
        _calendar,
        _focus,
        _params,
    )
    faults = [fault for check in checks for fault in check(scenario)]
    faults += [*sources.missing(scenario.sources, tree), *sources.idle(scenario)]
    if not faults:
        faults = list(_paths(scenario))
    return [Problem(scenario.file, *fault) for fault in faults]


def _unknown(path: str, name: str, what: str, known: Iterable[str]) -> Iterator[Fault]:
    """A fault when `name` is not among the known ones."""
    names = list(known)
    if name not in names:
        near = nearest(name, names)
        hint = f"did you mean '{near}'?" if near else f"known: {', '.join(names) or 'none'}"
        yield path, f"there is no {what} '{name}'", hint


def _record(scenario: Scenario) -> Iterator[Fault]:
    if scenario.record is not None:
        yield from _unknown("record", scenario.record, "record", known("record"))


def _dates(scenario: Scenario) -> Iterator[Fault]:
    if scenario.end <= scenario.start:
        yield "end", f"{scenario.end} is not after the start {scenario.start}", ""
    elif (scenario.end - scenario.start).days > LONGEST_DAYS:
        yield "end", f"more than {LONGEST_DAYS} days after the start", ""


def _states(scenario: Scenario) -> Iterator[Fault]:
    for name, state in scenario.states.items():
        yield from _unknown(f"states.{name}.policy", state.policy, "policy", policies.POLICIES)


def _fronts(scenario: Scenario) -> Iterator[Fault]:
    for name, front in scenario.fronts.items():
        for field in ("holder", "opponent"):
            state = getattr(front, field)
            yield from _unknown(f"fronts.{name}.{field}", state, "state", scenario.states)
        if front.holder == front.opponent:
            yield f"fronts.{name}", f"'{front.holder}' cannot be on both sides", ""


def _forces(scenario: Scenario) -> Iterator[Fault]:
    places: dict[str, list[int]] = {}
    for name, force in scenario.forces.items():
        for field in ("owner", "supplier"):
            state = getattr(force, field)
            if state is not None:
                yield from _unknown(f"forces.{name}.{field}", state, "state", scenario.states)
        yield from _unknown(f"forces.{name}.front", force.front, "front", scenario.fronts)
        if force.place >= 0:
            places.setdefault(force.owner, []).append(force.place)
            if force.strength:
                yield f"forces.{name}.strength", "a contingent starts empty at home", "leave it out"
    for owner, taken in places.items():
        if sorted(taken) != list(range(len(taken))):
            yield "forces", f"places of the contingents of '{owner}' must be 0, 1, 2 …", ""


def _relations(scenario: Scenario) -> Iterator[Fault]:
    seen: dict[tuple[str, str], str] = {}
    for name, relation in scenario.relations.items():
        path = f"relations.{name}"
        for field in ("actor", "target", "beneficiary"):
            state = getattr(relation, field)
            if state is not None:
                yield from _unknown(f"{path}.{field}", state, "state", scenario.states)
        pair = (relation.actor, relation.target)
        if relation.actor == relation.target:
            yield path, "a state has no relation to itself", ""
        if pair in seen:
            yield path, f"the same pair as '{seen[pair]}'", ""
        seen[pair] = name
        if relation.ladder is not None:
            yield from _unknown(f"{path}.ladder", relation.ladder, "ladder", scenario.ladders)
            ladder = scenario.ladders.get(relation.ladder)
            if ladder is not None and relation.rung is not None:
                yield from _unknown(f"{path}.rung", relation.rung, "rung", ladder.rungs)
        elif relation.rung is not None:
            yield f"{path}.rung", "there is no ladder to stand on", ""


def _reports(scenario: Scenario) -> Iterator[Fault]:
    for name, report in scenario.reports.items():
        for field in ("observer", "subject", "also"):
            state = getattr(report, field)
            if state is not None:
                yield from _unknown(f"reports.{name}.{field}", state, "state", scenario.states)


def _flows(scenario: Scenario) -> Iterator[Fault]:
    for name, flow in scenario.flows.items():
        path = f"flows.{name}"
        for field in ("donor", "recipient"):
            yield from _unknown(f"{path}.{field}", getattr(flow, field), "state", scenario.states)
        if flow.donor == flow.recipient:
            yield path, "a state cannot send to itself", ""
        if (flow.gate is None) != (flow.gate_rung is None):
            yield path, "gate and gate_rung belong together", ""
        if flow.gate is not None:
            yield from _unknown(f"{path}.gate", flow.gate, "relation", scenario.relations)
            gate = scenario.relations.get(flow.gate)
            ladder = None if gate is None or gate.ladder is None else gate.ladder
            rungs = scenario.ladders[ladder].rungs if ladder in scenario.ladders else {}
            if gate is not None and flow.gate_rung is not None:
                yield from _unknown(f"{path}.gate_rung", flow.gate_rung, "rung", rungs)


def _treaties(scenario: Scenario) -> Iterator[Fault]:
    for name, treaty in scenario.treaties.items():
        path = f"treaties.{name}"
        for party in treaty.parties:
            yield from _unknown(f"{path}.parties", party, "state", scenario.states)
        if len(set(treaty.parties)) < len(treaty.parties):
            yield f"{path}.parties", "a party is named twice", ""
        if treaty.in_force_since is not None and treaty.in_force_since < treaty.signed:
            yield f"{path}.in_force_since", "in force before it was signed", ""
        yield from _informal(path, treaty)
        yield from _steps(path, treaty)
        for article, content in treaty.articles.items():
            yield from _article(f"{path}.articles.{article}", content, treaty)
            if content.against is not None:
                here = f"{path}.articles.{article}.against"
                yield from _unknown(here, content.against, "state", scenario.states)
        if [a.type for a in treaty.articles.values()].count("duration") > 1:
            yield f"{path}.articles", "more than one article of type duration", ""


def _informal(path: str, treaty: Treaty) -> Iterator[Fault]:
    """An informal treaty holds alignments only, and only it does; nobody ratifies it."""
    for name, article in treaty.articles.items():
        if treaty.informal and article.type != "alignment":
            fault = f"'{article.type}' needs a text, and the treaty is informal"
            yield f"{path}.articles.{name}.type", fault, "only an alignment needs none"
        if article.type == "alignment" and not treaty.informal:
            fault = "an alignment has no text and binds nobody"
            yield f"{path}.articles.{name}.type", fault, f"add {path}.informal: true"
    for field in ("in_force_since", "exchanged", "ratification"):
        if treaty.informal and getattr(treaty, field):
            yield f"{path}.{field}", "an informal alignment never enters into force", "leave it out"


def _steps(path: str, treaty: Treaty) -> Iterator[Fault]:
    steps = treaty.ratification
    for name, step in steps.items():
        here = f"{path}.ratification.{name}"
        yield from _unknown(f"{here}.party", step.party, "party", treaty.parties)
        if step.after is not None:
            yield from _unknown(f"{here}.after", step.after, "step", steps)
        seen, before = {name}, step.after
        while before in steps and before not in seen:
            seen.add(before)
            before = steps[before].after
        if before in seen:
            yield f"{here}.after", "the steps go in a circle", ""


def _article(path: str, article: Article, treaty: Treaty) -> Iterator[Fault]:
    for field in ("obligors", "beneficiaries"):
        for party in getattr(article, field):
            yield from _unknown(f"{path}.{field}", party, "party", treaty.parties)
    yield from _unknown(f"{path}.type", article.type, "type of article", clauses.TYPES)
    if article.type not in clauses.TYPES:
        return
    terms = clauses.TYPES[article.type].terms
    if len(terms.model_fields) > TERMS:
        yield path, f"the type has more than {TERMS} terms", ""
    try:
        terms.model_validate(article.terms, strict=True)
    except ValidationError as error:
        for problem in translate(error, "", terms, f"{path}.terms"):
            yield problem.path, problem.fault, problem.hint


def _calendar(scenario: Scenario) -> Iterator[Fault]:
    for name, entry in scenario.calendar.items():
        path = f"calendar.{name}"
        what = SUBJECTS[entry.kind]
        group: Mapping[str, Any] = getattr(scenario, f"{what}s")
        yield from _unknown(f"{path}.subject", entry.subject, what, group)
        if what == "relation" and entry.subject in group:
            if group[entry.subject].ladder is not None:
                fault = f"'{entry.subject}' climbs a ladder, and a war that is given does not"
                yield f"{path}.subject", fault, "a relation without a ladder"
        if not scenario.start <= entry.date < scenario.end:
            yield f"{path}.date", f"{entry.date} is not between start and end", ""


def _focus(scenario: Scenario) -> Iterator[Fault]:
    focus = scenario.focus
    groups: tuple[tuple[str, str, Mapping[str, Any], str], ...] = (
        ("sender host adversary", "state", scenario.states, "state"),
        ("front", "front", scenario.fronts, "front"),
        ("treaty", "treaty", scenario.treaties, "treaty"),
        ("watcher ally signaller", "relation", scenario.relations, "relation"),
    )
    for fields, _, group, what in groups:
        for field in fields.split():
            name = getattr(focus, field)
            if name is not None:
                yield from _unknown(f"focus.{field}", name, what, group)
    for day, field in (("casualties_on", "sender"), ("area_on", "front")):
        if getattr(focus, day) is not None and getattr(focus, field) is None:
            yield f"focus.{day}", f"there is no {field} in focus to look at on that day", ""


def _params(scenario: Scenario) -> Iterator[Fault]:
    table = declared()
    for name, value in scenario.params.items():
        yield from _unknown(f"params.{name}", name, "parameter", table)
        if name not in table or value == table[name].off:
            continue
        if not table[name].low <= value <= table[name].high:
            low, high, unit = table[name].low, table[name].high, table[name].unit.strip("1")
            yield f"params.{name}", f"{value} is outside {low:g} to {high:g} {unit}".strip(), ""


def _paths(scenario: Scenario) -> Iterator[Fault]:
    """Levers and uncertainties name numbers that exist, and levers stand within their bounds."""
    from sim.addresses import resolve
    from sim.blueprint import draft, omission

    names = draft(scenario).names
    yield from omission.faults(scenario)
    numbers = {n: lever for n, lever in scenario.levers.items() if not omission.leaves_out(lever)}
    named: dict[str, Lever | Uncertainty] = {f"levers.{n}": v for n, v in numbers.items()}
    named |= {f"uncertainties.{n}": v for n, v in scenario.uncertainties.items()}
    for where, one in named.items():
        try:
            resolve(names, one.path)
        except UsageError as error:
            for problem in error.problems:
                near = f"did you mean '{problem.hint}'?" if problem.hint else ""
                yield f"{where}.path", f"'{one.path}': {problem.fault}", near
        else:
            yield from ((f"{where}.{field}", said, "") for field, said in beyond(scenario, one))
    for name, lever in scenario.levers.items():
        yield from _lever(f"levers.{name}", lever)


def _lever(path: str, lever: Lever) -> Iterator[Fault]:
    if lever.choices:
        yield from _unknown(f"{path}.default", str(lever.default), "choice", lever.choices)
    elif isinstance(lever.default, str):
        yield f"{path}.default", f"a number is needed, not '{lever.default}'", ""
    elif lever.low is None or lever.high is None:
        yield path, "a lever that is a number needs low and high", ""
    elif not lever.low <= lever.default <= lever.high:
        low, high = lever.low, lever.high
        yield f"{path}.default", f"{lever.default:g} is outside {low:g} to {high:g}", ""
