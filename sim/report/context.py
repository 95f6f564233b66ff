"""What a report must know beside the tables, and which slice of the design it shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import pandas as pd

from sim.study.declared import Lever, Outcome, Series, Value

RECORD = {
    "sender_casualties": ("dprk_casualties_cum",),
    "area_held": ("kursk_area_held.",),
}
TITLES = {
    "new_major_party": "new major party at war",
    "lethal_aid": "lethal aid by the watcher",
    "nuclear_signalling": "nuclear signalling",
    "strike_permission": "permission to strike",
    "sender_casualties": "casualties of the sending state",
    "days_to_restore": "days until the border is restored",
    "area_held": "area held across the border",
    "watcher_rung": "what the watcher does",
    "ally_rung": "what the adversary's main ally does",
    "signalling_rung": "what the host signals",
    "dispute_rung": "the gravest dispute anywhere",
    "obligations_called": "called",
    "obligations_met": "met",
    "obligations_late": "late",
    "obligations_partial": "partial",
    "obligations_refused": "refused",
    "voluntary_aid": "voluntary aid",
    "belligerents": "states at war",
}
HISTORICAL = "historical"
HEADLINES = ("new_major_party", "lethal_aid", "nuclear_signalling")
NEVER_A_FORECAST = (
    "Exploratory, for teaching: distributions under stated assumptions, not a forecast."
)


def conditioned(modes: Sequence[str]) -> str:
    """Which arms are conditioned on history and which are counterfactual, by their honour.mode.

    >>> conditioned(["historical"]), conditioned(["model"]), conditioned([])
    ('conditioned on history', 'counterfactual: honour.mode model', '')
    >>> conditioned(["historical", "model", "never"])
    'conditioned on history where honour.mode is historical, else counterfactual'
    """
    if HISTORICAL not in modes:
        return f"counterfactual: honour.mode {', '.join(modes)}" if modes else ""
    alone = "conditioned on history"
    return (
        alone
        if len(modes) == 1
        else f"{alone} where honour.mode is historical, else counterfactual"
    )


def failed_words(failed: int, runs: int) -> str:
    """How many runs failed, and their share; '' when none did.

    >>> failed_words(3, 250), failed_words(1, 100_000), failed_words(0, 250)
    ('3 of 250 runs failed, 1.2 %', '1 of 100,000 runs failed, 0.001 %', '')
    """
    if not failed:
        return ""
    return f"{failed:,} of {runs:,} runs failed, {100 * failed / runs:.3g} %"


@dataclass(frozen=True)
class Context:
    """The declarations behind a study's tables.

    shown: lever values to show where only one can be (else the scenario's defaults, or the
        nearest value that was run). record: the public record, columns series, date, low,
        central, high, unit, source; ``against`` says which of its series (prefixes) each weekly
        series is drawn against. titles: plain words for outcomes and series. modes: the values
        of honour.mode that were run. prior: in words, when it is not the wide one. failed: how many
    of the runs failed, which stands beside every share.
    """

    title: str
    experiment: str
    levers: Mapping[str, Lever]
    outcomes: Sequence[Outcome]
    series: Sequence[Series]
    cutoff: date
    seed: int
    digest: str
    runs: int
    failed: int = 0
    shown: Mapping[str, Value] = field(default_factory=dict)
    record: pd.DataFrame | None = None
    against: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: RECORD)
    titles: Mapping[str, str] = field(default_factory=dict)
    modes: Sequence[str] = ()
    prior: str = ""

    @property
    def footer(self) -> str:
        """The line that stands under every figure and table."""
        parts = [f"Data cut-off {self.cutoff}", conditioned(self.modes), self.prior]
        given = "; ".join(filter(None, parts))
        runs = failed_words(self.failed, self.runs) or f"{self.runs:,} runs"
        study = f"{runs} · seed {self.seed} · study {self.digest[:8]}"
        return f"{NEVER_A_FORECAST} {given}. {study}"

    def words(self, name: str) -> str:
        """An outcome or series in plain words."""
        return self.titles.get(name) or TITLES.get(name) or name.replace("_", " ")

    def headlines(self) -> list[str]:
        """The probabilities to show first: the usual three, else the first three declared."""
        declared = [one.name for one in self.outcomes if one.kind == "probability"]
        return [name for name in HEADLINES if name in declared] or declared[:3]

    def has(self, name: str) -> bool:
        """Whether an outcome of this name is measured."""
        return any(one.name == name for one in self.outcomes)
