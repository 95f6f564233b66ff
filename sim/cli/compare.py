"""`python -m sim compare A B` or `compare A LEVER=X:Y`: read what was typed, and tell."""

from __future__ import annotations

import re
from pathlib import Path

from sim.comparison.job import Asked, compared
from sim.comparison.kept import folder_of, keep, refuse
from sim.comparison.tables import lines
from sim.comparison.words import READING, opening, sentences
from sim.errors import usage_error
from sim.report import terminal

USAGE = (
    "python -m sim compare A B [outcome=NAME,NAME|all] [out=FOLDER], or two arms of one study: "
    "compare STUDY deployment.size=0:12000 [escalation.intensity=1]"
)


def run_compare(arguments: list[str]) -> None:
    """Compare, print, and write table, text and picture."""
    asked, out = read(arguments)
    found, context = compared(asked)
    folder = Path(out) if out else folder_of(found)
    refuse(folder)
    console = terminal.open_console()
    for line in opening(found):
        terminal.say(console, line)
    for table in lines(found, context):
        terminal.show_lines(console, table)
    terminal.say(console)
    for sentence in sentences(found, context):
        terminal.tell(console, sentence)
    terminal.tell(console, READING, style="dim")
    terminal.tell(console, context.footer, style="dim")
    keep(found, context, folder)
    terminal.say(console)
    terminal.say(console, f"Saved   {folder}   (comparison.md, comparison.csv, differences.png)")


def read(arguments: list[str]) -> tuple[Asked, str]:
    """What was typed, checked as far as can be without opening a study. Raises UsageError."""
    studies, settings = [], {}
    for argument in arguments:
        name, mark, value = argument.partition("=")
        if not mark or not re.fullmatch(r"[a-z_]+(\.[a-z_]+)*", name):
            studies.append(argument)
        elif name in settings:
            raise usage_error(f"'{name}' is set twice", path="command line", hint=USAGE)
        else:
            settings[name] = value
    outcomes = [name for name in settings.pop("outcome", "").split(",") if name]
    out = settings.pop("out", "")
    arms = {name: value for name, value in settings.items() if ":" in value}
    if len(studies) + len(arms) != 2 or not studies:
        fault = f"compare needs two studies, or one and a lever, not {len(studies)} and {len(arms)}"
        raise usage_error(fault, hint=USAGE)
    at = {name: value for name, value in settings.items() if name not in arms}
    lever, both = next(iter(arms.items()), ("", ":"))
    first, _, second = both.partition(":")
    if lever and first == second:
        raise usage_error(f"{first} is compared with itself", path=lever, hint=USAGE)
    return Asked(studies[0], studies[-1], lever, (first, second), at, outcomes), out
