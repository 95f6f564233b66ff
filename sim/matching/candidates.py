"""Vectors of the wide prior, spread evenly, and their runs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.stats import qmc

from sim.blueprint import draft, samples
from sim.outcomes import SAMPLE_DAYS, SERIES
from sim.priors import value
from sim.rules.ledger import KINDS
from sim.sample import sample
from sim.scenario.spec import Scenario
from sim.scoring.ensemble import Ensemble
from sim.study.chunk import Chunk

OPEN = 1e-9
"""Distance from 0 and 1 of the uniforms that become quantiles."""


def spread(scenario: Scenario, count: int, seed: int) -> pd.DataFrame:
    """`count` vectors of the wide prior, one column an uncertainty, by scrambled Sobol points."""
    names = list(scenario.uncertainties)
    sampler = qmc.Sobol(len(names), scramble=True, rng=np.random.default_rng(seed))
    uniforms = np.clip(sampler.random(count), OPEN, 1.0 - OPEN)
    columns = {
        name: [value(scenario.uncertainties[name], float(u)) for u in uniforms[:, place]]
        for place, name in enumerate(names)
    }
    return pd.DataFrame(columns)


def ensemble(scenario: Scenario, vectors: pd.DataFrame, lucks: int, seed: int) -> Ensemble:
    """Runs of every vector at the levers' defaults; member r has vector r mod len(vectors)."""
    blueprint = replace(draft(scenario), vectors=vectors.to_dict("records"))
    return gathered(scenario, sample(blueprint, len(vectors) * lucks, seed), seed)


def gathered(scenario: Scenario, chunks: list[Chunk], seed: int) -> Ensemble:
    """The runs of one point as the members of an ensemble, in the order of replicates."""
    series = np.concatenate([chunk.series for chunk in chunks]).astype(float)
    events, first = [], 0
    for chunk in chunks:
        lines = chunk.events.copy()
        lines["run"] += first
        events.append(lines)
        first += len(chunk.errors)
    ledger = pd.DataFrame.from_records(np.concatenate(events)).rename(columns={"run": "replicate"})
    states = [state.name for state in scenario.states.values()]
    ledger["kind"] = pd.Categorical.from_codes(ledger["kind"], list(KINDS))
    for column in ("actor", "target"):
        ledger[column] = pd.Categorical.from_codes(ledger[column], pd.unique(pd.Series(states)))
    names = [one.name for one in SERIES]
    outcomes = {
        name: np.concatenate([chunk.outcomes[name] for chunk in chunks])
        for name in chunks[0].outcomes
    }
    members = np.arange(len(series))
    return Ensemble(
        start=scenario.start,
        seed=seed,
        states={name: state.name for name, state in scenario.states.items()},
        members=members,
        days=np.asarray(samples((scenario.end - scenario.start).days, SAMPLE_DAYS)),
        paths={name: series[:, :, place] for place, name in enumerate(names)},
        outcomes=pd.DataFrame(outcomes),
        witnesses=members,
        ledger=ledger,
    )
