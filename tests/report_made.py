"""Pages made from invented studies, for the tests of report.html."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace

from test_figures import GRID, context_of, study_of

from sim.report.figures import draw_all
from sim.report.html import write_report
from sim.scenario.load import load_scenario

WICKED = "<script>alert(1)</script> & \"both\" 'sides'"


def asked(title: str = "Escalation") -> SimpleNamespace:
    """What was asked, of the built-in scenario under another title."""
    scenario = load_scenario("dprk_russia_2024")
    focus = scenario.focus.model_copy(update={"casualties_on": None, "area_on": None})
    scenario = scenario.model_copy(update={"title": title, "focus": focus})
    return SimpleNamespace(question=f"What of {title}?", typed=(title,), scenario=scenario)


def made(folder: Path, values=GRID, replicates=12, title="Escalation", **options) -> Path:
    """A study in a folder, its figures and its page."""
    study = study_of(folder, values, replicates, **options)
    return written(study, title)


def written(study, title="Escalation") -> Path:
    """Figures and page of a study."""
    context = context_of(study)
    draw_all(study, context)
    object.__setattr__(context, "title", title)
    return write_report(study, context, asked(title))


def grid_in(page: Path) -> dict:
    """The numbers that the page's script draws from."""
    text = page.read_text(encoding="utf-8")
    return json.loads(re.search(r'id="grid">(.*?)</script>', text, re.S)[1])
