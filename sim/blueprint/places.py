"""Where every name of a scenario stands in its list."""

from __future__ import annotations

from sim.scenario import spec


class Places:
    """The place of each state, front, article … and the first rung of each ladder."""

    def __init__(self, scenario: spec.Scenario) -> None:
        self.scenario = scenario
        self.names: dict[str, list[str]] = {
            group: list(getattr(scenario, group))
            for group in ("states", "fronts", "forces", "relations", "reports", "flows", "treaties")
        }
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
        for place, relation in enumerate(self.scenario.relations.values()):
            if (relation.actor, relation.target) == (actor, target):
                return place
        return -1
