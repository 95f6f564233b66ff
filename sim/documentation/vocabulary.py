"""What the model knows: entities, words for codes, parameters, outcomes, streams of luck."""

from __future__ import annotations

from typing import get_type_hints

from sim.documentation.markdown import bullets, code, number, table
from sim.outcomes import OUTCOMES, SERIES
from sim.rules import calendar, ledger, observation, supply
from sim.rules import streams as luck
from sim.rules.entities import MANY, ONE
from sim.rules.escalation import SEVERITIES
from sim.rules.parameters import Parameter, declared
from sim.scenario.sources import kind_of

TYPES = {int: "whole", float: "real"}
WORDS = {
    "Steps of ladders (severity), from the mildest": SEVERITIES,
    "Goods": supply.GOODS,
    "Quantities that services report": observation.QUANTITIES,
    "Dated events that a scenario may give": calendar.KINDS,
    "Lines of the ledger": ledger.KINDS,
}
"""Words that stand behind numbers of state variables."""


def entities() -> str:
    """Every kind of entity with its state variables; the parameters have a table of their own."""
    kinds = {name: kind for name, kind in {**MANY, **ONE}.items() if name != "params"}
    return "\n\n".join(_entity(name, kind) for name, kind in kinds.items())


def _entity(name: str, kind: type) -> str:
    hints = get_type_hints(kind, include_extras=True)
    rows = [
        (code(field), TYPES.get(hint.__origin__, "row of reals"), hint.__metadata__[0])
        for field, hint in hints.items()
    ]
    said = (kind.__doc__ or "").strip()
    header = ("variable", "number", "unit and meaning")
    return f"#### {kind.__name__} (`world.{name}`)\n\n{said}\n\n{table(header, rows)}"


def words() -> str:
    """The words behind the codes."""
    return bullets(f"{what}: {', '.join(known)}." for what, known in WORDS.items())


def streams() -> str:
    """What luck is drawn for, each stream with its number."""
    found = {name: value for name, value in vars(luck).items() if name.isupper()}
    named = (f"{name.lower().replace('_', ' ')} ({value})" for name, value in found.items())
    return ", ".join(named) + "."


def outcomes() -> str:
    """What is measured of a run."""
    header = ("outcome", "unit", "kind", "meaning")
    return table(header, [(code(o.name), o.unit, o.kind, o.meaning) for o in OUTCOMES])


def series() -> str:
    """What is measured each week."""
    return table(("series", "unit", "meaning"), [(code(s.name), s.unit, s.meaning) for s in SERIES])


def parameters() -> str:
    """Every parameter with its source, below how many rest on what."""
    known = declared()
    kinds = [kind_of(one.source) for one in known.values()]
    counted = (
        f"{len(known)} parameters: {kinds.count('source')} with a source, "
        f"{kinds.count('memory')} with a source that is quoted from memory in part and not yet "
        f"checked, {kinds.count('assumption')} assumptions."
    )
    header = ("symbol", "name", "unit", "default", "range", "prior", "meaning", "source")
    return f"{counted}\n\n{table(header, [_parameter(*item) for item in known.items()])}"


def _parameter(name: str, one: Parameter) -> tuple[str, ...]:
    span = f"{number(one.low)} to {number(one.high)}"
    if one.off is not None:
        span += f"; off at {number(one.off)}"
    return (
        one.symbol, code(name), one.unit, number(one.default), span, one.law, one.meaning,
        one.source,
    )  # fmt: skip
