"""A run made again as Mesa agents, day by day, and held against what the study stored of it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from sim.question.history import History, history
from sim.question.opened import Opened
from sim.report.wording import listed
from sim.study.store import Study


@dataclass(frozen=True)
class Replay:
    """A run as Mesa agents made it; ``differences``: where the stored run says otherwise."""

    history: History
    checked: str
    differences: tuple[str, ...]


def replay(opened: Opened, number: int) -> Replay:
    """Rebuild a run as Mesa agents and compare it with the stored row, to the bit.

    Its ledger and weekly series are compared too, where the study kept them.
    """
    found = history(opened, number, "mesa")
    checked, faults = ["outcomes"], list(_outcomes(found))
    for table, ours in (("events", found.events), ("paths", found.series)):
        theirs = _stored(opened.study, table, found)
        if theirs is not None:
            checked.append(f"{len(ours):,} {'events' if table == 'events' else 'weekly samples'}")
            faults += _rows(table, ours, theirs)
    return Replay(found, listed(checked), tuple(faults))


def _outcomes(found: History) -> Iterator[str]:
    """Outcomes whose bits differ, and a failure that is another."""
    for name, stored in found.run.outcomes.items():
        if _bits(stored) != _bits(found.outcomes[name]):
            yield f"{name}: {stored!r} stored, {found.outcomes[name]!r} here"
    if found.error != found.run.error:
        yield f"error: '{found.run.error}' stored, '{found.error}' here"


def _bits(value: float) -> bytes:
    """The bits of a number; one and the same for every NaN."""
    return b"" if value != value else struct.pack("<d", value)


def _stored(study: Study, table: str, found: History) -> pd.DataFrame | None:
    """What the study kept of a run in a table; None when it kept nothing of its replicate."""
    kept = study.manifest[f"replicates_in_{table}"]
    if found.run.replicate - study.manifest["first_replicate"] >= kept:
        return None
    rows: pd.DataFrame = study.events if table == "events" else study.paths
    mine = (rows["point"] == found.run.point) & (rows["replicate"] == found.run.replicate)
    return rows[mine].drop(columns=["point", "replicate"]).reset_index(drop=True)


def _rows(table: str, ours: pd.DataFrame, theirs: pd.DataFrame) -> Iterator[str]:
    """The first row of a table in which two runs differ."""
    for number, (mine, stored) in enumerate(
        zip(ours.to_dict("records"), theirs.to_dict("records"))
    ):
        for name, value in stored.items():
            if mine[name] != value and not (pd.isna(mine[name]) and pd.isna(value)):
                yield f"{table}, row {number}: {name} is {value} stored, {mine[name]} here"
                return
    if len(ours) != len(theirs):
        yield f"{table}: {len(theirs)} rows stored, {len(ours)} here"
