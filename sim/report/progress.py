"""`show`: what a study was asked, how far it is, what it says so far, and its run card."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.table import Table

from sim.report.context import TITLES, failed_words
from sim.report.terminal import fit, say
from sim.report.wording import command
from sim.study.plan import counted, size
from sim.study.state import State
from sim.study.store import Study

MINUTE, HOUR = 60, 3600


def show_state(console: Console, study: Study, state: State) -> None:
    """A line for each of the things one wants to know of a study, finished or not."""
    say(console, study.manifest["title"], style="bold")
    if question := str(study.config.get("question", "")).strip():
        say(console, question)
    table = Table.grid(padding=(0, 2))
    for name, text in lines(study, state):
        table.add_row(name, fit(text, console))
    console.print(table)


def lines(study: Study, state: State) -> Iterator[tuple[str, str]]:
    """What is shown, each with its name."""
    about = study.manifest
    yield "Asked", command(about["overrides"])
    yield (
        "",
        (
            f"{size(about['points'], about['replicates'])}, seed {about['seed']}, "
            f"engine {about['engine']}, study {about['hash'][:8]}"
        ),
    )
    yield "Status", _status(about, state)
    yield "Progress", _progress(state)
    if state.headline:
        yield "Headline", _headline(state.headline)
    if about["card"]:
        yield "Run card", _card(about["card"])
    versions = about["versions"]
    named = ", ".join(f"{name} {number}" for name, number in versions.items())
    yield "Versions", f"rules {about['rules']}, {named}"


def _status(about: dict[str, Any], state: State) -> str:
    ended = f" on {about['ended'][:19].replace('T', ' ')} UTC" if about["ended"] else ""
    return {
        "running": f"running: {state.holder}",
        "stopped": "stopped: no process is at work on it",
    }.get(state.status, f"{state.status}{ended}")


def _progress(state: State) -> str:
    share = 100 * state.runs / state.planned
    parts = [f"{state.runs:,} of {state.planned:,} runs ({share:.0f} %)"]
    parts.append(failed_words(state.failed, state.runs))
    if state.rate:
        parts.append(f"{state.rate:,.0f} runs a second" if state.rate >= 1 else "under 1 a second")
    if state.left is not None:
        parts.append(f"about {duration(state.left)} left")
    return "; ".join(filter(None, parts))


def _headline(told: dict[str, Any]) -> str:
    low, high = 100 * told["low"], 100 * told["high"]
    name = TITLES.get(told["name"], told["name"].replace("_", " "))
    return (
        f"{name} in {100 * told['share']:.1f} of 100 runs at all points (95 % {low:.1f}–{high:.1f})"
    )


def _card(card: dict[str, Any]) -> str:
    memory = card["peak_memory_mib"]
    text = (
        f"{counted(card['workers'], 'worker')} on {counted(card['cores'], 'core')}, "
        f"{card['milliseconds_a_run']:,.2f} ms a run on one of them "
        f"({card['runs']:,} runs in {duration(card['seconds'])})"
    )
    return f"{text}, at most {memory:,} MiB of memory" if memory else text


def duration(seconds: float) -> str:
    """A time in words.

    >>> duration(8.4), duration(200), duration(7300)
    ('8 s', '3 min 20 s', '2 h 1 min')
    """
    whole = round(seconds)
    if whole < MINUTE:
        return f"{whole} s"
    if whole < HOUR:
        return f"{whole // MINUTE} min {whole % MINUTE} s"
    return f"{whole // HOUR} h {whole % HOUR // MINUTE} min"
