"""`python -m sim match [NAME=VALUE …]`: match the wide prior to the record, and tell."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from sim.cli.words import show
from sim.errors import nearest, usage_error
from sim.matching.match import match
from sim.matching.settings import read_settings
from sim.matching.telling import told, written
from sim.scenario.load import load_scenario
from sim.scenario.places import CONFIGS
from sim.scoring.mapping import load_mapping, mapping_file
from sim.scoring.record import read_record
from sim.study import files

USAGE = "python -m sim match [scenario=NAME] [until=DATE] [seed=N] [out=FILE.csv]"
SETTINGS = ("scenario", "until", "seed", "out")
FEWEST = 20
"""Vectors that a prior should hold."""


def run_match(arguments: list[str]) -> None:
    """Match, print what was found, and write the set where `out` says."""
    asked = _asked(arguments)
    scenario = load_scenario(asked.get("scenario", "dprk_russia_2024"))
    if scenario.record is None:
        raise usage_error(f"{scenario.name} names no record to match", path="scenario")
    settings = read_settings(scenario.name)
    file = CONFIGS / "record" / scenario.record / "public_record.csv"
    mapping = load_mapping(mapping_file(scenario.record), scenario.states)
    until = _date(asked["until"]) if "until" in asked else scenario.cutoff
    if until > scenario.cutoff:
        fault = f"{until} comes after {scenario.cutoff}, to which the scenario's record goes"
        raise usage_error(fault, path="until")
    seed = _seed(asked.get("seed", "1"))
    found = match(scenario, settings, mapping, read_record(str(file)), until, seed)
    show(told(found))
    if "out" in asked:
        if int(found.kept.sum()) < FEWEST:
            raise usage_error(f"fewer than {FEWEST} vectors are left: no prior was written")
        files.write_text(Path(asked["out"]), written(found, scenario, until, seed))
        show(f"written: {asked['out']}")


def _asked(arguments: list[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for argument in arguments:
        name, mark, value = argument.partition("=")
        if not mark or name not in SETTINGS:
            near = nearest(name, SETTINGS)
            hint = f"did you mean '{near}'?" if near else USAGE
            raise usage_error(f"'{argument}' is not understood", hint=hint)
        if name in found:
            raise usage_error(f"'{name}' is set twice", path="command line")
        found[name] = value
    return found


def _date(text: str) -> date:
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise usage_error(f"'{text}' is not a date such as 2024-11-30", path="until") from None


def _seed(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text):
        raise usage_error(f"'{text}' is not a whole number of at most nine digits", path="seed")
    return int(text)
