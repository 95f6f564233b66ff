"""`until=0.01`: a study that grows look by look until an interval is as narrow as was asked for."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path

import pandas as pd

from sim.again import tell_again, topup
from sim.blueprint import draft
from sim.designed import points_of, variable
from sim.errors import usage_error
from sim.job import FAILED, FINE, STUDIES, Request, run_job
from sim.outcomes import OUTCOMES
from sim.reopened import context_of
from sim.report import terminal
from sim.study import files, place
from sim.study.declared import Point
from sim.study.growth import with_replicates
from sim.study.stopping import Look, Rule, decide, schedule, watched
from sim.study.store import Study, load

LOOKS = "looks.csv"
SETTINGS = ("until", "of", "budget")


def run_until(request: Request) -> int:
    """Run looks until the rule of the request says stop; leave a study with its report.

    A study that is there already, in ``out``, goes on at the look it had come to. Returns the
    exit status of `run_job`. Raises UsageError, before anything is run, when the rule fits no
    outcome or no pair of points.
    """
    rule, points = rule_of(request)
    console = terminal.open_console()
    study, looks = _begun(request), list[Look]()
    for number, replicates in enumerate(schedule(rule.budget), 1):
        study, status = _grown(study, request, replicates)
        if status not in (FINE, FAILED):
            return status
        looks.append(look(study, rule, list(points[0]), number))
        terminal.say(console, str(looks[-1]))
        if looks[-1].stop:
            break
    assert study is not None
    _write(study, looks)
    status = tell_again(study)
    terminal.tell(console, verdict(looks[-1]))
    return status


def rule_of(request: Request) -> tuple[Rule, list[Point]]:
    """The rule asked for, and the points it looks at. Raises UsageError when it fits none."""
    assert request.until is not None
    blueprint = draft(request.scenario)
    drawn = points_of(blueprint, request.values, request.wanted, request.seed, request.folder)
    names = [one.name for one in OUTCOMES if one.kind == "probability"]
    half, of, budget = request.until
    outcome, pair = watched(of, variable(blueprint), names) if of else ("", None)
    if pair is not None:
        lever, *sides = pair
        for value in sides:
            if value not in [point.get(lever) for point in drawn.points]:
                hint = f"{lever}={','.join(map(str, sides))} runs both"
                raise usage_error(f"no point has {lever}={value}", path="of", hint=hint)
    return Rule(half, budget, outcome, pair), list(drawn.points)


def look(study: Study, rule: Rule, levers: list[str], number: int) -> Look:
    """The look with this number, at the replicates it stands for."""
    headlines = [rule.outcome] if rule.outcome else context_of(study).headlines()
    runs = study.runs_at({}, [*levers, *headlines])
    first = study.manifest["first_replicate"]
    seen = runs[runs["replicate"] < first + schedule(rule.budget)[number - 1]]
    return decide(seen, rule, levers, headlines, number)


def verdict(last: Look) -> str:
    """What the last look says, and how sure that is."""
    narrow = "narrow enough" if last.half <= last.until else "the budget is used up"
    return (
        f"Stopped at look {last.number}, {narrow}: {last.name} lies between {last.low:.4f} and "
        f"{last.high:.4f}, with 95 % at whatever look one stops. The tables' own intervals do not "
        "count the looks."
    )


def _begun(request: Request) -> Study | None:
    """The study in the folder named, if there is one to go on with."""
    folder = Path(request.out) if request.out else None
    return load(folder) if folder and place.holds_study(folder) and not request.force else None


def _grown(study: Study | None, request: Request, replicates: int) -> tuple[Study, int]:
    """The study with at least so many replicates, and the exit status."""
    if study is not None and study.manifest["replicates"] > replicates:
        return study, FINE
    if study is not None and study.manifest["replicates"] < replicates:
        status = topup(study, replicates, request.workers, where=request.where, report=False)
        return load(study.folder), status
    plain = [word for word in request.typed if word.split("=")[0] not in SETTINGS]
    typed = with_replicates(plain, replicates)
    status = run_job(replace(request, replicates=replicates, typed=typed), report=False)
    return load(request.out or STUDIES / place.LATEST), status


def _write(study: Study, looks: list[Look]) -> None:
    """Keep the looks beside the study's tables."""
    table = pd.DataFrame([asdict(one) for one in looks])
    files.write_text(study.folder / LOOKS, table.to_csv(index=False, lineterminator="\n"))
