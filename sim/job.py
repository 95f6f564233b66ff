"""The main job: a request becomes a study on disk, with figures, tables and a way on."""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sim import RULES_VERSION
from sim.blueprint import Blueprint, draft
from sim.designed import levers_of, points_of, told
from sim.outcomes import OUTCOMES, SERIES
from sim.recipe import engine, recipe_of
from sim.reopened import context_of
from sim.report import failures, findings, summary, terminal
from sim.report.context import Context
from sim.report.effects import write_effects
from sim.report.wording import command
from sim.rules.ledger import KINDS
from sim.scenario.places import known
from sim.scenario.prior import WIDE, digest_of, until_of, words_of
from sim.scenario.spec import Scenario
from sim.sources_hash import rules_hash
from sim.study import executors, kept, place, run, store
from sim.study.declared import Simulate
from sim.study.designs import frozen
from sim.study.designs.asked import THE_GRID, Drawn, Given, Wanted
from sim.study.designs.values import check_runs
from sim.study.manifest import Identity
from sim.study.plan import Plan
from sim.study.recipe import Recipe

FINE, FAILED, INTERRUPTED = 0, 1, 130
HEADLINE = "new_major_party"
STUDIES = Path("studies")


@dataclass(frozen=True)
class Request:
    """One study as asked for: the scenario, the values of each varied lever, and the settings.

    notes: what was typed and does nothing. folder: of the study that has the points already.
    until: half the width of the interval that ends the study, of what, and most replicates.
    """

    experiment: str
    title: str
    question: str
    scenario: Scenario
    values: Mapping[str, Given]
    replicates: int
    seed: int
    engine: str
    workers: int | None
    out: str | None
    force: bool
    typed: tuple[str, ...]
    replicate: int | None = None
    wanted: Wanted = THE_GRID
    notes: tuple[str, ...] = ()
    folder: Path | None = None
    until: tuple[float, str, int] | None = None
    where: executors.Where = run.HERE

    @property
    def command(self) -> str:
        """The command that asks for this study again, whatever the place and the machine."""
        return command(self.typed)


def run_job(request: Request, *, more: bool = False, report: bool = True) -> int:
    """Run a request and leave its study. Returns the exit status; raises UsageError before.

    With ``more`` the study in ``out`` may have fewer replicates: only those it lacks are run.
    Without ``report`` it ends with its tables: nothing is drawn, and nothing said of what came out.
    """
    executors.check(request.where)
    blueprint = draft(request.scenario)
    drawn = points_of(blueprint, request.values, request.wanted, request.seed, request.folder)
    plan = plan_of(request, blueprint, drawn)
    simulate = engine(request.engine)
    identity = identify(request, blueprint, drawn)
    console = terminal.open_console()
    if request.out is None and not request.force:
        found = kept.finished(STUDIES, plan, identity)
        if found is not None:
            return answer(request, store.load(found), console)
        terminal.show_part(console, kept.way_on(STUDIES, plan, identity))
    folder = store.create(
        plan, identity, out=request.out, studies=STUDIES, force=request.force, more=more
    )
    frozen.write_sample(folder, drawn)
    announce(request, plan, drawn, console)
    warm_up(request, simulate, blueprint, plan.points[0], console)
    started = time.monotonic()
    study = _ran(request, plan, identity, folder, simulate, blueprint, console)
    if study is None:
        return INTERRUPTED
    if report:
        tell(request, study, console, time.monotonic() - started)
    return status_of(study)


def announce(request: Request, plan: Plan, drawn: Drawn, console: Any) -> None:
    """Say what will be run, and what of the words typed does nothing."""
    for note in (*request.notes, *drawn.notes):
        terminal.say(console, f"note: {note}")
    terminal.say(console, f"{request.title}: {plan.size}, seed {request.seed}, "
                          f"engine {request.engine}")  # fmt: skip


def _ran(
    request: Request, plan: Plan, identity: Identity, folder: Path, simulate: Simulate,
    blueprint: Blueprint, console: Any,
) -> store.Study | None:  # fmt: skip
    """The study when all is run; None, with the way on told, when somebody stopped it."""
    try:
        with terminal.Ticker(console, plan.runs, "new major party at war") as tick:
            return run.run_study(
                plan, identity, folder, simulate, blueprint,
                workers=workers(request), headline=HEADLINE, progress=tick,
                going_on=tick.going_on, where=request.where, recipe=recipe(request, blueprint),
            )  # fmt: skip
    except KeyboardInterrupt:
        terminal.show_interrupted(console, store.load(folder))
        return None
    except OSError:
        terminal.show_way_on(console, folder)
        raise


def plan_of(request: Request, blueprint: Blueprint, drawn: Drawn) -> Plan:
    """What is to be run at these points. Raises UsageError when it is too much or too little."""
    check_runs(len(drawn.points), request.replicates)
    return Plan(
        levers_of(blueprint, drawn), drawn.points, request.replicates, request.seed,
        request.scenario.start, OUTCOMES, SERIES, words(blueprint), first=request.replicate or 0,
    )  # fmt: skip


def status_of(study: store.Study) -> int:
    """The exit status of a finished study: failed when every run did."""
    return FAILED if study.manifest["failed"] == study.manifest["runs"] else FINE


def answer(request: Request, study: store.Study, console: Any) -> int:
    """Show a study that is there, instead of running it again."""
    place.name_latest(study.folder)
    context = context_of(study, request.scenario)
    terminal.show_answer(console, study)
    terminal.show_results(console, study, context)
    terminal.show_saved(console, study.folder, next_steps(study, context, request))
    return status_of(study)


def recipe(request: Request, blueprint: Blueprint) -> Recipe | None:
    """What workers outside this process need; nothing for threads."""
    return None if request.where.kind == "threads" else recipe_of(request.engine, blueprint)


def workers(request: Request) -> int:
    """As asked, else one a core (in threads the Mesa engine gains nothing from more than one)."""
    if request.workers is not None:
        return request.workers
    threads_of_python = request.engine == "mesa" and request.where.kind == "threads"
    return 1 if threads_of_python else os.cpu_count() or 1


def warm_up(
    request: Request, simulate: Simulate, blueprint: Blueprint, point: Any, console: Any
) -> None:
    """Run once before the clock starts; say so when that compiles the rules."""
    if request.engine != "compiled":
        return
    from sim.compiling.cache import is_compiled

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


def identify(request: Request, blueprint: Blueprint, drawn: Drawn) -> Identity:
    """What the study is: the frozen configuration and the rules that run it.

    The number of replicates is no part of it: more of them are more of the same study.
    """
    config = {
        "experiment": request.experiment,
        "title": request.title,
        "question": request.question,
        **({} if request.replicate is None else {"replicate": request.replicate}),
        "seed": request.seed,
        **told(request.values, request.wanted, drawn),
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


def frozen_prior(blueprint: Blueprint) -> str | dict[str, str | int]:
    """The prior in the frozen configuration: wide, or hash, last day, words and size of a set."""
    scenario = blueprint.scenario
    if not blueprint.vectors:
        return WIDE
    digest = digest_of(blueprint.vectors)
    until, said = until_of(scenario), words_of(scenario)
    return {"hash": digest, "until": until, "words": said, "vectors": len(blueprint.vectors)}


def tell(request: Request, study: store.Study, console: Any, seconds: float | None = None) -> None:
    """Write tables, figures, findings and the report, and say what came out."""
    from sim.report.figures import draw_all
    from sim.report.html import write_report

    context = context_of(study, request.scenario)
    write_effects(study, context)
    summary.write_summary(study, context)
    failed = failures.write_failures(study, context, request.typed)
    figures = draw_all(study, context)
    findings.write_findings(study, context, request, [path.name for path in figures])
    write_report(study, context, request)
    terminal.show_results(console, study, context, seconds)
    terminal.show_failed(console, failed)
    terminal.show_left_out(console, context, [one.name for one in OUTCOMES])
    terminal.show_saved(console, Path(study.folder), next_steps(study, context, request))


def next_steps(study: store.Study, context: Context, request: Request) -> list[tuple[str, str]]:
    """Commands worth trying after this study."""
    other = next((name for name in known("experiment") if name != request.experiment), "")
    return terminal.next_steps(study, context, other)
