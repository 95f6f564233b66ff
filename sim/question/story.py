"""The ledger of a run as sentences: dates, names, articles, amounts with units, and reasons."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from sim.question.sentences import CASES, FORMS, SENTENCES, UNITS
from sim.report.wording import day_words, unit_words, whole
from sim.rules.escalation import SEVERITIES
from sim.rules.supply import GOODS
from sim.scenario.spec import Scenario


@dataclass(frozen=True)
class Line:
    """One event of a run's ledger in words. ``cause``: number of the event before it, or -1;
    ``alarmed``: that event did not make the way for this one, it raised the odds.
    """

    event: int
    day: int
    date: date
    kind: str
    actor: str
    target: str
    article: str
    amount: float
    cause: int
    alarmed: bool
    sentence: str

    def __str__(self) -> str:
        """The line as it is printed: number, date, sentence and the number of its cause."""
        return f"{self.event:>4}  {day_words(self.date):>11}  {self.sentence}{self.because}"

    @property
    def because(self) -> str:
        """The cause in words: what the event needed, or what made a first step likelier."""
        if self.cause < 0:
            return ""
        return f" ({'likelier after' if self.alarmed else 'because of'} {self.cause})"


def lines(scenario: Scenario, events: pd.DataFrame) -> list[Line]:
    """Every event of a ledger as a line; an article's title stands where it is first named."""
    return list(_lines(scenario, events))


def _lines(scenario: Scenario, events: pd.DataFrame) -> Iterator[Line]:
    named: set[str] = set()
    kinds = [(row["kind"], row["actor"], row["target"]) for row in events.to_dict("records")]
    for row in events.to_dict("records"):
        actor, target, article = (_name(row[field]) for field in ("actor", "target", "article"))
        words = SENTENCES[row["kind"]].format(
            actor=actor,
            target=target,
            article=article_words(scenario, article, article not in named),
            amount=amount_words(scenario, row["kind"], row["amount"]),
        )
        named.add(article)
        yield Line(
            row["event"], row["day"], row["date"].date(), row["kind"], actor, target, article,
            row["amount"], row["cause"], _alarmed(row, kinds), words,
        )  # fmt: skip


def _alarmed(row: dict[Hashable, Any], others: Sequence[tuple[Any, ...]]) -> bool:
    """Whether a step up came from an alarm: from anything but a step of its own ladder."""
    own = ("step up", row["actor"], row["target"])
    return bool(row["kind"] == "step up" and row["cause"] >= 0 and others[row["cause"]] != own)


def _name(value: Any) -> str:
    return value if isinstance(value, str) else ""


def article_words(scenario: Scenario, name: str, titled: bool = False) -> str:
    """An article by its place and treaty, with its title where that is wanted."""
    treaty, _, article = name.partition(".")
    if treaty not in scenario.treaties or article not in scenario.treaties[treaty].articles:
        return "no article"
    title = scenario.treaties[treaty].articles[article].title
    place = article.replace("art_", "art. ").replace("_", " ")
    named = f" ({title[:1].lower()}{title[1:]})" if title and titled else ""
    return f"{place} of {treaty}{named}"


def amount_words(scenario: Scenario, kind: str, amount: float) -> str:
    """What the amount of a line means: a quantity with its unit, a rung, a treaty, a part."""
    if kind in UNITS:
        figure = whole(amount) if kind == "first report of troops" else f"{amount:,.0f}"
        return f"{figure} {unit_words(UNITS[kind])}"
    if kind in ("treaty signed", "treaty in force", "notice given", "treaty ended"):
        return list(scenario.treaties.values())[int(amount)].name
    if kind in ("step up", "step down"):
        return SEVERITIES[int(amount)]
    if kind == "casus foederis":
        return CASES[int(amount)]
    if kind == "honour decided":
        return "accepts" if amount else "declines"
    if kind == "expedition ordered":
        return FORMS[int(amount)]
    if kind == "first goods arrived":
        return GOODS[int(amount)]
    return "in full" if amount >= 1 else f"{100 * amount:.0f} parts in 100"
