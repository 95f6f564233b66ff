"""The prior of a scenario: wide, as its uncertainties say, or a set of vectors from a file.

A set is a CSV file below `configs/prior/SCENARIO/`, one column for each uncertainty and one row for
each vector that history matching did not rule out; lines that begin with # say where it is from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from sim.errors import nearest, usage_error
from sim.scenario.places import CONFIGS
from sim.scenario.spec import Scenario

WIDE = "wide"

Vector = dict[str, float]


def known_priors(scenario: str) -> list[str]:
    """Names of the priors of a scenario: wide, and its sets."""
    return [WIDE, *sorted(file.stem for file in (CONFIGS / "prior" / scenario).glob("*.csv"))]


def prior_file(scenario: str, name: str) -> Path:
    """The file of a set, by its name or by a path that ends in .csv. UsageError when unknown."""
    if name.endswith(".csv"):
        return Path(name)
    options = known_priors(scenario)
    if name not in options:
        near = nearest(name, options)
        hint = f"did you mean '{near}'? " if near else ""
        fault = f"there is no prior '{name}' of {scenario}"
        raise usage_error(fault, path="prior", hint=f"{hint}known: {', '.join(options)}")
    return CONFIGS / "prior" / scenario / f"{name}.csv"


def vectors_of(scenario: Scenario) -> list[Vector]:
    """The vectors of the scenario's prior; none for the wide one.

    Uncertainties that the file does not name keep their own law; what was set by hand is not
    drawn. UsageError when the file cannot be read or holds what is not a number.
    """
    if scenario.prior == WIDE:
        return []
    file = prior_file(scenario.name, scenario.prior)
    try:
        table = pd.read_csv(file, comment="#", dtype=float)
    except (OSError, ValueError) as error:
        raise usage_error(f"cannot be read: {error}", file=str(file), path="prior") from None
    if table.empty or table.isna().to_numpy().any():
        raise usage_error("holds no vectors, or gaps", file=str(file), path="prior")
    names = [name for name in table.columns if name in scenario.uncertainties]
    if not names:
        fault = f"names none of the uncertainties of {scenario.name}"
        raise usage_error(fault, file=str(file), path="prior")
    rows: list[Vector] = table[names].to_dict("records")
    return rows


def digest_of(vectors: Sequence[Mapping[str, float]]) -> str:
    """Hash of a set, 16 hexadecimal digits; empty for the wide prior."""
    if not vectors:
        return ""
    return hashlib.sha256(repr(vectors).encode()).hexdigest()[:16]
