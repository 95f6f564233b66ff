"""The page: every section's content put into one template, and nothing fetched from anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sim.report.context import NEVER_A_FORECAST, Context
from sim.report.findings import Asked, ten
from sim.report.html import assumptions, counts, story
from sim.report.html.explorer import explorer
from sim.report.html.pictures import pictures
from sim.report.lines import READING, tables
from sim.report.wording import command
from sim.study import files
from sim.study.store import Study

NAME = "report.html"
HERE = Path(__file__).parent


def write_report(study: Study, context: Context, asked: Asked, out: Path | None = None) -> Path:
    """Write report.html into the study's folder, or to ``out``."""
    path = out or study.folder / NAME
    files.write_text(path, page(study, context, asked))
    return path


def page(study: Study, context: Context, asked: Asked) -> str:
    """The whole page as text; all that a user typed is escaped."""
    environment = Environment(
        loader=PackageLoader("sim.report.html", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":")}
    template = environment.get_template("page.html.jinja")
    return template.render(
        never=NEVER_A_FORECAST,
        context=context,
        manifest=study.manifest,
        folder=study.folder.name,
        style=_as_it_is("style.css"),
        script=_as_it_is("explorer.js"),
        **_asked(study, context, asked),
        **_found(study, context, asked),
        **_rests_on(study, context, asked),
    )


def _as_it_is(name: str) -> Markup:
    """A file of this package, not escaped: it is our own."""
    return Markup((HERE / name).read_text(encoding="utf-8"))


def _asked(study: Study, context: Context, asked: Asked) -> dict[str, Any]:
    return {
        "question": asked.question.strip(),
        "command": command(asked.typed),
        "levers": assumptions.levers(study, context),
    }


def _found(study: Study, context: Context, asked: Asked) -> dict[str, Any]:
    """What happened; of a study in which every run failed only that."""
    if not study.points["n"].any():
        empty: dict[str, Any] = {"headlines": [], "held": "", "sentences": [], "tables": []}
        return empty | {"explorer": None, "pictures": [], "stories": [], "reading": READING}
    headlines, held = counts.headlines(study, context)
    return {
        "headlines": headlines,
        "held": held,
        "sentences": ten(study, context, asked.scenario),
        "tables": list(tables(study.points, context)),
        "reading": READING.removeprefix("reading: "),
        "explorer": explorer(study, context),
        "pictures": pictures(study.folder / "figures"),
        "stories": story.stories(study, context),
    }


def _rests_on(study: Study, context: Context, asked: Asked) -> dict[str, Any]:
    found = assumptions.sources(asked.scenario)
    return {
        "scenario": asked.scenario,
        "misuses": assumptions.misuses(asked.scenario),
        "sources": found,
        "counted": assumptions.counted(found),
        "config": (study.folder / "config.yaml").read_text(encoding="utf-8"),
    }
