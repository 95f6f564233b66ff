"""What a study says on the terminal: progress, estimates, what was written, what is next."""

from __future__ import annotations

import shlex
import time
from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap
from types import TracebackType
from typing import IO, Literal, Self

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from sim.report import spreads
from sim.report.context import Context, failed_words
from sim.report.effects import effects_lines
from sim.report.failures import Failure
from sim.report.lines import READING, Lines, tables
from sim.report.wording import command
from sim.study.keeper import Headline
from sim.study.store import Study

ASCII = str.maketrans({"–": "-", "±": "+-", "×": "x", "·": "|", "²": "2", "…": "..."})
WIDE = 120
NARROWEST = 9
ROOMY = 100
PAGE = "report.html"
SHORT_COMMAND = 45
LEFT_OUT = {
    "sender_casualties": "an expedition and its casualties",
    "days_to_restore": "a front and its area",
    "lethal_aid": "a watcher and its answers",
    "nuclear_signalling": "a signaller",
}
"""What figures speak of, by the outcome that a scenario without it does not measure."""


def open_console(file: IO[str] | None = None) -> Console:
    """A console that takes text literally; wide when its output is not a terminal.

    In a notebook it prints as to a file, so that what it says can be silenced.
    """
    plain = {"markup": False, "emoji": False, "highlight": False, "force_jupyter": False}
    console = Console(file=file, **plain)  # type: ignore[arg-type]
    return console if console.is_terminal else Console(file=file, width=WIDE, **plain)  # type: ignore[arg-type]


def fit(text: str, console: Console) -> str:
    """The text as the console's encoding can show it."""
    try:
        text.encode(console.encoding)
        return text
    except (UnicodeEncodeError, LookupError):
        return text.translate(ASCII).encode("ascii", "replace").decode()


def say(console: Console, text: str = "", style: str = "") -> None:
    """Print one paragraph, unbroken so that commands and paths can be copied."""
    console.print(fit(text, console), style=style, soft_wrap=True)


def tell(console: Console, text: str, style: str = "") -> None:
    """Print prose, broken between words."""
    console.print(fit(text, console), style=style)


class Ticker:
    """Progress of a study: a bar with ETA on a terminal, else a line every tenth of the runs.

    Use as a context and call with (done, total, headline).
    """

    def __init__(self, console: Console, total: int, name: str = "") -> None:
        self.console, self.total, self.name = console, total, name
        self._started, self._told, self._before = time.monotonic(), 0, 0
        self._roomy = console.width >= ROOMY + len(name)
        self._bar = Progress(
            BarColumn(bar_width=30 if self._roomy else 10),
            TextColumn("{task.fields[state]}"),
            TextColumn("ETA"),
            TimeRemainingColumn(),
            TextColumn("{task.fields[headline]}"),
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )
        self._task = self._bar.add_task("", total=total, state="", headline="")

    def __enter__(self) -> Self:
        """Start the clock, and the bar where there is one."""
        self._started = time.monotonic()
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Take the bar away."""
        self._bar.stop()

    def going_on(self, before: int, total: int) -> None:
        """Tell how many runs are there from a session before this one."""
        say(self.console, f"going on: {before:,} of {total:,} runs are there")
        self._before, self._started = before, time.monotonic()

    def __call__(self, done: int, total: int, headline: Headline | None) -> None:
        """Tell how far the runs are and the headline estimate so far."""
        spent = max(time.monotonic() - self._started, 1e-9)
        state = f"{done:,}/{total:,} runs"
        rate = (done - self._before) / spent
        state += f"  {rate:,.0f} runs/s" if self._roomy else ""
        words = fit(self._words(headline, done), self.console)
        self._bar.update(self._task, completed=done, state=state, headline=words)
        if not self.console.is_terminal and 10 * done // total > self._told:
            self._told = 10 * done // total
            left = (total - done) / rate
            say(self.console, f"{100 * done // total:>3} %  {state}  ETA {left:.0f} s  {words}")

    def _words(self, headline: Headline | None, done: int) -> str:
        if headline is None:
            return ""
        half = (headline.high - headline.low) / 2
        so_far = " so far" if self._roomy else ""
        lost = failed_words(headline.failed, done)
        estimate = f"P({self.name or headline.name}){so_far} {headline.share:.3f} ±{half:.3f}"
        return f"{estimate}, {lost}" if lost else estimate


def show_answer(console: Console, study: Study) -> None:
    """Say that a study was there before it was asked for."""
    ended = study.manifest["ended"][:16].replace("T", " ")
    say(console, f"Answered from disk: this study was finished on {ended} UTC in {study.folder}")
    say(console, "        force=true   runs it again")


def show_part(console: Console, step: str) -> None:
    """Name the command that builds on a study that holds some of what is asked for."""
    if step:
        say(console, "Some of these runs are on disk already; instead of this new study:")
        say(console, f"        {step}")


def show_results(
    console: Console, study: Study, context: Context, seconds: float | None = None
) -> None:
    """The estimates of a finished study along each lever that varies."""
    failed = int(study.points["failed"].sum())
    if seconds is not None:
        lost = failed_words(failed, context.runs) or f"{context.runs:,} runs, 0 failed"
        say(console, f"Done in {seconds:.1f} s ({lost})")
    for lines in (*tables(study.points, context), *effects_lines(study, context)):
        show_lines(console, lines)
    for lines in spreads.tables(study, context):
        show_lines(console, lines)
        tell(console, spreads.READING, style="dim")
    tell(console, READING, style="dim")
    tell(console, context.footer, style="dim")


def show_lines(console: Console, lines: Lines) -> None:
    """One table under its title."""
    say(console)
    say(console, lines.title, style="bold")
    console.print(_table(lines, console))


def show_failed(console: Console, failed: Sequence[Failure]) -> None:
    """The first run that failed: why, and how to run it alone."""
    for failure in failed[:1]:
        say(console, f"Failed  {failure.error}")
        say(console, f"        {failure.command}   runs it alone; all: failed.csv")


def show_left_out(console: Console, context: Context, measured: Sequence[str]) -> None:
    """Say which figures the scenario gives no ground for, instead of drawing them empty."""
    declared = {one.name for one in context.outcomes}
    missing = [what for name, what in LEFT_OUT.items() if name in measured and name not in declared]
    if missing:
        tell(
            console, f"not drawn, for the scenario's focus names none: {', '.join(missing)}", "dim"
        )


def show_saved(console: Console, folder: Path, next_steps: Sequence[tuple[str, str]]) -> None:
    """Where the study is, how large, and the next commands with what they do."""
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    say(console)
    say(console, f"Saved   {folder}   ({size / 1e6:.1f} MB)")
    if (folder / PAGE).is_file():
        say(console, f"        {folder / PAGE}   all of it on one page")
    width = max((len(c) for c, _ in next_steps if len(c) <= SHORT_COMMAND), default=0)
    for place, (step, meaning) in enumerate(next_steps):
        line = f"{'' if place else 'Next':<8}{step:<{width}}   {meaning}"
        say(console, line if len(line) <= console.width else line.removesuffix(meaning).rstrip())


def show_interrupted(console: Console, study: Study) -> None:
    """What was kept when the user stopped the study, and how to go on."""
    done, planned = study.manifest["runs"], study.manifest["planned"]
    say(console, f"Interrupted: {done:,} of {planned:,} runs are finished and kept")
    say(console, f"Saved   {study.folder}")
    show_way_on(console, study.folder)


def show_way_on(console: Console, folder: Path) -> None:
    """The command that goes on with a study that stopped."""
    step = shlex.join(["python", "-m", "sim", "resume", str(folder)])
    say(console, f"Next    {step}   goes on where it stopped")


def next_steps(study: Study, context: Context, other: str = "") -> list[tuple[str, str]]:
    """Commands worth trying after a study; ``other`` is another experiment, if there is one."""
    steps = []
    for lever in list(context.levers)[:1]:
        steps.append((f"python -m sim explain {lever}", "what it means, unit and source"))
    steps.append(("python -m sim list", "scenarios, experiments and levers"))
    steps.append((f"python -m sim why {study.folder} --run 0", "what led to the worst in a run"))
    if other:
        steps.append((f"python -m sim +experiment={other}", "another question"))
    steps.append((_narrower(study), "half as wide intervals"))
    return steps


def _narrower(study: Study) -> str:
    """The command of the study with four times the replicates."""
    replicates = 4 * study.manifest["replicates"]
    return f"{command(study.manifest['overrides'], 'replicates')} replicates={replicates}"


def _table(lines: Lines, console: Console) -> Table:
    """A table that fits 80 columns: headers and first cells are broken to the width."""
    gap = 1 if console.width < ROOMY else 3
    table = Table(box=None, pad_edge=False, padding=(0, gap, 0, 0), header_style="")
    for place, name in enumerate(lines.header):
        width = max(NARROWEST, *(len(row[place]) for row in lines.rows))
        header = "\n".join(wrap(fit(name, console), width, break_long_words=False))
        justify: Literal["left", "right"] = "right" if place else "left"
        table.add_column(header, justify=justify, vertical="bottom", no_wrap=bool(place))
    for row in lines.rows:
        table.add_row(*(fit(cell, console) for cell in row))
    return table
