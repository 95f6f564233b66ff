"""The command line: `python -m sim [VERB] …`, where no verb means `run`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import astuple

from sim.cli.help import HELP
from sim.cli.verbs import VERBS
from sim.cli.words import print_anywhere, printable, show
from sim.errors import Problem, UsageError, nearest, usage_error

FINE, FAILED, WRONG_USAGE, INTERRUPTED = 0, 1, 2, 130


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
