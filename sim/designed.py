"""What can be varied in a scenario, and the points of a study that varies it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import get_type_hints

from sim.blueprint import Blueprint
from sim.outcomes import OUTCOMES
from sim.priors import value
from sim.rules.entities import MANY, ONE
from sim.scenario.levers import Lever, Uncertainty
from sim.scenario.limits import limits
from sim.scenario.prior import support
from sim.study import designs
from sim.study.designs import frozen
from sim.study.designs.asked import Asked, Drawn, Given, Wanted

TAKEN = ("point", "replicate", "seed", "n", "failed", "error")


def variable(blueprint: Blueprint) -> dict[str, Lever]:
    """The scenario's levers, and its uncertainties as levers: set at a point instead of drawn.

    An uncertainty that bears the name of a column of the tables stays out.
    """
    scenario = blueprint.scenario
    taken = {*TAKEN, *(outcome.name for outcome in OUTCOMES)}
    more = {
        name: _lever(blueprint, name, prior)
        for name, prior in scenario.uncertainties.items()
        if name not in taken
    }
    return {**scenario.levers, **{n: one for n, one in more.items() if n not in scenario.levers}}


def _lever(blueprint: Blueprint, name: str, prior: Uncertainty) -> Lever:
    """An uncertainty as a lever: its median, and as far as the number it is can go."""
    address = blueprint.prior_addresses[name][0]
    whole = get_type_hints({**ONE, **MANY}[address.entity]).get(address.field) is int
    ends = zip(limits(blueprint.scenario, prior.path), support(prior), strict=True)
    low, high = (said if math.isfinite(said) else own for said, own in ends)
    middle = value(prior, 0.5)
    return Lever(
        path=prior.path,
        default=round(middle) if whole else middle,
        low=low if math.isfinite(low) else None,
        high=high if math.isfinite(high) else None,
        integer=whole,
        unit="",
        meaning=prior.meaning,
    )


def points_of(
    blueprint: Blueprint,
    values: Mapping[str, Given],
    wanted: Wanted,
    seed: int,
    folder: Path | None = None,
) -> Drawn:
    """The points asked for; those of the study in ``folder``, where there is one.

    Raises UsageError with every problem found.
    """
    levers = variable(blueprint)
    if folder is not None and wanted.kind != "grid" and _whole(folder, wanted):
        return frozen.thawed(folder, levers)
    return designs.draw(Asked(levers, list(blueprint.scenario.levers), values, wanted, seed))


def _whole(folder: Path, wanted: Wanted) -> bool:
    """Whether a study that stopped has its points; one killed at its very start may not."""
    sample = designs.DESIGNS[wanted.kind].analyse is None or (folder / frozen.SAMPLE).is_file()
    return wanted.kind == designs.TABLE or (sample and (folder / frozen.DESIGN).is_file())


def levers_of(blueprint: Blueprint, drawn: Drawn) -> dict[str, Lever]:
    """The levers that the points set, with the uncertainties among them."""
    levers = variable(blueprint)
    return {name: levers[name] for name in drawn.points[0]}


def told(values: Mapping[str, Given], wanted: Wanted, drawn: Drawn) -> dict[str, object]:
    """The design as the frozen configuration has it; of a grid the values alone."""
    levers = {
        name: str(one) if not isinstance(one, (list, tuple)) else list(one)
        for name, one in values.items()
    }
    if wanted.kind == "grid":
        return {"levers": levers}
    size = {} if wanted.size is None else {"size": wanted.size}
    return {
        "levers": levers,
        "design": {"kind": wanted.kind, **size, **frozen.described(drawn)},
    }
