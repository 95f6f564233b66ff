"""The main job: a request becomes a study on disk, with figures, tables and a way on."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from sim import RULES_VERSION
from sim.applies import applicable
from sim.blueprint import Blueprint, draft
from sim.errors import usage_error
from sim.outcomes import OUTCOMES, SERIES
from sim.report import failures, findings, summary, terminal
from sim.report.context import Context
from sim.report.record import overlay
from sim.report.wording import command
from sim.rules.ledger import KINDS
from sim.scenario.places import known
from sim.scenario.prior import WIDE, digest_of, until_of, words_of
from sim.scenario.spec import Scenario
from sim.sources_hash import rules_hash
from sim.study import design, run, store
from sim.study.declared import Simulate, Value
from sim.study.manifest import Identity
from sim.study.plan import Plan

FINE, FAILED, INTERRUPTED = 0, 1, 130
HEADLINE = "new_major_party"
HONOUR = "honour.mode"


@dataclass(frozen=True)
class Request:
    """One study as asked for: the scenario, the values of each varied lever, and the settings."""

    experiment: str
    title: str
    question: str
    scenario: Scenario
    values: Mapping[str, list[Value]]
    replicates: int
    seed: int
    engine: str
    workers: int | None
    out: str | None
    force: bool
    typed: tuple[str, ...]
    replicate: int | None = None

    @property
    def command(self) -> str:
        """The command that asks for this study again, whatever the place and the machine."""
        return command(self.typed)


def run_job(request: Request) -> int:
    """Run a request and leave its study. Returns the exit status; raises UsageError before."""
    scenario = request.scenario
    points = design.expand(scenario.levers, request.values)
    design.check_runs(len(points), request.replicates)
    simulate = engine(request.engine)
    blueprint = draft(scenario)
    plan = Plan(
        scenario.levers, points, request.replicates, request.seed, scenario.start,
        OUTCOMES, SERIES, words(blueprint), first=request.replicate or 0,
    )  # fmt: skip
    identity = identify(request, blueprint)
    console = terminal.open_console()
    folder = store.create(plan, identity, out=request.out, force=request.force)
    terminal.say(console, f"{request.title}: {len(points)} points x {request.replicates} "
                          f"replicates = {plan.runs:,} runs, seed {request.seed}, "
                          f"engine {request.engine}")  # fmt: skip
    warm_up(request, simulate, blueprint, points[0], console)
    started = time.monotonic()
    try:
        with terminal.Ticker(console, plan.runs, "new major party at war") as tick:
            study = run.run_study(
                plan, identity, folder, simulate, blueprint,
                workers=workers(request), headline=HEADLINE, progress=tick,
                going_on=tick.going_on,
            )  # fmt: skip
    except KeyboardInterrupt:
        terminal.show_interrupted(console, store.load(folder))
        return INTERRUPTED
    except OSError:
        terminal.show_way_on(console, folder)
        raise
    tell(request, study, plan, identity, console, time.monotonic() - started)
    return FAILED if bool(study.runs["failed"].all()) else FINE


def engine(name: str) -> Simulate:
    """The function that runs points and replicates; UsageError where numba is missing."""
    if name == "mesa":
        from sim import agents

        return agents.simulate
    if find_spec("numba") is None:
        raise usage_error("the compiled engine needs numba", path="engine", hint="engine=mesa")
    from sim import records

    return records.simulate


def workers(request: Request) -> int:
    """Threads: as asked, else one a core (the Mesa engine gains nothing from more than one)."""
    if request.workers is not None:
        return request.workers
    return 1 if request.engine == "mesa" else os.cpu_count() or 1


def warm_up(
    request: Request, simulate: Simulate, blueprint: Blueprint, point: Any, console: Any
) -> None:
    """Run once before the clock starts; say so when that compiles the rules."""
    if request.engine != "compiled":
        return
    from sim.compilation import is_compiled

    if not is_compiled():
        terminal.say(console, "compiling the rules once for this version, about 20 seconds ...")
    simulate(blueprint, [point], range(1), request.seed)


def words(blueprint: Blueprint) -> dict[str, list[str]]:
    """Names for the codes in the ledger."""
    states = [state.name for state in blueprint.scenario.states.values()]
    return {
        "kind": list(KINDS),
        "actor": states,
        "target": states,
        "article": blueprint.names["articles"],
    }


def identify(request: Request, blueprint: Blueprint) -> Identity:
    """What the study is: the frozen configuration and the rules that run it."""
    config = {
        "experiment": request.experiment,
        "title": request.title,
        "question": request.question,
        "replicates": request.replicates,
        **({} if request.replicate is None else {"replicate": request.replicate}),
        "seed": request.seed,
        "levers": {name: list(values) for name, values in request.values.items()},
        "prior": frozen_prior(blueprint),
        "scenario": request.scenario.model_dump(mode="json", exclude={"file"}),
    }
    return Identity(
        experiment=request.experiment,
        title=request.title,
        config=yaml.safe_dump(config, sort_keys=False, allow_unicode=True),
        overrides=request.typed,
        rules=f"{RULES_VERSION}-{rules_hash()}",
        engine=request.engine,
        command=request.command,
    )


def frozen_prior(blueprint: Blueprint) -> str | dict[str, str]:
    """The prior in the frozen configuration: wide, or the hash, last day and words of a set."""
    scenario = blueprint.scenario
    if not blueprint.vectors:
        return WIDE
    digest = digest_of(blueprint.vectors)
    return {"hash": digest, "until": until_of(scenario), "words": words_of(scenario)}


def tell(
    request: Request, study: store.Study, plan: Plan, identity: Identity, console: Any,
    seconds: float,
) -> None:  # fmt: skip
    """Write tables, figures, findings and the report, and say what came out."""
    from sim.report.figures import draw_all
    from sim.report.html import write_report

    context = context_of(request, plan.points, study)
    summary.write_summary(study, context)
    failed = failures.write_failures(study, context, request.typed)
    figures = draw_all(study, context)
    findings.write_findings(study, context, request, [path.name for path in figures])
    write_report(study, context, request)
    terminal.show_results(console, study, context, seconds)
    terminal.show_failed(console, failed)
    terminal.show_left_out(console, context, [one.name for one in OUTCOMES])
    other = next((name for name in known("experiment") if name != request.experiment), "")
    terminal.show_saved(console, Path(study.folder), terminal.next_steps(study, context, other))


def context_of(
    request: Request, points: Sequence[Mapping[str, Value]], study: store.Study
) -> Context:
    """What reports need to know beside the tables."""
    record, against = overlay(request.scenario)
    return Context(
        title=request.title,
        experiment=request.experiment,
        levers=request.scenario.levers,
        outcomes=applicable(OUTCOMES, request.scenario.focus),
        series=applicable(SERIES, request.scenario.focus),
        cutoff=request.scenario.cutoff,
        seed=request.seed,
        digest=study.manifest["hash"],
        runs=study.manifest["planned"],
        record=record,
        against=against,
        titles=titles(request),
        modes=modes(points),
        prior=words_of(request.scenario),
    )


def modes(points: Sequence[Mapping[str, Value]]) -> tuple[str, ...]:
    """Who honours the treaty in focus, over the points of a design; nothing without that lever."""
    return tuple(dict.fromkeys(str(point[HONOUR]) for point in points if HONOUR in point))


def titles(request: Request) -> dict[str, str]:
    """Outcomes in the words of the scenario: states by their names."""
    scenario, focus = request.scenario, request.scenario.focus
    found = {}
    if focus.sender is not None:
        found["sender_casualties"] = f"{scenario.states[focus.sender].name} casualties"
    if focus.front is not None:
        holder = scenario.states[scenario.fronts[focus.front].holder].name
        found["area_held"] = f"area held by {holder} on the {focus.front.title()} front"
    if focus.host is not None:
        host = scenario.states[focus.host].name
        found["signalling_rung"] = f"{host}: its signals"
        found["nuclear_signalling"] = f"nuclear signalling by {host}"
    for outcome, name in (("watcher_rung", focus.watcher), ("ally_rung", focus.ally)):
        if name is not None:
            found[outcome] = f"{scenario.states[scenario.relations[name].actor].name}: its answers"
    if focus.watcher is not None:
        watcher = scenario.states[scenario.relations[focus.watcher].actor].name
        found["lethal_aid"] = f"lethal aid by {watcher}"
    return found
