"""A treaty with an article left out: a lever whose words are the treaty's articles.

Its path is `treaties.NAME.articles`, its words `none`, names of articles, and `all`. What is left
out is a declaration, which nothing can call; without all articles the treaty is never signed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from sim import clauses
from sim.addresses import Address
from sim.blueprint.rows import NEVER
from sim.errors import nearest
from sim.rules.treaty import UNSIGNED
from sim.scenario.levers import Lever
from sim.scenario.spec import Scenario

NONE, ALL = "none", "all"
PATH = re.compile(r"treaties\.([^.]+)\.articles")

Numbers = list[tuple[Address, float]]


def leaves_out(lever: Lever) -> str:
    """The treaty whose articles a lever leaves out; empty for a lever that sets a number.

    >>> leaves_out(Lever(path="treaties.pact.articles", default="none", unit="word", meaning=""))
    'pact'
    """
    found = PATH.fullmatch(lever.path)
    return found[1] if found else ""


def without(
    scenario: Scenario, names: Mapping[str, Sequence[str]], treaty: str, word: str
) -> Numbers:
    """The numbers of the first morning that leave out an article, or the treaty whole."""
    place = names["treaties"].index(treaty)
    if word == NONE:
        return []
    if word == ALL:
        unsigned = {"signed_day": NEVER, "status": UNSIGNED}
        return [(Address("treaties", place, name, -1), float(n)) for name, n in unsigned.items()]
    article = names["articles"].index(f"{treaty}.{word}")
    code = float(clauses.CODES["declaration"])
    numbers = [(Address("clauses", article, "kind", -1), code)]
    if scenario.treaties[treaty].articles[word].type == "duration":
        numbers.append((Address("treaties", place, "exit_hazard", -1), 0.0))
    return numbers


def faults(scenario: Scenario) -> Iterator[tuple[str, str, str]]:
    """Path, fault and hint of whatever levers that leave out articles say wrongly."""
    for name, lever in scenario.levers.items():
        if leaves_out(lever):
            yield from _wrong(scenario, f"levers.{name}", lever)


def _wrong(scenario: Scenario, path: str, lever: Lever) -> Iterator[tuple[str, str, str]]:
    treaty = leaves_out(lever)
    if treaty not in scenario.treaties:
        near = nearest(treaty, scenario.treaties)
        hint = f"did you mean '{near}'?" if near else ""
        yield f"{path}.path", f"there is no treaty '{treaty}'", hint
        return
    known = [NONE, *scenario.treaties[treaty].articles, ALL]
    for word in lever.choices or ("",):
        if word not in known:
            near = nearest(word, known)
            hint = f"did you mean '{near}'?" if near else f"known: {', '.join(known)}"
            yield f"{path}.choices", f"'{word}' is no article of {treaty}", hint
