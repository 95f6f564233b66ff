"""`python -m sim score STUDY RECORD.csv [NAME=VALUE …]`: read what was typed, and tell."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from sim.cli.words import show
from sim.errors import nearest, usage_error
from sim.scoring.job import FITS, Asked, score
from sim.scoring.telling import Scored, table_rows, verdict

USAGE = (
    "python -m sim score STUDY RECORD.csv [from=DATE] [to=DATE] [point=N] [mapping=FILE] "
    "[fit=none|before]"
)
SETTINGS = ("from", "to", "point", "mapping", "fit")


def run_score(arguments: list[str]) -> None:
    """Score, write, and print the verdict and the table."""
    scored, folder = score(asked(arguments))
    show(told(scored, folder))


def asked(arguments: list[str]) -> Asked:
    """What was typed, checked. Raises UsageError."""
    places, settings = [], {}
    for argument in arguments:
        name, mark, value = argument.partition("=")
        if mark and re.fullmatch(r"[a-z_]+", name):
            if name not in SETTINGS:
                near = nearest(name, SETTINGS)
                hint = f"did you mean '{near}'?" if near else USAGE
                raise usage_error(f"'{name}' is not a setting of score", hint=hint)
            if name in settings:
                raise usage_error(f"'{name}' is set twice", path="command line")
            settings[name] = value
        else:
            places.append(argument)
    if len(places) != 2:
        raise usage_error(f"score needs a study and a record, not {len(places)}", hint=USAGE)
    first, last = _date("from", settings.get("from")), _date("to", settings.get("to"))
    point = _number(settings.get("point"))
    fit = _fit(settings.get("fit", FITS[0]))
    return Asked(places[0], places[1], first, last, point, settings.get("mapping"), fit)


def _date(name: str, text: str | None) -> date | None:
    if text is None:
        return None
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise usage_error(f"'{text}' is not a date such as 2025-02-01", path=name) from None


def _fit(text: str) -> str:
    if text not in FITS:
        near = nearest(text, FITS)
        hint = f"did you mean '{near}'?" if near else f"known: {', '.join(FITS)}"
        raise usage_error(f"there is no fit '{text}'", path="fit", hint=hint)
    return text


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    if not re.fullmatch(r"\d{1,6}", text):
        raise usage_error(f"'{text}' is not the number of a point", path="point")
    return int(text)


def told(scored: Scored, folder: Path) -> str:
    """The verdict, the table in columns, and where the rest is."""
    parts = ["\n".join(f"{name}: {text}" for name, text in scored.about.items())]
    parts.append(f"From {scored.block.first} to {scored.block.last}")
    rows = table_rows(scored)
    if len(rows) > 1:
        widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
        parts.append("\n".join(_line(row, widths) for row in rows))
    return "\n\n".join([*parts, verdict(scored), f"Saved   {folder}"])


def _line(cells: list[str], widths: list[int]) -> str:
    first, *rest = zip(cells, widths, strict=True)
    return "  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)])
