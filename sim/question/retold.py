"""What a replay leaves beside the study's tables: the story, and the timeline as a picture."""

from __future__ import annotations

from pathlib import Path

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


def write(opened: Opened, found: Replay) -> Path:
    """Write story.md and figures/ of a replayed run, outside the study's tables; their folder."""
    run, scenario = found.history.run, opened.blueprint.scenario
    folder = opened.study.folder / FOLDER / f"run-{run.number:06d}"
    events = told(opened, found)
    title = f"Run {run.number:,} of the study “{opened.study.manifest['title']}”"
    figure, alternative = timeline(
        events,
        context_of(opened.study, opened.blueprint.scenario),
        title,
        run_words(run),
        scenario.start,
        scenario.end,
    )
    save(figure, folder / "figures", "timeline")
    story = [f"# {title}", run_words(run) + ".", f"![{alternative}](figures/timeline.png)"]
    story += ["\n".join(f"    {line}" for line in events), f"*{NEVER_A_FORECAST}*"]
    files.write_text(folder / "story.md", "\n\n".join(story) + "\n")
    return folder
