"""`python -m sim report STUDY [out=FILE.html]`: the page of a study, written again."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sim.again import asked
from sim.cli.words import show
from sim.errors import usage_error
from sim.reopened import context_of, open_study
from sim.report.figures import BESIDE, draw_all
from sim.report.html import write_report

USAGE = "python -m sim report STUDY [out=FILE.html]"


def run_report(arguments: Sequence[str]) -> None:
    """Write report.html, with the figures where there are none. Raises UsageError."""
    places = [word for word in arguments if not word.startswith("out=")]
    outs = [word.removeprefix("out=") for word in arguments if word not in places]
    if len(places) != 1 or len(outs) > 1:
        raise usage_error(f"report needs one study, not {len(places)}", hint=USAGE)
    out = _file(outs[0]) if outs else None
    study = open_study(places[0])
    request = asked(study)
    context = context_of(study, request.scenario)
    if not (study.folder / "figures" / BESIDE).is_file():
        draw_all(study, context)
    show(f"Saved   {write_report(study, context, request, out)}")


def _file(text: str) -> Path:
    """Where the page goes. Raises UsageError when there can be no file."""
    path = Path(text)
    if not text.strip() or "\0" in text or path.is_dir():
        raise usage_error(f"'{text}' is not a file to write", path="out", hint=USAGE)
    if not path.parent.is_dir():
        raise usage_error(f"there is no folder '{path.parent}'", path="out")
    return path
