"""More replicates of a study: what is there stays, and its last part is filled up.

The cut of a study into parts does not depend on how many replicates it has, so that every part
but the last is there already. The last may hold the first replicates of a full part only: it is
run again, whole, and must begin with the same rows, or nothing is replaced.
"""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sim.errors import UsageError, usage_error
from sim.study import files, parts
from sim.study.chunk import Chunk
from sim.study.manifest import Identity
from sim.study.parts import Part
from sim.study.plan import Batch, Plan


def with_replicates(words: Sequence[str], replicates: int) -> tuple[str, ...]:
    """What was typed, asking for so many replicates.

    >>> with_replicates(["seed=2", "replicates=50", "size=0"], 80)
    ('seed=2', 'replicates=80', 'size=0')
    """
    setting = f"replicates={replicates}"
    typed = [setting if word.lstrip("+").startswith("replicates=") else word for word in words]
    return tuple(typed if setting in typed else [*typed, setting])


def of_so_many(plan: Plan, identity: Identity, replicates: int) -> tuple[Plan, Identity]:
    """The same study with another number of replicates."""
    command = shlex.join(with_replicates(shlex.split(identity.command), replicates))
    typed = with_replicates(identity.overrides, replicates)
    return replace(plan, replicates=replicates), replace(identity, overrides=typed, command=command)


def changed(plan: Plan, fewer: Batch, part: Part, chunk: Chunk) -> list[str]:
    """The tables of a part whose rows a longer run of it gives otherwise, in any bit."""
    head = first_runs(chunk, fewer.runs)
    return [
        table
        for table, make in parts.makers(plan, fewer).items()
        if files.checksum(files.parquet(make(plan, fewer, head))) != part.tables[table]
    ]


def first_runs(chunk: Chunk, count: int) -> Chunk:
    """The first runs of a chunk."""
    return Chunk(
        {name: values[:count] for name, values in chunk.outcomes.items()},
        chunk.series[:count],
        chunk.events[chunk.events["run"] < count],
        chunk.errors[:count],
    )


def refusal(folder: Path, part: Part, tables: Sequence[str], identity: Identity) -> UsageError:
    """Why a study cannot be given more replicates."""
    return usage_error(
        f"the runs of {part.name} come out otherwise when they are run again "
        f"({', '.join(tables)}): nothing was replaced, no replicate added",
        file=str(folder),
        hint=f"{identity.command} out=FOLDER   makes the study anew",
    )
