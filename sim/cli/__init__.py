"""The command line: `python -m sim [VERB] …`, where no verb means `run`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import astuple

from sim.cli.words import print_anywhere, printable, show
from sim.errors import Problem, UsageError, nearest, usage_error

FINE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130

HELP = """\
Casus: scenarios of treaties, forces and escalation.
Exploratory, for teaching; not a forecast.

  python -m sim +experiment=escalation   run an experiment: seeded runs, figures
  python -m sim deployment.size=0,12000  vary a lever; also range(0,20001,5000)
  python -m sim list                     what can be run, varied, measured
  python -m sim explain NAME             a lever, parameter, outcome, ...
  python -m sim check [SCENARIO ...]     all problems of a scenario or file
  python -m sim phases                   the order of a day
  python -m sim validate                 published results beside ours
  python -m sim validate battles=F.csv   four laws of combat on your battles
  python -m sim ablate                   what each rule does to the outcomes
  python -m sim score STUDY RECORD.csv   a study against a public record
                      [fit=before]       fitted to the record before the block
  python -m sim match [until=DATE]       what the record rules out of the prior
  python -m sim document odd             the model, described after ODD+D
  python -m sim card SCENARIO            a scenario: given, swept, limits
  python -m sim resume STUDY [workers=N] go on with a study that stopped
  python -m sim report STUDY [out=FILE]  one page to read, explore and mail

Settings of a run, as NAME=VALUE:
  +experiment=NAME  scenario=NAME|FILE.yaml  replicates=N  seed=N  workers=N
  replicate=N (only that one)  prior=wide|matched|FILE.csv
  engine=compiled|mesa  out=FOLDER  force=true
  any lever by its name (see list), any number of the scenario as
  scenario.PATH=VALUE
Exit status: 0 fine, 1 the runs failed, 2 wrong usage, 130 interrupted."""


def main(arguments: Sequence[str]) -> int:
    """Run one verb and return the exit status; every user's error is one clear message."""
    print_anywhere()
    try:
        return _dispatch(list(arguments))
    except UsageError as error:
        problems = (Problem(*map(printable, astuple(problem))) for problem in error.problems)
        show("error: " + "\n".join(map(str, problems)), sys.stderr)
        return WRONG_USAGE
    except KeyboardInterrupt:
        print("interrupted: nothing was running that could be kept", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return FAILED
    except OSError as error:
        place = printable(str(error.filename or "files"))
        print(f"error: {place}: {error.strerror or error}", file=sys.stderr)
        return FAILED


def _dispatch(arguments: list[str]) -> int:
    if any(argument in ("-h", "--help", "help") for argument in arguments):
        show(HELP)
        return FINE
    if "--version" in arguments:
        from sim import RULES_VERSION, __version__

        print(f"casus {__version__}, rules version {RULES_VERSION}")
        return FINE
    verb = "run"
    if arguments and "=" not in arguments[0] and not arguments[0].startswith(("-", "+", "~")):
        verb = arguments.pop(0)
    if verb not in VERBS:
        near = nearest(verb, VERBS)
        hint = f"did you mean '{near}'? " if near else ""
        raise usage_error(f"there is no verb '{verb}'", hint=f"{hint}known: {', '.join(VERBS)}")
    return VERBS[verb](arguments)


def _run(arguments: list[str]) -> int:
    from sim.cli.requests import read_requests
    from sim.job import run_job

    status = FINE
    for request in read_requests(arguments):
        status = max(status, run_job(request))
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
    from sim.cli.resume import request_of
    from sim.job import run_job

    return run_job(request_of(arguments))


def _report(arguments: list[str]) -> int:
    from sim.cli.report import run_report

    run_report(arguments)
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
    "report": _report,
}
