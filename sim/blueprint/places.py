"""Where every name of a scenario stands in its list."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from sim.scenario import spec

JOINING = ("alignment", "mutual_aid", "neutrality", "offence")
"""Types of article that say who goes to war with whom."""


def owed(scenario: spec.Scenario) -> Iterator[tuple[str, str, str, str]]:
    """Treaty, article, obligor and beneficiary of every duty."""
    for treaty, content in scenario.treaties.items():
        for name, article in content.articles.items():
            for obligor in article.obligors or content.parties:
                for beneficiary in article.beneficiaries or content.parties:
                    if obligor != beneficiary:
                        yield treaty, name, obligor, beneficiary


def relations(scenario: spec.Scenario) -> dict[str, spec.Relation]:
    """The scenario's relations and, where its calendar has a war, plain ones for who may join.

    A plain relation, without a ladder or a concern, leads from each state that may go to war for
    another to each that others may help or that attacks: it holds nothing but who fights whom.
    """
    found = dict(scenario.relations)
    wars = [e.subject for e in scenario.calendar.values() if e.kind == "war_breaks_out"]
    if not wars:
        return found
    begun = [found[war].actor for war in wars if war in found]
    pairs = {(relation.actor, relation.target) for relation in found.values()}
    duties = [(treaty, name, a, b) for treaty, name, a, b in owed(scenario)]
    joining = [d for d in duties if scenario.treaties[d[0]].articles[d[1]].type in JOINING]
    for actor in dict.fromkeys(obligor for _, _, obligor, _ in joining):
        for target in dict.fromkeys([*begun, *(helped for _, _, _, helped in joining)]):
            if actor != target and (actor, target) not in pairs:
                plain = spec.Relation(actor=actor, target=target, concern=0.0)
                found[f"{actor}:{target}"] = plain
    return found


class Places:
    """The place of each state, front, article … and the first rung of each ladder."""

    def __init__(self, scenario: spec.Scenario) -> None:
        self.scenario = scenario
        self.names: dict[str, list[str]] = {
            group: list(getattr(scenario, group))
            for group in ("states", "fronts", "forces", "reports", "flows", "treaties")
        }
        self.relations = relations(scenario)
        self.names["relations"] = list(self.relations)
        self.names["calendar"] = list(scenario.calendar)
        self.names["articles"] = [
            f"{treaty}.{article}"
            for treaty, content in scenario.treaties.items()
            for article in content.articles
        ]
        self.names["steps"] = [
            f"{treaty}.{step}"
            for treaty, content in scenario.treaties.items()
            for step in content.ratification
        ]
        self.first_rung: dict[str, int] = {}
        count = 0
        for name, ladder in scenario.ladders.items():
            self.first_rung[name] = count
            count += len(ladder.rungs)

    def at(self, group: str, name: str | None) -> int:
        """Place of a name in its group, -1 for none."""
        return -1 if name is None else self.names[group].index(name)

    def relation_between(self, actor: str, target: str) -> int:
        """Place of the relation of one state towards another, -1 for none."""
        return self._between.get((actor, target), -1)

    @cached_property
    def _between(self) -> dict[tuple[str, str], int]:
        """The place of each pair's relation."""
        both = enumerate(self.relations.values())
        return {(relation.actor, relation.target): place for place, relation in both}
