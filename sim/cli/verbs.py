"""The verbs of the command line, a function each, which imports what it needs when called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sim.cli.words import printable, show
from sim.errors import Problem, UsageError, usage_error

FINE, FAILED = 0, 1


def _run(arguments: list[str]) -> int:
    from sim.cli.requests import read_requests
    from sim.job import run_job
    from sim.until import run_until

    status = FINE
    for request in read_requests(arguments):
        status = max(status, run_job(request) if request.until is None else run_until(request))
    return status


def _list(arguments: list[str]) -> int:
    from sim.catalogue import catalogue

    show(catalogue(_one_scenario(arguments)))
    return FINE


def _explain(arguments: list[str]) -> int:
    from sim.catalogue import explain

    names = [argument for argument in arguments if "=" not in argument]
    if not names:
        raise usage_error("explain needs a name", hint="python -m sim explain deployment.size")
    scenario = _one_scenario([argument for argument in arguments if "=" in argument])
    show("\n\n".join(explain(name, scenario) for name in names))
    return FINE


def _check(arguments: list[str]) -> int:
    from sim.scenario.load import load_scenario
    from sim.scenario.places import known

    problems: list[Problem] = []
    for name in arguments or known("scenario"):
        try:
            scenario = load_scenario(name.removeprefix("scenario="))
            show(f"{printable(scenario.file)}: fine")
        except UsageError as error:
            problems += error.problems
    if problems:
        raise UsageError(problems)
    return FINE


def _phases(arguments: list[str]) -> int:
    from sim.phases import PHASES

    if arguments:
        raise usage_error(f"phases takes nothing more, not '{arguments[0]}'")
    for number, phase in enumerate(PHASES, 1):
        first = (phase.__doc__ or "").strip().splitlines()[0]
        show(f"{number:>2}  {phase.__name__:<14} {first}")
    return FINE


def _validate(arguments: list[str]) -> int:
    from sim.validation import failures, laws_of, markdown, run_all, table

    document = "markdown" in arguments
    files = [word.removeprefix("battles=") for word in arguments if word.startswith("battles=")]
    others = [word for word in arguments if word != "markdown" and not word.startswith("battles=")]
    if others or len(arguments) > document + len(files[:1]):
        hint = "python -m sim validate [markdown] [battles=FILE.csv]"
        raise usage_error(f"'{[*others, *arguments[1:]][0]}' is not understood", hint=hint)
    rows = laws_of(files[0]) if files else run_all()
    print(markdown(rows) if document else table(rows), end="" if document else "\n")
    return FAILED if failures(rows) else FINE


def _ablate(arguments: list[str]) -> int:
    from sim import ablation

    document = "markdown" in arguments
    plan = ablation.read(_one_scenario([word for word in arguments if word != "markdown"]))
    found = list(ablation.effects(plan))
    show((ablation.markdown if document else ablation.table)(plan, found).rstrip("\n"))
    return FINE


def _score(arguments: list[str]) -> int:
    from sim.cli.score import run_score

    run_score(arguments)
    return FINE


def _match(arguments: list[str]) -> int:
    from sim.cli.match import run_match

    run_match(arguments)
    return FINE


def _document(arguments: list[str]) -> int:
    from sim.documentation import odd

    if arguments != ["odd"]:
        what = " ".join(map(repr, arguments)) or "nothing"
        raise usage_error(f"document knows odd, not {what}", hint="python -m sim document odd")
    show(odd().rstrip("\n"))
    return FINE


def _card(arguments: list[str]) -> int:
    from sim.documentation import card

    if len(arguments) != 1:
        hint = "python -m sim card dprk_russia_2024"
        raise usage_error(f"card needs one scenario, not {len(arguments)}", hint=hint)
    lines = card(arguments[0].removeprefix("scenario=")).splitlines()
    show("\n".join(map(printable, lines)))
    return FINE


def _resume(arguments: list[str]) -> int:
    from sim.cli.executors import taken
    from sim.cli.resume import request_of
    from sim.job import run_job

    where, rest = taken(arguments)
    return run_job(replace(request_of(rest), where=where))


def _topup(arguments: list[str]) -> int:
    from sim.again import topup
    from sim.cli.executors import taken
    from sim.cli.resume import more_of

    where, rest = taken(arguments)
    return topup(*more_of(rest), where=where)


def _show(arguments: list[str]) -> int:
    from sim.cli.look import run_show

    run_show(arguments)
    return FINE


def _replay(arguments: list[str]) -> int:
    from sim.cli.replay import run_replay

    return run_replay(arguments)


def _why(arguments: list[str]) -> int:
    from sim.cli.why import run_why

    run_why(arguments)
    return FINE


def _fork(arguments: list[str]) -> int:
    from sim.cli.fork import run_fork

    run_fork(arguments)
    return FINE


def _diff(arguments: list[str]) -> int:
    from sim.cli.diff import run_diff

    run_diff(arguments)
    return FINE


def _compare(arguments: list[str]) -> int:
    from sim.cli.compare import run_compare

    run_compare(arguments)
    return FINE


def _report(arguments: list[str]) -> int:
    from sim.cli.report import run_report

    run_report(arguments)
    return FINE


def _new(arguments: list[str]) -> int:
    from sim.cli.new import run_new

    run_new(arguments)
    return FINE


def _plan(arguments: list[str]) -> int:
    from sim.cli.plan import run_plan

    run_plan(arguments)
    return FINE


def _exercises(arguments: list[str]) -> int:
    from sim.cli.exercises import run_exercises

    run_exercises(arguments)
    return FINE


def _one_scenario(arguments: list[str]) -> str:
    for argument in arguments:
        if not argument.startswith("scenario="):
            raise usage_error(f"'{argument}' is not understood", hint="scenario=NAME")
        return argument.removeprefix("scenario=")
    return "dprk_russia_2024"


VERBS: dict[str, Callable[[list[str]], int]] = {
    "run": _run,
    "list": _list,
    "explain": _explain,
    "check": _check,
    "phases": _phases,
    "validate": _validate,
    "ablate": _ablate,
    "score": _score,
    "match": _match,
    "document": _document,
    "card": _card,
    "resume": _resume,
    "topup": _topup,
    "show": _show,
    "replay": _replay,
    "why": _why,
    "fork": _fork,
    "diff": _diff,
    "compare": _compare,
    "report": _report,
    "plan": _plan,
    "new": _new,
    "exercises": _exercises,
}
