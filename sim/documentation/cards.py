"""The card of a scenario: what it is for, given, swept and uncertain, and on what it rests."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from sim.documentation.markdown import bullets, code, number, table
from sim.report.context import NEVER_A_FORECAST
from sim.rules.parameters import declared
from sim.scenario.levers import Lever, Uncertainty
from sim.scenario.load import assemble, load_scenario
from sim.scenario.safe_yaml import read_yaml
from sim.scenario.sources import cited, kind_of, source_of
from sim.scenario.spec import Scenario, Treaty

Section = tuple[str, str]

INTRODUCTION = """\
# Scenario card: {title}

Generated from the scenario's file by `python -m sim card {name}`; do not edit.

{never} Whatever an outcome says, it says of this model under these assumptions.

{purpose}"""
ALWAYS_MISUSE = (
    "A forecast, or a probability for the world: the numbers are shares of runs of a model.",
    "Anything operational: no targets, routes, places of units, performance of weapons or courses "
    "of action are in the model, and a request to refine it below front and day is out of scope.",
    "A judgement of nations or leaders: behaviour rests on measured covariates only.",
)
"""What every scenario is not for."""
COUNTED = (
    "states", "forces", "fronts", "relations", "reports", "flows", "treaties", "ladders",
)  # fmt: skip


def card(name: str) -> str:
    """The card as Markdown. Raises UsageError where the scenario has problems."""
    scenario = load_scenario(name)
    head = INTRODUCTION.format(
        title=scenario.title,
        name=scenario.name,
        never=NEVER_A_FORECAST,
        purpose=scenario.purpose.strip(),
    )
    parts = [f"## {title}\n\n{text}" for title, text in _sections(scenario) if text]
    return "\n\n".join([head, *parts]) + "\n"


def _sections(scenario: Scenario) -> Iterator[Section]:
    yield "Uses", bullets(scenario.uses)
    yield "Misuses", bullets([*ALWAYS_MISUSE, *scenario.misuses])
    yield "Limits", bullets(scenario.limits)
    yield "At a glance", bullets(_glance(scenario))
    yield "Given", bullets(_given(scenario))
    yield "Given: dated events", _calendar(scenario)
    yield "Set by the scenario", _parameters(scenario)
    yield "Swept: levers", _levers(scenario)
    yield "Uncertain: drawn once a replicate", _uncertainties(scenario)
    yield "Where the numbers come from", _numbers(scenario)
    yield "Sources", _sources(scenario.sources)


def _glance(scenario: Scenario) -> Iterator[str]:
    days = (scenario.end - scenario.start).days
    yield f"Horizon: {scenario.start} to {scenario.end}, {days:,} days."
    yield f"Data cut-off: {scenario.cutoff}. Facts of the case from after that day are not used."
    beside = f"`configs/record/{scenario.record}`" if scenario.record else "none"
    yield f"Public record laid beside the outcomes: {beside}."
    held = (f"{len(getattr(scenario, group))} {group}" for group in COUNTED)
    yield f"It holds {', '.join(held)}."
    focus = scenario.focus.model_dump(exclude_none=True).items()
    yield f"The outcomes speak of: {', '.join(f'{what} {who}' for what, who in focus) or 'all'}."


def _given(scenario: Scenario) -> Iterator[str]:
    """What is taken from history and follows from no rule."""
    fighting = [state.name for state in scenario.states.values() if state.at_war]
    yield f"At war from the first day: {', '.join(fighting) or 'nobody'}."
    for name, front in scenario.fronts.items():
        since = f"open since {front.open_since}, " if front.open_since else ""
        yield f"Front {code(name)}: {since}its area follows the rule from {front.free_from}."
    for name, relation in scenario.relations.items():
        if relation.talks_from is not None:
            why = source_of(scenario.sources, f"relations.{name}.talks_from")
            yield f"{code(name)}: no end of the war before {relation.talks_from} ({why})."
    for treaty in scenario.treaties.values():
        yield f"{treaty.name}: {', '.join(_dates(treaty))}."


def _dates(treaty: Treaty) -> Iterator[str]:
    yield f"signed {treaty.signed}"
    if treaty.in_force_since is not None:
        yield f"in force since {treaty.in_force_since}"
    done = [step.done for step in treaty.ratification.values() if step.done is not None]
    if done:
        exchanged = f", instruments exchanged {treaty.exchanged}" if treaty.exchanged else ""
        last = f"ratified by {max(done)}{exchanged}"
        yield f"{last} (given in the historical honour mode only; else the treaty clock)"


def _calendar(scenario: Scenario) -> str:
    rows = [
        (entry.date, entry.kind.replace("_", " "), code(entry.subject), entry.amount or "",
         source_of(scenario.sources, f"calendar.{name}"))
        for name, entry in scenario.calendar.items()
    ]  # fmt: skip
    return table(("date", "event", "of", "amount", "source"), rows) if rows else ""


def _parameters(scenario: Scenario) -> str:
    rows = [
        (code(name), number(value), source_of(scenario.sources, f"params.{name}"))
        for name, value in scenario.params.items()
    ]
    return table(("parameter", "value", "source"), rows) if rows else ""


def _levers(scenario: Scenario) -> str:
    rows = [
        (code(name), lever.meaning.strip(), lever.unit, lever.default, _span(lever),
         _source(scenario, "levers", name, lever))
        for name, lever in scenario.levers.items()
    ]  # fmt: skip
    header = ("lever", "meaning", "unit", "default", "range", "source")
    return _group(scenario, "levers", header, rows)


def _span(lever: Lever) -> str:
    if lever.choices:
        return ", ".join(lever.choices)
    return " to ".join(number(end) for end in (lever.low, lever.high) if end is not None)


def _uncertainties(scenario: Scenario) -> str:
    rows = [
        (code(name), prior.meaning, _law(prior), code(prior.path),
         _source(scenario, "uncertainties", name, prior))
        for name, prior in scenario.uncertainties.items()
    ]  # fmt: skip
    header = ("name", "meaning", "law", "sets", "source of the number")
    return _group(scenario, "uncertainties", header, rows)


def _law(prior: Uncertainty) -> str:
    shape = prior.model_dump(include={"median", "log_sd", "low", "mode", "high"}, exclude_none=True)
    return f"{prior.type}: {', '.join(f'{key} {number(value)}' for key, value in shape.items())}"


def _source(scenario: Scenario, group: str, name: str, one: Lever | Uncertainty) -> str:
    """What is said of this one itself, and of the number that it changes."""
    said = [scenario.sources.get(f"{group}.{name}", ""), source_of(scenario.sources, one.path)]
    where, _, parameter = one.path.partition(".")
    if where == "params" and not said[1]:
        said[1] = declared()[parameter].source
    return "; ".join(dict.fromkeys(filter(None, said)))


def _group(
    scenario: Scenario, group: str, header: Sequence[str], rows: Sequence[Sequence[object]]
) -> str:
    """A table under the source that holds for the whole group."""
    if not rows:
        return ""
    said = scenario.sources.get(group, "")
    return "\n\n".join([*([f"For all: {said}."] if said else []), table(header, rows)])


def _numbers(scenario: Scenario) -> str:
    """How many numbers of the file rest on what."""
    tree = assemble(read_yaml(Path(scenario.file)), scenario.file)
    found = Counter(kind_of(source) for source in cited(scenario.sources, tree).values())
    return (
        f"{found.total()} numbers: {found['source']} with a source, {found['memory']} with a "
        "source that is quoted from memory in part and not yet checked, "
        f"{found['assumption']} assumptions. An assumption may name the evidence it leans on."
    )


def _sources(sources: Mapping[str, str]) -> str:
    return table(("of", "source"), [(code(path), source) for path, source in sources.items()])
