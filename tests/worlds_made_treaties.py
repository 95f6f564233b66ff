"""Machine-made treaties: any articles, any terms that their types allow."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from annotated_types import Ge, Le

from sim import clauses
from sim.rules.supply import GOODS

START = date(2030, 1, 1)
Tree = dict[str, Any]


def day(luck: Random, first: int, last: int) -> date:
    """A day between two, counted from the start."""
    return START + timedelta(days=luck.randint(first, last))


def treaty(luck: Random, states: list[str]) -> Tree:
    """A treaty of two or three of the states, with articles of any type."""
    parties = luck.sample(states, luck.randint(2, min(3, len(states))))
    tree: Tree = {
        "name": "made", "parties": parties, "follows_mode": luck.random() < 0.6,
        "signed": day(luck, -20, 25), "exchange": luck.randint(0, 15), "ratification": {},
    }  # fmt: skip
    if luck.random() < 0.3:
        tree["in_force_since"] = tree["signed"]
    if luck.random() < 0.3:
        tree["exchanged"] = tree["signed"] + timedelta(days=luck.randint(0, 60))
    for party in parties if luck.random() < 0.8 else ():
        step = {"party": party, "median": luck.uniform(2, 20), "spread": luck.uniform(0, 1)}
        tree["ratification"][f"{party}_house"] = dict(step)
        tree["ratification"][f"{party}_head"] = step | {"after": f"{party}_house"}
        if luck.random() < 0.3:
            tree["ratification"][f"{party}_house"]["done"] = day(luck, 25, 40)
    written = [name for name in clauses.TYPES if name != "alignment"]
    types = luck.sample(written, luck.randint(2, len(written)))
    types += [t for t in ("mutual_aid", "consultation", "provision") if t not in types]
    tree["articles"] = {f"art_{name}": article(luck, name, parties) for name in types}
    return tree


def alignment(luck: Random, states: list[str]) -> Tree:
    """An informal alignment of two of the states, now or from a day on."""
    parties = luck.sample(states, 2)
    return {
        "name": "made", "parties": parties, "informal": True, "follows_mode": luck.random() < 0.3,
        "signed": day(luck, -20, 25), "articles": {"stand_by": article(luck, "alignment", parties)},
    }  # fmt: skip


def article(luck: Random, kind: str, parties: list[str]) -> Tree:
    """An article of a type, with terms within its bounds."""
    terms = {
        name: term(luck, name, field)
        for name, field in clauses.TYPES[kind].terms.model_fields.items()
    }
    return {
        "type": kind,
        "intercept": luck.uniform(-1, 3),
        "deadline": luck.choice([0, 3, 90]),
        "obligors": [luck.choice(parties)] if luck.random() < 0.2 else [],
        "terms": terms,
    }


def term(luck: Random, name: str, field: Any) -> float | int | str:
    """A number between the bounds that the type declares, for short scenarios."""
    if name == "good":
        return luck.choice(GOODS)
    low = next(limit.ge for limit in field.metadata if isinstance(limit, Ge))
    high = next(limit.le for limit in field.metadata if isinstance(limit, Le))
    if name == "exit_hazard":
        high = 0.05
    if name in ("statement", "economic", "limited_troops"):
        high = 0.3
    if field.annotation is int:
        return luck.randint(low, min(high, 20))
    return luck.uniform(low, high)
