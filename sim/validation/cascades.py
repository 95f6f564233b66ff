"""Section 1.5: cascades of alliances as Galton-Watson processes, on a tree of 40 states (VT-15).

`alliance_tree` is a scenario in which every state has three allies of its own, down to the third
generation. Who sends troops to a state under attack is attacked in turn, and its own allies are
called: each honours with probability m / 3, so that a state brings in m others in mean.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import comb, gammaln

from sim.rules.ledger import DEPARTED
from sim.study.chunk import Chunk
from sim.validation.row import Row, exact, sampled
from sim.validation.runs import REPLICATES, counted, run
from sim.validation.targets import VT

ALLIES, GENERATIONS, DAYS = 3, 3, 90
EXTINCT = {1.1: ".823866", 1.2: ".686302", 1.5: ".417188", 2.0: ".203188", 3.0: ".059520"}
EXTINCT_HEAVY = {1.5: ".851128", 2.5: ".704960"}
DISPERSION = 0.26
"""Of the negative binomial number of joiners of a war."""
BOREL = (".449329", ".161517", ".087089", ".055654", ".039073")
"""P(1 … 5 states in all) with Poisson numbers of mean .8."""
THREE_ALLIES = (
    "published for a Poisson number of joiners; of three allies each comes with probability m / 3, "
    "a binomial number of the same mean, whose exact law the band is about"
)
THIRD = (
    "published for a Poisson number of joiners and for ever; the band is about the exact chance of "
    "three allies each with probability m / 3 in three generations"
)

Vector = NDArray[np.float64]


def rows() -> list[Row]:
    """Closed forms, then sizes and extinction of 20,000 cascades in the world of the tree."""
    sizes = [_borel(0.8, size) for size in range(1, 6)]
    found = [
        exact(VT[15], "Borel law m=.8: P(1 … 5 states in all)", ", ".join(BOREL), sizes),
        exact(VT[15], "P(extinct), Poisson, m 1.1, 1.2, 1.5, 2, 3", ", ".join(EXTINCT.values()),
              [_extinct(lambda q, m=m: math.exp(m * (q - 1.0))) for m in EXTINCT]),
        exact(VT[15], "P(extinct), negative binomial r=.26, m 1.5, 2.5",
              ", ".join(EXTINCT_HEAVY.values()), [_extinct_heavy(m) for m in EXTINCT_HEAVY]),
    ]  # fmt: skip
    return [*found, *_sizes(0.8), _ends(1.5)]


def _borel(m: float, size: int) -> float:
    """Borel's law of the total number of states: e^(-mn) (mn)^(n-1) / n!."""
    return float(math.exp(-m * size + (size - 1) * math.log(m * size) - gammaln(size + 1)))


def _extinct(generating) -> float:  # type: ignore[no-untyped-def]
    """The least root of q = g(q), for a mean above one."""
    return float(brentq(lambda q: generating(q) - q, 0.0, 1.0 - 1e-9, xtol=1e-15))


def _extinct_heavy(m: float) -> float:
    return _extinct(lambda q: (1.0 + m * (1.0 - q) / DISPERSION) ** -DISPERSION)


def total(m: float, size: int) -> float:
    """P(`size` states in all), `size` up to 3, when each of three allies comes with m/3 (Dwass)."""
    p, n = m / ALLIES, ALLIES * size
    return float(comb(n, size - 1) * p ** (size - 1) * (1.0 - p) ** (n - size + 1) / size)


def _sizes(m: float) -> Iterator[Row]:
    """P(1, 2, 3 states in all), and the mean number of the four generations that the tree has."""
    states = 1.0 + counted(simulated(m), DEPARTED)
    for size in (1, 2, 3):
        chance = total(m, size)
        error = (chance * (1.0 - chance) / REPLICATES) ** 0.5
        name = f"m={m:g}: P({size} state{'s' * (size > 1)} in all)"
        share = float((states == size).mean())
        yield sampled(VT[15], name, BOREL[size - 1], share, error, chance, THREE_ALLIES)
    mean = sum(m**generation for generation in range(GENERATIONS + 1))
    error = float(states.std(ddof=1)) / REPLICATES**0.5
    name = f"m={m:g}: mean number of states to the third generation, 1 + m + m² + m³"
    yield sampled(VT[15], name, f"{mean:.3f}", float(states.mean()), error, mean)


def _ends(m: float) -> Row:
    """P(no state of the third generation comes)."""
    chance, p = 0.0, m / ALLIES
    for _ in range(GENERATIONS):
        chance = (1.0 - p + p * chance) ** ALLIES
    reached = 0
    for chunk in simulated(m):
        events = chunk.events
        last = (events["kind"] == DEPARTED) & (events["actor"] >= FIRST_OF_LAST)
        reached += len(np.unique(events["run"][last]))
    error = (chance * (1.0 - chance) / REPLICATES) ** 0.5
    name = f"m={m:g}: P(extinct by the third generation)"
    return sampled(VT[15], name, EXTINCT[m], 1.0 - reached / REPLICATES, error, chance, THIRD)


def simulated(m: float) -> list[Chunk]:
    """20,000 cascades with m joiners to a state in mean."""
    p = m / ALLIES
    intercept = math.log(p / (1.0 - p))
    names = members()[1:]
    changes = {f"treaties.with_{name}.articles.aid.intercept": intercept for name in names}
    return run("alliance_tree", DAYS, changes)


def members() -> list[str]:
    """Names of the states, generation by generation: s, then s1 s2 s3, then s11 s12 …"""
    names, generation = ["s"], ["s"]
    for _ in range(GENERATIONS):
        generation = [f"{name}{ally}" for name in generation for ally in range(1, ALLIES + 1)]
        names += generation
    return names


FIRST_OF_LAST = len(members()) - ALLIES**GENERATIONS
"""Place of the first state of the last generation in the scenario."""


def scenario_text() -> str:
    """The scenario file `alliance_tree.yaml`, whole."""
    names = members()
    allies = names[1:]
    parts = {
        "states": [
            "s: {name: State s, capability: 0.0}",
            *(f"{n}: {{name: State {n}, {STATE}}}" for n in allies),
            "attacker: {name: Attacker, capability: 0.0}",
        ],
        "forces": [f"of_{n}: {{owner: {n}, {FORCE}}}" for n in allies],
        "relations": [f"to_{n}: {{actor: attacker, target: {n}, {RELATION}}}" for n in allies],
        "reports": [f"on_{n}: {{observer: attacker, subject: {n}, {REPORT}}}" for n in allies],
        "treaties": [
            f"with_{n}: {{name: Pact with {n}, parties: [{n[:-1]}, {n}], {TREATY}, "
            f"articles: {{aid: {{type: mutual_aid, obligors: [{n}], {ARTICLE}}}}}}}"
            for n in allies
        ],
    }
    lists = [f"{group}:\n  " + "\n  ".join(lines) + "\n" for group, lines in parts.items()]
    return "\n".join([HEAD, *lists, SOURCES])


STATE = (
    "capability: 0.0, pool: 100000, expedition_size: 100000, lift: 100000, transit: 0, "
    "preparation: 0"
)
FORCE = "front: line, side: opponent, place: 0, exposure: 0.0"
RELATION = "ladder: war, rung: peace"
REPORT = "quantity: troops, delay: 1, bias: 1.0, spread_early: 0.0, spread_late: 0.0"
TREATY = "signed: 1990-01-01, in_force_since: 1990-01-01"
ARTICLE = (
    "intercept: -1.0, deadline: 3650, terms: {without_delay: 20.0, recognised_only: 0, wait: 0, "
    "statement: 0.0, economic: 0.0, limited_troops: 0.0}"
)
HEAD = """\
# A tree of alliances: s has three allies, each of them three, and each of these three again.
# s is attacked. Whoever sends troops is reported, the attacker turns on it with certainty (base
# hazard 1e-12 a day without tension), and its own allies are called. Generated by
# sim.validation.cascades.scenario_text(); the validation sets the intercepts.
title: A tree of alliances
purpose: Compare cascades of called alliances with Galton and Watson's process.
start: 2000-01-01
end: 2000-03-31
cutoff: 2000-01-01

focus: {sender: s1, host: s, adversary: attacker, front: line, casualties_on: 2000-01-02, area_on: 2000-01-02}

params: {intensity: 3.0, elasticity: 2.0, shock_troops: 0.3, tension_limit: 5.0, latency_shape: 0.55, latency_scale: 232.0}

ladders:
  war:
    rungs:
      peace: {severity: quiet, up: 1.0e-12}
      war: {severity: war}

fronts:
  line: {holder: attacker, opponent: s, recognised: true, open_since: 1999-12-31, free_from: 2020-01-01, attacker: holder, engagements: 0.0, gain: 0.0, counter_gain: 0.0}
"""  # noqa: E501
SOURCES = """\
sources:
  params: "assumption: whoever is seen to send troops is attacked at once; the shortest latency"
  ladders: "assumption: no war without cause"
  states: "assumption: states without features, alike"
  fronts: "assumption: an attack that calls the first allies, and no fighting"
  forces: "assumption: one contingent each, nobody exposed"
  reports: "assumption: troops are seen the day after, without error"
  treaties: "assumption: scripted honour, all other features of the logit zero"
"""
