"""Whether two studies had the same luck, and which of their settings differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sim.study.store import Study

APART = ("title", "question", "experiment", "levers", "replicates", "replicate", "seed")
"""Of the configuration: what a study is called, and what is matched or said elsewhere."""
NO_SETTINGS = ("scenario.sources", "scenario.title", "scenario.purpose", "scenario.levers",
               "scenario.by_hand")  # fmt: skip
LONGEST = 40


@dataclass(frozen=True)
class Luck:
    """Whether replicate r of both studies is the same future, and why or why not."""

    shared: bool
    why: str


def luck_of(a: Study, b: Study) -> Luck:
    """Compare seed, rules and first day: a draw is keyed by seed, replicate, day and name."""
    if a.folder == b.folder:
        return Luck(True, "both arms are of one study")
    ours, theirs = a.manifest, b.manifest
    if ours["seed"] != theirs["seed"]:
        return Luck(False, f"their seeds differ ({ours['seed']} and {theirs['seed']})")
    if ours["rules"] != theirs["rules"]:
        return Luck(False, "their rules differ, so that a draw need not mean the same in both")
    starts = [study.config["scenario"]["start"] for study in (a, b)]
    if starts[0] != starts[1]:
        return Luck(False, f"they start on different days ({starts[0]} and {starts[1]})")
    return Luck(True, f"same scenario, rules and seed {ours['seed']}")


def differing(a: Study, b: Study) -> list[str]:
    """Every setting that differs, by its path in the configuration, with both values.

    A number set by hand is named once: that it is then not drawn goes without saying.
    """
    by_hand = {name for side in (a, b) for name in side.config["scenario"].get("by_hand", ())}
    silent = (*NO_SETTINGS, *(f"scenario.uncertainties.{name}" for name in by_hand))
    apart = list(leaves_apart(a.config, b.config))
    if any(path == "scenario.prior" for path, _, _ in apart):
        silent = (*silent, "prior")
    found = [
        _told(path, ours, theirs)
        for path, ours, theirs in apart
        if path not in APART and not any(f"{path}.".startswith(f"{no}.") for no in silent)
    ]
    pairs = [(name, a.manifest[name], b.manifest[name]) for name in ("rules", "engine", "seed")]
    return [*found, *(_told(name, x, y) for name, x, y in pairs if x != y)]


def leaves_apart(a: Any, b: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Dotted path and both values wherever two trees differ; a branch only one has, as one.

    >>> list(leaves_apart({"x": {"y": 1, "z": 2}}, {"x": {"y": 1, "z": 3}}))
    [('x.z', 2, 3)]
    """
    if isinstance(a, Mapping) and isinstance(b, Mapping):
        for key in dict.fromkeys([*a, *b]):
            below = f"{path}.{key}" if path else str(key)
            if path not in APART:
                yield from leaves_apart(a.get(key), b.get(key), below)
    elif a != b:
        yield path, a, b


def _told(path: str, a: Any, b: Any) -> str:
    return f"{path}: {_short(a)} in A, {_short(b)} in B"


def _short(value: Any) -> str:
    if value is None or isinstance(value, Mapping):
        return "nothing" if not value else "something"
    text = str(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."
