"""The command line: `python -m sim [VERB] …`, where no verb means `run`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from sim.errors import Problem, UsageError, nearest, usage_error

FINE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130

HELP = """\
Casus: scenarios of treaties, forces and escalation. Exploratory, for teaching; not a forecast.

  python -m sim +experiment=escalation     run an experiment: many seeded runs, figures, tables
  python -m sim deployment.size=0,12000    vary a lever; a comma or range(0,20001,5000) sweeps
  python -m sim list                       scenarios, experiments, levers, outcomes
  python -m sim explain NAME               a lever, parameter, outcome or type of article
  python -m sim check [SCENARIO ...]       all problems of a scenario, named or a .yaml file
  python -m sim phases                     the order of a day

Settings of a run, as NAME=VALUE:
  +experiment=NAME  scenario=NAME|FILE.yaml  replicates=N  seed=N  engine=compiled|mesa
  workers=N  out=FOLDER  force=true          any lever (see list), any number of the scenario
                                             as scenario.PATH=VALUE
Exit status: 0 fine, 1 a run failed, 2 wrong usage, 130 interrupted."""


def main(arguments: Sequence[str]) -> int:
    """Run one verb and return the exit status; every user's error is one clear message."""
    try:
        return _dispatch(list(arguments))
    except UsageError as error:
        print(f"error: {error}", file=sys.stderr)
        return WRONG_USAGE
    except KeyboardInterrupt:
        print("interrupted: nothing was running that could be kept", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return FAILED


def _dispatch(arguments: list[str]) -> int:
    if any(argument in ("-h", "--help", "help") for argument in arguments):
        print(HELP)
        return FINE
    if "--version" in arguments:
        from sim import RULES_VERSION, __version__

        print(f"casus {__version__}, rules version {RULES_VERSION}")
        return FINE
    verb = "run"
    if arguments and "=" not in arguments[0] and not arguments[0].startswith("-"):
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

    print(catalogue(_one_scenario(arguments)))
    return FINE


def _explain(arguments: list[str]) -> int:
    from sim.catalogue import explain

    names = [argument for argument in arguments if "=" not in argument]
    if not names:
        raise usage_error("explain needs a name", hint="python -m sim explain deployment.size")
    scenario = _one_scenario([argument for argument in arguments if "=" in argument])
    print("\n\n".join(explain(name, scenario) for name in names))
    return FINE


def _check(arguments: list[str]) -> int:
    from sim.scenario.load import load_scenario
    from sim.scenario.places import known

    problems: list[Problem] = []
    for name in arguments or known("scenario"):
        try:
            scenario = load_scenario(name.removeprefix("scenario="))
            print(f"{scenario.file}: fine")
        except UsageError as error:
            problems += error.problems
    if problems:
        raise UsageError(problems)
    return FINE


def _phases(arguments: list[str]) -> int:
    from sim.phases import PHASES

    for number, phase in enumerate(PHASES, 1):
        first = (phase.__doc__ or "").strip().splitlines()[0]
        print(f"{number:>2}  {phase.__name__:<14} {first}")
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
}
