"""First morning of treaties, ratifications, articles and duties."""

from __future__ import annotations

from sim import clauses
from sim.blueprint.places import Places, owed
from sim.blueprint.rows import Row, blank
from sim.rules.entities import MANY, TERMS
from sim.rules.treaty import IN_FORCE, SIGNED, UNSIGNED
from sim.scenario import spec
from sim.tags import tag


def treaty(places: Places, name: str, item: spec.Treaty) -> Row:
    day = places.scenario.day
    force_day = None if item.in_force_since is None else day(item.in_force_since)
    duration = [a.terms for a in item.articles.values() if a.type == "duration"]
    terms = duration[0] if duration else {"notice": 0, "exit_hazard": 0.0}
    return blank(
        MANY["treaties"],
        tag=tag("treaties", name),
        follows_mode=item.follows_mode,
        signed_day=day(item.signed),
        status=_status(item, day(item.signed), force_day),
        informal=item.informal,
        exchange=item.exchange,
        exchange_given=-1 if item.exchanged is None else day(item.exchanged),
        ratified_day=-1,
        force_day=-1 if force_day is None else force_day,
        notice_day=-1,
        notice=terms["notice"],
        exit_hazard=terms["exit_hazard"],
    )


def _status(item: spec.Treaty, signed_day: int, force_day: int | None) -> int:
    """Status on the first morning; an earlier alignment is there without a signature."""
    if item.informal and signed_day <= 0:
        return SIGNED
    return UNSIGNED if force_day is None else IN_FORCE


def ratifications(places: Places) -> list[Row]:
    rows = []
    for treaty, content in places.scenario.treaties.items():
        for name, step in content.ratification.items():
            after = None if step.after is None else f"{treaty}.{step.after}"
            rows.append(
                blank(
                    MANY["ratifications"],
                    tag=tag("steps", treaty, name),
                    treaty=places.at("treaties", treaty),
                    party=places.at("states", step.party),
                    after=places.at("steps", after),
                    median=step.median,
                    spread=step.spread,
                    given_day=-1 if step.done is None else places.scenario.day(step.done),
                    done_day=-1,
                    due_day=-1,
                )
            )
    return rows


def articles(places: Places) -> list[Row]:
    rows = []
    for treaty, content in places.scenario.treaties.items():
        for name, article in content.articles.items():
            terms = clauses.TYPES[article.type].terms(**article.terms).row()
            rows.append(
                blank(
                    MANY["clauses"],
                    tag=tag("articles", treaty, name),
                    treaty=places.at("treaties", treaty),
                    kind=clauses.CODES[article.type],
                    intercept=article.intercept,
                    deadline=article.deadline,
                    terms=terms + [0.0] * (TERMS - len(terms)),
                )
            )
    return rows


def duties(places: Places) -> list[Row]:
    return [
        duty(places, treaty, article, obligor, beneficiary)
        for treaty, article, obligor, beneficiary in owed(places.scenario)
    ]


def duty(places: Places, treaty: str, article: str, obligor: str, beneficiary: str) -> Row:
    content = places.scenario.treaties[treaty].articles[article]
    return blank(
        MANY["duties"],
        tag=tag("duties", treaty, article, obligor, beneficiary),
        clause=places.at("articles", f"{treaty}.{article}"),
        obligor=places.at("states", obligor),
        beneficiary=places.at("states", beneficiary),
        relation=places.relation_between(obligor, beneficiary),
        casus_day=-1,
        called_day=-1,
        due_day=-1,
        cause=-1,
        foe=places.at("states", content.against),
    )
