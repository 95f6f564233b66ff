"""The prior of a scenario: wide, as its uncertainties say, or a set of vectors from a file.

`wide/N` are N vectors drawn once from the wide prior, the same in every study: replicates that
share a vector differ by chance alone, which tells the two kinds of spread apart. Any other set is
a CSV file below `configs/prior/SCENARIO/`, one column for each uncertainty and one row for each
vector that history matching did not rule out. Lines that begin with # say where it is from;
`# until: DATE` among them names the last day of the record that it was matched to.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from math import inf
from pathlib import Path
from typing import cast

import numpy as np
import pandas as pd

from sim.errors import Problem, UsageError, nearest, usage_error
from sim.priors import draw
from sim.scenario.levers import Uncertainty
from sim.scenario.places import CONFIGS
from sim.scenario.spec import Scenario

WIDE = "wide"
NESTED = re.compile(r"wide/(\d{1,6})")
FEWEST, MOST = 2, 10_000
NESTED_SEED = 0
MOST_BYTES = 20 * 2**20
MOST_PROBLEMS = 20
ROUNDING = 1e-5
"""Part of a bound by which a number may pass it, since files hold six digits."""
UNTIL = re.compile(r"^# until: (\d{4}-\d\d-\d\d)$", re.MULTILINE)

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
        known = f"known: {', '.join(options)}, wide/50; or give the path of a .csv file"
        raise usage_error(fault, path="prior", hint=hint + known)
    return CONFIGS / "prior" / scenario / f"{name}.csv"


def nested(name: str) -> int:
    """How many vectors of the wide prior a name such as `wide/50` asks for; 0 for another name.

    >>> nested("wide/50"), nested("wide"), nested("matched")
    (50, 0, 0)
    """
    found = NESTED.fullmatch(name)
    count = int(found[1]) if found else 0
    if found and not FEWEST <= count <= MOST:
        fault = f"'{name}': {FEWEST} to {MOST:,} vectors, not {count}"
        raise usage_error(fault, path="prior", hint="prior=wide/50")
    return count


def vectors_of(scenario: Scenario) -> list[Vector]:
    """The vectors of the scenario's prior; none for the wide one.

    Uncertainties that the file does not name keep their own law; of those that were set by hand
    the file is not asked. UsageError with every column and number that cannot be.
    """
    if scenario.prior == WIDE:
        return []
    if count := nested(scenario.prior):
        priors = scenario.uncertainties.items()
        return [
            {name: draw(name, prior, NESTED_SEED, vector) for name, prior in priors}
            for vector in range(count)
        ]
    file = prior_file(scenario.name, scenario.prior)
    table = _table(file)
    problems = [*_columns(scenario, table, str(file)), *_numbers(scenario, table, str(file))]
    if len(problems) > MOST_PROBLEMS:
        left = len(problems) - MOST_PROBLEMS
        problems = [*problems[:MOST_PROBLEMS], Problem(str(file), "prior", f"and {left} more")]
    if problems:
        raise UsageError(problems)
    names = [name for name in table.columns if name in scenario.uncertainties]
    rows: list[Vector] = table[names].to_dict("records")
    return rows


def until_of(scenario: Scenario) -> str:
    """Last day of the record that the scenario's set was matched to; empty when none is named."""
    if scenario.prior == WIDE or nested(scenario.prior):
        return ""
    found = UNTIL.search(_text(prior_file(scenario.name, scenario.prior)))
    return found[1] if found else ""


def words_of(scenario: Scenario) -> str:
    """A prior that is not the wide one, in the words of footers; empty for the wide one."""
    if scenario.prior == WIDE:
        return ""
    if count := nested(scenario.prior):
        return f"{count} sets of the unknown parameters, drawn once from the wide prior"
    until = until_of(scenario)
    name = prior_file(scenario.name, scenario.prior).name
    return f"prior matched to the record up to {until}" if until else f"prior from {name}"


def _text(file: Path) -> str:
    """The file's text; UsageError when it is not an ordinary text file of moderate size."""
    try:
        if file.exists() and not file.is_file():
            raise usage_error("is not an ordinary file", file=str(file), path="prior")
        with file.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
        if len(raw) > MOST_BYTES:
            fault = "is larger than 20 MiB, too large for a prior"
            raise usage_error(fault, file=str(file), path="prior")
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "is not UTF-8 text"
        raise usage_error(f"cannot be read: {reason}", file=str(file), path="prior") from None


def _table(file: Path) -> pd.DataFrame:
    """The vectors as text, every cell filled."""
    lines = [line for line in _text(file).split("\n") if line.strip() and line[0] != "#"]
    if len(lines) < 2:
        raise usage_error("holds no vectors", file=str(file), path="prior")
    width = lines[0].count(",")
    for number, line in enumerate(lines[1:], 1):
        if line.count(",") != width or not all(cell.strip() for cell in line.split(",")):
            fault = f"vector {number} has gaps, or not {width + 1} numbers"
            raise usage_error(fault, file=str(file), path="prior")
    return pd.read_csv(io.StringIO("\n".join(lines)), dtype=str, na_filter=False)


def _columns(scenario: Scenario, table: pd.DataFrame, file: str) -> list[Problem]:
    """Columns that are no uncertainty of the scenario, as after one was renamed."""
    known = list(scenario.uncertainties)
    problems = []
    for name in table.columns:
        if name not in known and name not in scenario.by_hand:
            near = nearest(name, known)
            hint = f"did you mean '{near}'?" if near else "see python -m sim list; or match anew"
            fault = f"'{name}' is no uncertainty of {scenario.name}"
            problems.append(Problem(file, "prior", fault, hint))
    return problems


def _numbers(scenario: Scenario, table: pd.DataFrame, file: str) -> list[Problem]:
    """Make each column numbers, in place; cells that are none, or lie outside the wide prior."""
    problems = []
    for name in [name for name in table.columns if name in scenario.uncertainties]:
        low, high = support(scenario.uncertainties[name])
        values = pd.to_numeric(table[name], errors="coerce").to_numpy(dtype=float)
        slack = ROUNDING * max(abs(low), abs(high)) if high < inf else 0.0
        fine = np.isfinite(values) & (values >= low - slack) & (values <= high + slack)
        for place in np.flatnonzero(~fine):
            fault = f"'{table[name].iloc[place][:40]}' is not a number of the wide prior"
            hint = f"from {low:g} to {high:g}"
            problems.append(Problem(file, f"prior: vector {place + 1}: {name}", fault, hint))
        table[name] = values
    return problems


def support(prior: Uncertainty) -> tuple[float, float]:
    """The least and the greatest value of an uncertain number, in its own unit.

    >>> support(Uncertainty(path="x", type="lognormal", median=1.0, log_sd=0.5))
    (0.0, inf)
    """
    if prior.type == "lognormal":
        return 0.0, inf
    return cast(float, prior.low), cast(float, prior.high)


def digest_of(vectors: Sequence[Mapping[str, float]]) -> str:
    """Hash of a set, 16 hexadecimal digits; empty for the wide prior."""
    if not vectors:
        return ""
    return hashlib.sha256(repr(vectors).encode()).hexdigest()[:16]
