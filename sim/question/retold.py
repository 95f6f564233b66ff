"""What a replay leaves beside the study's tables: the story, and the timeline as a picture."""

from __future__ import annotations

from pathlib import Path

from matplotlib.figure import Figure

from sim.question.opened import Opened, Run
from sim.question.replay import Replay
from sim.question.story import Line, lines
from sim.question.timeline import timeline
from sim.reopened import context_of
from sim.report.context import NEVER_A_FORECAST
from sim.report.figures.style import save
from sim.report.wording import lever_words, value_label
from sim.study import files

FOLDER = "replays"


def told(opened: Opened, found: Replay) -> list[Line]:
    """The events of a replayed run in words."""
    return lines(opened.blueprint.scenario, found.history.events)


def run_words(run: Run) -> str:
    """Which run it is: number, point, replicate and levers."""
    levers = ", ".join(f"{lever_words(name)} {value_label(v)}" for name, v in run.levers.items())
    return f"Run {run.number:,} (point {run.point}, replicate {run.replicate}): {levers}"


def picture(opened: Opened, found: Replay) -> tuple[Figure, str]:
    """The timeline of a replayed run, and its alternative text."""
    run, scenario = found.history.run, opened.blueprint.scenario
    context = context_of(opened.study, scenario)
    events, ends = told(opened, found), (scenario.start, scenario.end)
    return timeline(events, context, title(opened, run), run_words(run), *ends)


def title(opened: Opened, run: Run) -> str:
    """Which run of which study."""
    return f"Run {run.number:,} of the study “{opened.study.manifest['title']}”"


def write(opened: Opened, found: Replay) -> Path:
    """Write story.md and figures/ of a replayed run, outside the study's tables; their folder."""
    run = found.history.run
    folder = opened.study.folder / FOLDER / f"run-{run.number:06d}"
    figure, alternative = picture(opened, found)
    save(figure, folder / "figures", "timeline")
    story = [f"# {title(opened, run)}", run_words(run) + "."]
    story += [f"![{alternative}](figures/timeline.png)"]
    story += ["\n".join(f"    {line}" for line in told(opened, found)), f"*{NEVER_A_FORECAST}*"]
    files.write_text(folder / "story.md", "\n\n".join(story) + "\n")
    return folder
